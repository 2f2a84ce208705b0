// Simple French inflection of folded words. It spells more forms than exist: what nobody writes costs nothing.
// Rules: Grevisse & Goosse, "Le bon usage", adjectives (feminine, plural) and the three groups of verbs.

/** Singular and plural of a noun or a word of unknown kind. */
export function nounForms(noun: string): readonly string[] {
  if (/[sxz]$/.test(noun)) return [noun];
  if (noun.endsWith('al')) return [noun, `${noun.slice(0, -1)}ux`, `${noun}s`];
  if (/(?:eau|eu)$/.test(noun)) return [noun, `${noun}x`];
  return [noun, `${noun}s`];
}

/** Feminines that no rule gives. */
const FEMININES: ReadonlyMap<string, string> = new Map([
  ['beau', 'belle'],
  ['nouveau', 'nouvelle'],
  ['fou', 'folle'],
  ['mou', 'molle'],
  ['vieux', 'vieille'],
  ['doux', 'douce'],
  ['faux', 'fausse'],
  ['roux', 'rousse'],
  ['blanc', 'blanche'],
  ['franc', 'franche'],
  ['frais', 'fraiche'],
  ['sec', 'seche'],
  ['public', 'publique'],
  ['long', 'longue'],
  ['malin', 'maligne'],
  ['favori', 'favorite'],
  ['gentil', 'gentille'],
  ['nul', 'nulle'],
  ['pareil', 'pareille'],
  ['gros', 'grosse'],
  ['epais', 'epaisse'],
  ['las', 'lasse'],
  ['bas', 'basse'],
  ['sot', 'sotte'],
]);

/** All genders and numbers of an adjective given in the masculine singular, and its adverb in -ment. */
export function adjectiveForms(adjective: string): readonly string[] {
  const feminines = femininesOf(adjective);
  const forms = [...nounForms(adjective), ...feminines, ...feminines.map((feminine) => `${feminine}s`)];
  if (adjective.endsWith('al')) forms.push(`${adjective.slice(0, -1)}ux`);
  return [...forms, ...adverbsOf(adjective, feminines)];
}

function femininesOf(adjective: string): readonly string[] {
  const irregular = FEMININES.get(adjective);
  if (irregular !== undefined) return [irregular];
  const stem = adjective.slice(0, -1);
  if (adjective.endsWith('e')) return [adjective];
  if (adjective.endsWith('f')) return [`${stem}ve`];
  if (adjective.endsWith('eux') || adjective.endsWith('oux')) return [`${stem}se`];
  if (/(?:el|eil|on|en|et)$/.test(adjective)) return [`${adjective}${adjective.at(-1)}e`, `${adjective}e`];
  if (adjective.endsWith('teur')) return [`${adjective.slice(0, -3)}rice`, `${stem}se`];
  if (adjective.endsWith('eur')) return [`${stem}se`, `${adjective}e`];
  if (adjective.endsWith('c')) return [`${stem}que`, `${adjective}he`];
  return [`${adjective}e`];
}

function adverbsOf(adjective: string, feminines: readonly string[]): readonly string[] {
  if (adjective.endsWith('ant')) return [`${adjective.slice(0, -3)}amment`];
  if (adjective.endsWith('ent')) return [`${adjective.slice(0, -3)}emment`];
  if (/[iu]$/.test(adjective)) return [`${adjective}ment`];
  return feminines.map((feminine) => `${feminine}ment`);
}

const PRESENT_OF_ER = 'e es ons ez ent ais ait ions iez aient ai as a ames erent ant ee ees';
const FUTURE = 'ai as a ons ez ont ais ait ions iez aient';
const SECOND_GROUP = 'i is it issons issez issent issais issait issions issiez issaient issant ie ies isse isses irent';
const THIRD_GROUP = 's t ons ez ent e es ais ait ions iez aient ant';
const PARTICIPLE_U = 'u ue us ues';

/**
 * Verbs of the third group by their ending: stems that take the endings of the present, then the stem of the future,
 * then past participles. `~` stands for what precedes the ending.
 */
