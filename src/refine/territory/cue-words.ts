// Words around a name that say what it is: a town, a street, a person, somebody's home.

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

export const CIVILITIES = set(
  'm mr mme mlle madame monsieur mademoiselle messieurs mesdames dr docteur me maitre pr famille capitaine abbe',
);

/** Before `de`: `le général de Saint-Germain`, `la princesse de Clèves`. */
export const NOBLES = set(
  'general comte comtesse duc duchesse marquis marquise baron baronne vicomte prince princesse chevalier seigneur',
);

/** Ways: named after the place they lead to, or after anybody. */
export const WAYS = set(
  'rue avenue av boulevard bd blvd place impasse chemin allee allees quai quais cours square faubourg passage pont route sentier esplanade promenade rond mail venelle porte residence lotissement carrefour rocade pave barriere',
);

/** Buildings and bodies named after a saint or a town without `de`. */
export const BUILDINGS = set(
  'station lycee college ecole eglise hopital stade gymnase clinique theatre cinema hotel tour cathedrale chapelle basilique groupe institut fondation abbaye prieure couvent fort caserne centre espace salle parc jardin foyer villa domaine chateau librairie pharmacie garage restaurant cafe bar boulangerie entreprise societe festival prix affaire loi plan rapport metro gare docteur',
);

/** Clubs: `Olympique de Marseille`, `Stade de Reims`, `FC Nantes`. */
export const CLUBS = set('fc as rc og ogc us sc ac aj ea olympique stade girondins racing sporting csp asvel psg');
export const CLUBS_AFTER = set('fc hb basket handball rugby volley');

export const PRODUCTS = set(
  'vin vins verre verres bouteille bouteilles jambon moutarde camembert fromage fromages saucisse saucisses saucisson saucissons nougat beurre cidre calisson calissons savon poulet poulets brie biscuit biscuits sel piment huitres oignon ail volaille volailles cognac whisky betises madeleine madeleines dentelle porcelaine couteau tarte quiche kouglof choucroute cassoulet salade miel lentilles noix',
);

export const TREATIES = set(
  'accord accords traite traites convention protocole edit paix bataille serment concordat capitulation proces declaration siege',
);

/** `commune de`, `maire de`: nothing but a place can follow. */
export const TOWN_NOUNS = set(
  'commune communes ville villes mairie mairies maire maires village villages bourg hameau municipalite municipal municipale municipaux municipales bourgade cite agglomeration banlieue population adjoint adjointe',
);

/** Things that are in a place or belong to it. */
export const LOCAL_NOUNS = set(
  `gare hopital chu ch clinique maternite lycee lycees college ecole ecoles universite faculte piscine mediatheque bibliotheque dechetterie
  decheterie marche marches halle port aeroport arenes chateau cathedrale prefecture tribunal prison maison theatre musee cinema stade gymnase
  quartier quartiers centre nord sud est ouest coeur gens jeunes elus elu elue etudiants commercants habitants habitant
  habitante habitantes riverains riverain riveraine pompiers policiers enseignants medecins transports tramway tramways bus metro reseau
  ligne canton arrondissement bassin pays region environs alentours entree sortie peripherie viaduc centrale usine barrage zone plage plages
  camping plateforme bureau agence antenne caisse eglise creche foyer ehpad office conseil festival ciel eau air loyers prefet prefete
  eveque diocese rectorat academie departement territoire site projet dossier incendie accident cote hauteurs halles`,
);

export const HOME_VERBS = set(
  'habite habitons habitais habitant habitante reside residons residant vis vit vivons vivant vecu demeure demeurant demeurons domicilie domiciliee domicilies installe installee installes loge logeons emmenage emmenager habiter',
);

export const INHABITANTS = set(
  'habitant habitante habitants habitantes riverain riveraine riverains riveraines resident residente residents residentes citoyen citoyenne locataire administre administree contribuable',
);

/** Who signs: `une famille d'Angoulême`, `un retraité de La Roche-sur-Yon`. */
export const SIGNERS = set(
  'famille maman papa mere pere retraite retraitee citoyen citoyenne usager usagere parent parents collectif couple electeur electrice lecteur lectrice elue elu agriculteur agricultrice commercant commercante infirmiere infirmier enseignant enseignante etudiant etudiante',
);

export const FIRST_PERSON = set('je j nous moi mon ma mes notre nos soussigne soussignee');

/** Before a preposition: the place is only compared with. */
export const COMPARISONS = set('comme contrairement instar celui celle ceux celles meme modele exemple facon');

/** Before a preposition: the place is where somebody comes from or goes to. */
export const JOURNEYS = set(
  'ne nee nes nees vient viens venir venu venue venus venues viennent demenager demenage rentrent rentre rentrer reviens revenir revient retour etudie etudient scolarise scolarisee interne aller partent partir part pars partis direction destination tiendra tenu tient tenue originaire allons travaille travaillent train trains experts samedi arrive',
);

export const PLACE_PREPOSITIONS = set('sur vers depuis entre via pres autour jusqu chez hors');

/** They stand before people as well. */
export const PREPOSITIONS = set('pour contre par apres avant dans direction');

/** Near the name of a river, they say that the river is meant. */
export const WATER_WORDS = set(
  'crue crues inondation inondations inonde inondee inondes debord deborde debordement berge berges rive rives riviere fleuve vallee vallees descente descendu descendre canoe kayak gorges baigner baignade pollue polluee eau eaux quai pont ponts barrage source affluent viaduc peche poisson poissons bord bords digue digues passerelle ile confluent embouchure estuaire bateau peniche nager cours lit etiage',
);

/** Near the name of a mountain range or a sea. */
export const RELIEF_WORDS = set(
  'massif massifs montagne montagnes randonner randonnee randonnees neige ski station stations sommet sommets col cols cretes ballon ballons foret peche mer tunnel traversee angleterre cote cotes maritime fromage vin large pecheurs',
);

/** `préfet de la Drôme`, `département du Var`. */
export const DEPARTMENT_NOUNS = set(
  'departement departements departemental departementale departementaux prefet prefete prefecture prefectoral depute deputee senateur senatrice senateurs deputes sdis cpam caf sdir ddt dsden rectorat gendarmerie tribunal general habitants habitant habitante gens communes elus agriculteurs maires sud nord est ouest centre plages campagne villages village ecoles colleges bout fin',
);

export const REGION_NOUNS = set('region regions regional regionale regionaux regionales academie ter');

export const EPCI_NOUNS = set(
  'agglo agglomeration metropole eurometropole cc ca cu comcom intercommunalite interco intercom epci communautaire',
);
export const EPCI_NAMES =
  /(?:^| )(?:metropole|eurometropole|agglo|agglomeration|communaute|agglopolys|intercom|interco|grand lyon)(?: |$)/;

/** After a number, they say that it is no département. */
export const UNITS = set(
  'h heure heures m metres km kilometres euros euro ans minutes min jours mois pour e eme er bus tram lignes ligne degres personnes habitants signatures fois mai juin juillet aout janvier fevrier mars avril septembre octobre novembre decembre',
);
