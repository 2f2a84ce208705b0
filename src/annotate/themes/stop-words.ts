// Words that say nothing of what a text is about: grammar, and the ways in which people answer a consultation.

import { fold } from '../folding.ts';

const GRAMMAR = `
a ai aie aient aies ait alors apres as au aucun aucune aupres auquel aussi autant autre autres autrement aux auxquelles
auxquels avaient avais avait avant avec avez aviez avions avoir avons ayant beaucoup bien bientot car ce ceci cela celle
celles celui cent cependant certain certaine certaines certains certes ces cet cette ceux chacun chacune chaque chez ci
combien comme comment concernant contre d da dans davantage de debout dedans dehors deja dela depuis derriere des desormais
desquelles desquels dessous dessus deux devant devers dire dit dite dois doit doivent donc dont du duquel durant elle elles
en encore enfin ensuite entre envers environ es est et etaient etais etait etant etc ete etes etiez etions etre eu eue eues
eurent eus eut eux excepte exemple faire fais fait faite faites faits faut fera ferait fois font furent fus fut grace hein
hormis hors ici il ils jamais je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs loin lors lorsqu
lorsque lui m ma maintenant mais malgre me meme memes merci mes mien mienne miens mieux mis moi moindre moins mon n ne
neanmoins ni non nos notamment notre notres nous nouveau nul nulle on ont or ou ou oui par parce parfois parmi partout pas
pendant peu peut peuvent peux plus plusieurs plutot point pour pourquoi pourra pourrait pourraient pouvait pouvez pouvoir
pouvons pres presque puis puisqu puisque qu quand quant quasi que quel quelle quelles quelqu quelque quelques quels qui
quiconque quoi quoique quel rien s sa sans sauf se selon sera serait seraient seront ses seul seule seulement si sien sienne
siens sinon soi soient sois soit sommes son sont souvent sous suis sujet sur surtout t ta tandis tant tel telle tellement
telles tels tes toi ton toujours tous tout toute toutefois toutes tres trop tu un une unes uns va vais vas vers veut veulent
veux via voici voila voir voire vont vos votre vous vu y
aurait auraient aura auront avoir etre devrait devraient devoir devons devez fallait faudrait faudra vouloir voulons souhaite
souhaiter permettre permet permettrait mettre met afin ainsi ailleurs apparemment assez actuellement simplement vraiment
uniquement egalement necessaire possible important importante importants bon bonne bons bonnes grand grande grands grandes
petit petite petits petites premier premiere dernier derniere trois quatre cinq dix chose choses cas facon maniere type
nombre partie part niveau mesure place lieu point question gens fin mise compte effet moment temps an ans annee annees jour
jours quelqu tout toute meme deja etre aller allez vient venir prendre prend donner donne rendre rend trouver trouve penser
pense crois croire savoir sait aime aimer demande demander propose proposer proposition propositions avis idee idees merci
bonjour cordialement madame monsieur accord article
the of and to in is that for it as with are be this on by an or not from at have has will would should can
`;

/** Folded, as they are compared. */
export const STOP_WORDS: ReadonlySet<string> = new Set(GRAMMAR.split(/\s+/).filter(Boolean).map(fold));