const THIRD: readonly (readonly [ending: string, present: string, future: string, participle: string])[] = [
  ['cevoir', '~cev ~coi ~coiv', '~cevr', '~cu ~cue ~cus ~cues'],
  ['mettre', '~met ~mett', '~mettr', '~met ~mis ~mise ~mises ~mit'],
  ['prendre', '~prend ~pren ~prenn', '~prendr', '~prend ~pris ~prise ~prises ~prit'],
  ['battre', '~bat ~batt', '~battr', '~bat ~battu ~battue ~battus ~battues'],
  ['enir', '~ien ~en ~ienn', '~iendr', '~enu ~enue ~enus ~enues ~int'],
  ['uire', '~ui ~uis', '~uir', '~uit ~uite ~uites ~uisit'],
  ['indre', '~in ~ign', '~indr', '~int ~inte ~ints ~intes'],
  ['ffrir', '~ffr', '~ffrir', '~ffert ~fferte ~fferts ~ffertes ~ffrit'],
  ['aitre', '~ai ~aiss', '~aitr', '~u ~ue ~us ~ues'],
  ['plaire', '~plai ~plais', '~plair', ''],
  ['rire', '~ri', '~rir', '~rire'],
  ['mentir', '~men ~ment', '~mentir', '~menti'],
  ['mourir', '~meur ~mour', '~mourr', '~mort ~morte ~morts ~mortes'],
  ['dormir', '~dor ~dorm', '~dormir', '~dormi ~dormie ~dormis'],
  ['fuir', '~fui ~fuy', '~fuir', '~fui'],
  ['secourir', '~secour', '~secourr', '~secouru ~secourue ~secourus'],
  ['courir', '~cour', '~courr', '~couru'],
  ['cueillir', '~cueill', '~cueiller', '~cueilli ~cueillie ~cueillis ~cueillies'],
  ['vaincre', '~vainc ~vainqu', '~vaincr', '~vainc ~vaincu ~vaincue ~vaincus ~vaincues'],
  ['conquerir', '~conquier ~conquer', '~conquerr', '~conquis ~conquise ~conquises ~conquit'],
  ['emouvoir', '~emeu ~emeuv ~emouv', '~emouvr', '~emu ~emue ~emus ~emues'],
  ['promouvoir', '~promeu ~promeuv ~promouv', '~promouvr', '~promu ~promue ~promus'],
  ['exclure', '~exclu', '~exclur', '~exclu ~exclue ~exclus ~exclues'],
  ['soudre', '~sou ~solv', '~soudr', '~solu ~solue ~solus'],
  ['ecrire', '~ecri ~ecriv', '~ecrir', '~ecrit ~ecrite ~ecrits ~ecrites'],
  ['vivre', '~vi ~viv', '~vivr', '~vecu'],
  ['dire', '~di ~dis', '~dir', '~dit ~dite ~dits ~dites'],
];

/** Simple tenses and participles of a verb given in the infinitive. */
export function verbForms(verb: string): readonly string[] {
  if (verb.endsWith('er')) return firstGroup(verb.slice(0, -2));
  for (const [ending, present, future, participle] of THIRD) {
    if (!verb.endsWith(ending)) continue;
    const before = verb.slice(0, -ending.length);
    const stems = (list: string) => list.split(' ').map((stem) => stem.replace('~', before));
    return [
      verb,
      ...stems(present).flatMap((stem) => join(stem, THIRD_GROUP)),
      ...stems(future).flatMap((stem) => join(stem, FUTURE)),
      ...(participle === '' ? [] : stems(participle)),
    ];
  }
  const stem = verb.slice(0, -2);
  if (verb.endsWith('ir')) return [verb, ...join(stem, SECOND_GROUP), ...join(verb, FUTURE)];
  if (verb.endsWith('re')) {
    return [verb, stem, ...join(stem, `${THIRD_GROUP} ${PARTICIPLE_U} it is irent`), ...join(`${stem}r`, FUTURE)];
  }
  return [verb];
}

function firstGroup(stem: string): readonly string[] {
  const stems = [stem];
  // mange-ons, jett-e, appell-e, pai-e
  if (stem.endsWith('g')) stems.push(`${stem}e`);
  if (/e[lt]$/.test(stem)) stems.push(`${stem}${stem.at(-1)}`);
  if (stem.endsWith('y')) stems.push(`${stem.slice(0, -1)}i`);
  return [`${stem}er`, ...stems.flatMap((each) => [...join(each, PRESENT_OF_ER), ...join(`${each}er`, FUTURE)])];
}

const join = (stem: string, endings: string) => endings.split(' ').map((ending) => stem + ending);
