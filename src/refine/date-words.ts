// Names of months, days and zones in French and English, folded: lower case, without accents.

const MONTH_NAMES: readonly string[] = [
  'janvier janv jan january',
  'fevrier fevr fev feb february',
  'mars mar march',
  'avril avr apr april',
  'mai may',
  'juin jun june',
  'juillet juil jul july',
  'aout aou aug august',
  'septembre sept sep september',
  'octobre oct october',
  'novembre nov november',
  'decembre dec december',
];

const WEEKDAY_NAMES: readonly string[] = [
  'dimanche dim sunday sun',
  'lundi lun monday mon',
  'mardi mar tuesday tue tues',
  'mercredi mer wednesday wed',
  'jeudi jeu thursday thu thur thurs',
  'vendredi ven friday fri',
  'samedi sam saturday sat',
];

export const MONTHS: ReadonlyMap<string, number> = numbered(MONTH_NAMES, 1);
/** Sunday is 0. */
export const WEEKDAYS: ReadonlyMap<string, number> = numbered(WEEKDAY_NAMES, 0);

export const MONTH_PATTERN = longestFirst(MONTHS);
export const WEEKDAY_PATTERN = longestFirst(WEEKDAYS);

/** Minutes east of Greenwich of the zone names that RFC 822 and European sources use. */
export const ZONES: ReadonlyMap<string, number> = new Map([
  ['z', 0],
  ['ut', 0],
  ['utc', 0],
  ['gmt', 0],
  ['wet', 0],
  ['west', 60],
  ['bst', 60],
  ['cet', 60],
  ['met', 60],
  ['cest', 120],
  ['mest', 120],
  ['eet', 120],
  ['eest', 180],
  ['msk', 180],
  ['est', -300],
  ['edt', -240],
  ['cst', -360],
  ['cdt', -300],
  ['mst', -420],
  ['mdt', -360],
  ['pst', -480],
  ['pdt', -420],
]);

/** Lower case without accents, one unit for one unit, so that offsets stay those of the text. */
export function foldLetters(text: string): string {
  let lower = text.toLowerCase();
  // A few capitals (U+0130) have two-unit small letters.
  if (lower.length !== text.length) lower = text.replace(/[A-ZÀ-Þ]/g, (letter) => letter.toLowerCase());
  return lower.replace(/[à-ÿ\u00A0\u202F\u2019]/g, (letter) => FOLDED.get(letter) ?? letter);
}

const FOLDED: ReadonlyMap<string, string> = new Map([
  ['\u00A0', ' '],
  ['\u202F', ' '],
  ['\u2019', "'"],
  ...Array.from('àâäáãåçéèêëíìîïñóòôöõúùûüýÿ', (letter) => [letter, letter.normalize('NFD').charAt(0)] as const),
]);

function numbered(rows: readonly string[], first: number): ReadonlyMap<string, number> {
  return new Map(rows.flatMap((row, at) => row.split(' ').map((name) => [name, at + first] as const)));
}

function longestFirst(names: ReadonlyMap<string, number>): string {
  return [...names.keys()].sort((a, b) => b.length - a.length).join('|');
}
