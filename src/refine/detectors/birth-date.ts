// Dates of birth: a date is personal only where words before it, or its place beside a name in a list, say whose it is.
// A year alone is left: it is an age, and figures by age are what consultations are read for.

import { defineDetector, type Found } from '../detector.ts';

export default defineDetector({
  name: 'birth-date',
  kinds: ['birth-date'],
  form: false,
  gate: /n[ée]{1,2}|ddn|naiss|au monde|anniversaire|[0-9][/.-][0-9]{1,2}[/.-][12][0-9]{3}/i,
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
    ],
    spared: [
      'réunion du 12/03/2024',
      'née en 1984',
      'le projet est né le jour où',
      'avis ; 12/03/2024 ; pour',
      'Nantes, le 12/03/2024',
    ],
  },
  detect(text) {
    const found: Found[] = [];
    for (const cue of text.matchAll(CUE)) {
      let from = cue.index + cue[0].length;
      for (let count = 0; count < 3; count += 1) {
        const date = (count === 0 ? FIRST : NEXT).exec(text.slice(from, from + 120));
        if (date === null) break;
        const start = from + date[1]!.length;
        from += date[0].length;
        found.push({ start, end: from, kind: 'birth-date' });
      }
    }
    for (const pattern of [LISTED, BRACKETED, FOLLOWING]) {
      for (const row of text.matchAll(pattern)) {
        const end = row.index + row[0].length;
        found.push({ start: end - row[1]!.length, end, kind: 'birth-date' });
      }
    }
    return found;
  },
});

const CUE =
  /(?<!\p{L})(?:n[ée](?:\(e\)|e|\.e|·e)?s?|n[ée]{2}s?|ddn|dn(?= ?:)|d\.d\.n\.?|date (?:de )?nais[st]?\.?|(?:date|jour|lieu) (?:et (?:date|lieu) )?(?:de )?naissance|naissance|anniversaire|(?:mise?|venue?) au monde)(?![\p{L}])/giu;

const MONTH =
  '(?:janvier|janv|f[ée]vrier|f[ée]vr?|mars|avril|avr|mai|juin|juillet|juil|ao[ûu]t|septembre|sept|octobre|oct|novembre|nov|d[ée]cembre|d[ée]c)\\.?';
const NUMBER =
  '(?:et|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille|premier)(?!\\p{L})';
const NUMBERS = `${NUMBER}(?:[ -]${NUMBER}){0,8}`;
const DATE =
  `(?:(?:[12][0-9]{3}([-/.])[01]?[0-9]\\2[0-3]?[0-9]` +
  `|[0-3]?[0-9] {0,2}[/.|\\-] {0,2}[01]?[0-9](?: {0,2}[/.|\\-] {0,2}(?:[0-9]{4}|[0-9]{2}))?` +
  `|[0-3]?[0-9] [01]?[0-9] (?:[12][0-9]{3}|[0-9]{2})` +
  `|[0-3]?[0-9](?: ?er)? ${MONTH}(?: (?:[0-9]{4}|[0-9]{2}|${NUMBERS}))?` +
  `|${MONTH} [12][0-9]{3}` +
  `|[0-3][0-9][01][0-9][12][0-9]{3}` +
  `|[0-3](?: [0-9]){7}` +
  `|${NUMBERS} ${MONTH}(?: (?:[0-9]{4}|${NUMBERS}))?)(?![0-9]))`;
// Words that may stand between the cue and its date: "(s) le", "de l'enfant :", "dans la nuit du".
const FILL =
  "[\\s:(\\[)|=]{0,4}(?:(?:le|la|un|une|du|au|de|en|dans|entre|vers|est|c'est|nuit|jour|matin|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|patiente?|enfant|l'enfant|l'int[ée]ress[ée]e?)[\\s:(\\[)]{1,3}){0,6}";
const FIRST = new RegExp(`^(${FILL})${DATE}`, 'iu');
const NEXT = new RegExp(`^(\\]?\\s{0,2}(?:et|ou|au|,|-) (?:le |du |au )?\\[?)${DATE}`, 'iu');

/** A capitalised word, perhaps a sex, then a date, each in its own cell; or a surname in capitals and a date
 * in brackets, or a full name with its surname in capitals and a date right after it. */
const LISTED =
  /\p{Lu}[\p{L}'’-]{1,30} ?[|;\t] ?(?:(?:[MFH]|masculin|f[ée]minin|homme|femme) ?[|;\t] ?)?([0-3]?[0-9][/.-][01]?[0-9][/.-](?:19|20)[0-9]{2})(?= ?(?:[|;\t\n)]|$))/gu;
const BRACKETED = /\p{Lu}[\p{Lu}'’-]{1,30} ?\(([0-3]?[0-9][/.-][01]?[0-9][/.-](?:19|20)[0-9]{2})(?=\))/gu;
const FOLLOWING =
  /(?<![\p{L}-])(?:\p{Lu}{2,30} \p{Lu}\p{Ll}{1,30}|\p{Lu}\p{Ll}{1,30} \p{Lu}{2,30}) ([0-3]?[0-9][/.-][01]?[0-9][/.-](?:19|20)[0-9]{2})(?![0-9])/gu;
