// Dates of birth: a date is personal only where words before it, or its place beside a name in a list, say whose it is.
// A year alone is left: it is an age, and figures by age are what consultations are read for.

import { defineDetector, type Found, matchesAt } from '../detector.ts';
import { bitsOf, FIRST as FIRST_NAME } from '../names/lexicon.ts';

export default defineDetector({
  name: 'birth-date',
  kinds: ['birth-date'],
  form: false,
  gate: /n[ée]{1,2}|dd?n|d\.n|na[îi]|naquit|naiss|au monde|le jour|anniversaire|birth|born|dob|[0-9][/.-][0-9]{1,2}[/.-][12][0-9]{3}|[0-9](?: [0-9]){7}/i,
  lead: /^(?:n[ée]{1,2}s?|na[îi](?:t|ssent|ssait)|naqui(?:t|rent)|v(?:u|oit|it)|ddn|dd?|dn|dob|dates?|jour|lieu|[sm]a|leur|naissance|anniversaire|mise?|venue?|birth|birthdate|born|do)$/iu,
  examples: {
    found: [
      'Léa Durand, née le ⟦birth-date:12/03/1984⟧ à Nantes',
      'né(e) le ⟦birth-date:1er février 1952⟧',
      'Date de naissance : ⟦birth-date:12.03.84⟧',
      'née le ⟦birth-date:deux février mille neuf cent cinquante-deux⟧ à',
      'née entre le ⟦birth-date:01/02⟧ et le ⟦birth-date:02/02/1952⟧',
      'LEA DURAND NEE LE ⟦birth-date:12 03 1984⟧',
      'Léa Durand | F | ⟦birth-date:12/03/1984⟧ |',
      'DDN ⟦birth-date:1984-03-12⟧',
      'né un ⟦birth-date:12 mars 1984⟧',
      'DURAND Léa ⟦birth-date:12/03/1984⟧ Nantes',
      'née en ⟦birth-date:mars 1984⟧',
      'Léa DURAND (⟦birth-date:12/03/1984⟧)',
      'née à Nantes le ⟦birth-date:12/03/1984⟧',
      'né à Saint-Denis (93), le ⟦birth-date:3 mai 1952⟧',
      'née Dupont, le ⟦birth-date:12 mars 1984⟧ à Lyon',
      'mon fils est né prématurément le ⟦birth-date:4 juin 2019⟧',
      'nés respectivement le ⟦birth-date:12/03/1984⟧ et le ⟦birth-date:15/04/1986⟧',
      'nous sommes nés les ⟦birth-date:3 et 4 mai 1950⟧',
      'date de naissance de ma fille : ⟦birth-date:04/06/2019⟧',
      'sa naissance a eu lieu un soir, le ⟦birth-date:4 juin 2019⟧',
      'Sa naissance a duré du [⟦birth-date:1er fév⟧] au ⟦birth-date:2 février mille neuf cent cinquante-deux⟧',
      'ma fille naît le ⟦birth-date:4 juin 2019⟧',
      "j'ai vu le jour le ⟦birth-date:12 mars 1984⟧",
      'D.N. : ⟦birth-date:12/03/84⟧',
      'Date of birth: ⟦birth-date:12/03/1984⟧',
      'Présentes : Léa Durand, ⟦birth-date:12/03/1984⟧, Mme Petit (⟦birth-date:21/07/1985⟧).',
      'LEA DURAND le ⟦birth-date:deux février mille neuf cent cinquante-deux⟧',
      '2 8 4 0 3 4 4 1 0 9 0 5 1 2 0  ⟦birth-date:1 2 0 3 1 9 8 4⟧ DURAND',
    ],
    spared: [
      'réunion du 12/03/2024',
      'née en 1984',
      'le projet est né le jour où',
      'avis ; 12/03/2024 ; pour',
      'Nantes, le 12/03/2024',
      "l'association est née le 12 mars 2001",
      'le projet de médiathèque, né à Nantes le 12 mars 2001',
      'la naissance de la commune nouvelle le 1er janvier 2016',
      'Conseil Municipal, 12/03/2008',
      'Léa Durand, 12/03/2024',
      'né de la loi du 3 mars 1998',
      'le code 1 2 3 4 5 6 7 8',
    ],
  },
  detect(text, _, leads) {
    const found: Found[] = [];
    for (const cue of matchesAt(text, CUE, leads)) {
      let from = cue.index + cue[0].length;
      for (let count = 0; count < 3; count += 1) {
        const rest = text.slice(from, from + 140);
        const date = count === 0 ? firstDate(text, cue, rest) : NEXT.exec(rest);
        if (date === null) break;
        const start = from + date[1]!.length;
        from += date[0].length;
        found.push({ start, end: from, kind: 'birth-date' });
      }
    }
    const isDated = DATED.test(text);
    for (const pattern of [...(isDated ? [LISTED, BRACKETED, FOLLOWING] : []), ...(BOXED.test(text) ? [SPACED] : [])]) {
      for (const row of text.matchAll(pattern)) {
        const end = row.index + row[0].length;
        found.push({ start: end - row[1]!.length, end, kind: 'birth-date' });
      }
    }
    if (!isDated && !LAST_CENTURY.test(text)) return found;
    for (const row of text.matchAll(NAMED)) {
      const [whole, titled, first, date = row[4]!] = row;
      // A year of the last century spelled out is no one's date but a person's.
      if (row[3] !== undefined && titled === undefined && (bitsOf(first!) & FIRST_NAME) === 0) continue;
      const end = row.index + whole.length;
      found.push({ start: end - date.length, end, kind: 'birth-date' });
    }
    return found;
  },
});

const CUE =
  /(?<!\p{L})(?:n[ée](?:\(e\)|e|\.e|·e|\/e)?s?|n[ée]{2}s?|na[îi](?:t|ssent|ssait)|naqui(?:t|rent)|v(?:u|oit|it) le jour|ddn|d\.d\.n\.?|d\.?n\.?(?= ?:)|date (?:de )?nais[st]?\.?|(?:date|jour|lieu) (?:et (?:date|lieu) )?(?:de )?naissance|(?:[sm]a|leur) naissance|naissance|anniversaire|(?:mise?|venue?) au monde|date of birth|birth ?date|d\.?o\.?b\.?(?= ?:)|born(?: on)?)(?![\p{L}])/iuy;

/** The date right after a cue, or the one that a name, a place or a manner stands before. */
function firstDate(text: string, cue: RegExpExecArray, rest: string): RegExpExecArray | null {
  const before = text.slice(Math.max(0, cue.index - 80), cue.index);
  if (BORN.test(cue[0])) {
    if (THING.test(before)) return null;
    return FIRST.exec(rest) ?? (THING_AFAR.test(before) ? null : AFAR.exec(rest));
  }
  return FIRST.exec(rest) ?? (OWN.test(cue[0]) ? AFTER_OWN.exec(rest) : null);
}

const BORN = /^(?:n[ée]|na[îi](?:t|ssent|ssait)|naqu|v(?:u|oit|it) |born)/iu;
const OWN = /^(?:[sm]a|leur) /iu;
/** Things are born too, and that is no one's date. */
const THINGS =
  '(?<!\\p{L})(?:association|collectif|comit[ée]|projet|commune|communaut[ée]|mouvement|id[ée]e|loi|entreprise|soci[ée]t[ée]|start-?up|parti|syndicat|f[ée]d[ée]ration|site|plateforme|r[ée]seau|festival|dispositif|programme|r[ée]publique|europe|union|internet|logiciel|club|quartier|ville|m[ée]tropole|r[ée]gion|initiative|p[ée]tition|conflit|crise)s?(?!\\p{L})';
const THING = new RegExp(`${THINGS}[^.,;:!?()\\n]{0,50}$`, 'iu');
const THING_AFAR = new RegExp(`${THINGS}[^.;!?\\n]{0,50}$`, 'iu');

const MONTH =
  '(?:janvier|janv|f[ée]vrier|f[ée]vr?|mars|avril|avr|mai|juin|juillet|juil|ao[ûu]t|septembre|sept|octobre|oct|novembre|nov|d[ée]cembre|d[ée]c)\\.?';
const NUMBER =
  '(?:et|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille|premier)(?!\\p{L})';
const NUMBERS = `${NUMBER}(?:[ -]${NUMBER}){0,8}`;
const DATE =
  `(?:(?:[12][0-9]{3}([-/.])[01]?[0-9]\\2[0-3]?[0-9]` +
  `|[0-3]?[0-9] {0,2}[/.|\\-] {0,2}[01]?[0-9](?: {0,2}[/.|\\-] {0,2}(?:[0-9]{4}|[0-9]{2}))?` +
  `|[0-3]?[0-9] [01]?[0-9] (?:[12][0-9]{3}|[0-9]{2})` +
  `|(?:[0-3]?[0-9] et )?[0-3]?[0-9](?: ?er)? ${MONTH}(?: (?:[0-9]{4}|[0-9]{2}|${NUMBERS}))?` +
  `|${MONTH} [12][0-9]{3}` +
  `|[0-3][0-9][01][0-9][12][0-9]{3}` +
  `|[0-3](?: [0-9]){7}` +
  `|${NUMBERS} ${MONTH}(?: (?:[0-9]{4}|${NUMBERS}))?)(?![0-9]))`;
// Words that may stand between the cue and its date: "(s) le", "de l'enfant :", "dans la nuit du".
const FILL =
  "[\\s:(\\[)|=]{0,4}(?:(?:le|la|un|une|du|au|de|en|dans|entre|vers|est|c'est|nuit|jour|matin|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|patiente?|enfant|l'enfant|l'int[ée]ress[ée]e?|ce|les|m[ao]n?|s[ao]n?|leur|notre|votre|fils|filles?|femme|mari|[ée]pou(?:x|se)|m[èe]re|p[èe]re|s(?:œ|oe)ur|fr[èe]re|b[ée]b[ée]|respectivement|on)[\\s:(\\[)]{1,3}){0,6}";
const FIRST = new RegExp(`^(${FILL})${DATE}`, 'iu');
const FULL = `(?:[0-3]?[0-9][/.-][01]?[0-9][/.-](?:[12][0-9]{3}|[0-9]{2})|(?:[0-3]?[0-9] et )?[0-3]?[0-9](?: ?er)? ${MONTH} [12][0-9]{3})(?![0-9])`;
const WEEKDAY = '(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?';
const AFAR = new RegExp(
  `^([^0-9.;!?\\n]{1,60}?(?:[0-9][0-9AB][0-9]?\\),? )?(?<!\\p{L})(?:le|les|ce) ${WEEKDAY})${FULL}`,
  'iu',
);
const AFTER_OWN = new RegExp(`^([^0-9.;!?\\n]{1,60}?(?<!\\p{L})(?:le|du) \\[?${WEEKDAY})${DATE}`, 'iu');
const NEXT = new RegExp(`^(\\]?\\s{0,2}(?:et|ou|au|,|-) (?:le |du |au )?\\[?)${DATE}`, 'iu');

/** What each of the expressions below needs, found much faster than they are tried at each capital. */
const DATED = /[0-9][/.-][01]?[0-9][/.-](?:19|20)[0-9]{2}/;
const BOXED = /[0-9] [0-9](?: [./-])? [01] [0-9]/;
const LAST_CENTURY = /mille neuf cent/i;

/** A capitalised word, perhaps a sex, then a date, each in its own cell; or a surname in capitals and a date
 * in brackets, or a full name with its surname in capitals and a date right after it. */
const LISTED =
  /\p{Lu}[\p{L}'’-]{1,30} ?[|;\t] ?(?:(?:[MFH]|masculin|f[ée]minin|homme|femme) ?[|;\t] ?)?([0-3]?[0-9][/.-][01]?[0-9][/.-](?:19|20)[0-9]{2})(?= ?(?:[|;\t\n)]|$))/gu;
const BRACKETED = /\p{Lu}[\p{Lu}'’-]{1,30} ?\(([0-3]?[0-9][/.-][01]?[0-9][/.-](?:19|20)[0-9]{2})(?=\))/gu;
const FOLLOWING =
  /(?<![\p{L}-])(?:\p{Lu}{2,30} \p{Lu}\p{Ll}{1,30}|\p{Lu}\p{Ll}{1,30} \p{Lu}{2,30}) ([0-3]?[0-9][/.-][01]?[0-9][/.-](?:19|20)[0-9]{2})(?![0-9])/gu;
const LONG_AGO = '[0-3]?[0-9][/.-][01]?[0-9][/.-](?:19[2-9][0-9]|200[0-9])(?![0-9])';
/** A full name, or a title and a name, then a date of long ago: dates of birth tell people of one name apart. */
const NAMED = new RegExp(
  "(?<![\\p{L}-])(?:(?:M\\.|Mr|Mme|Mlle|Monsieur|Madame)((?: \\p{Lu}[\\p{L}'’-]{1,30}){1,3})|(\\p{Lu}[\\p{L}-]{1,30}) \\p{Lu}[\\p{L}'’-]{1,30})" +
    `(?:(?:, ?| ?\\()(${LONG_AGO})| le ((?i:${NUMBERS} ${MONTH} mille neuf cents?(?:[ -]${NUMBERS})?)))`,
  'gu',
);
/** A form filled in with one digit a box. */
const SPACED =
  /(?<![0-9])(?<![0-9] )((?:0 [1-9]|[12] [0-9]|3 [01])(?: [./-])? (?:0 [1-9]|1 [0-2])(?: [./-])? (?:1 9 [2-9]|2 0 0) [0-9])(?! ?[0-9])/gu;
