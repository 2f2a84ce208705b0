// Telephone numbers: French (ARCEP numbering plan), international (ITU-T E.164), short ones where the words say so.

import { type DetectorContext, defineDetector, type Found, isPreceded } from '../detector.ts';
import { type DigitWindow, windowOf, windowsOf } from '../digits.ts';

export default defineDetector({
  name: 'phone',
  kinds: ['phone'],
  form: true,
  gate: /[0-9]/,
  examples: {
    found: [
      'tél. ⟦phone:06 00 00 12 34⟧',
      'appelez ⟦phone:0600001234⟧ ou ⟦phone:01.99.00.12.34⟧.',
      '⟦phone:0 6 0 0 0 0 1 2 3 4⟧',
      '⟦phone:+33 6 00 00 12 34⟧ et ⟦phone:+33(0)600001234⟧ et ⟦phone:0033 6 00 00 12 34⟧',
      'La Réunion : ⟦phone:0262-00-12-34⟧',
      'depuis Bruxelles ⟦phone:+32 2 555 12 34⟧',
      'joignable au ⟦phone:73401⟧',
      'Tél : ⟦phone:01 99 00 12 34⟧ ou ⟦phone:12 35⟧',
      'standard, poste ⟦phone:4512⟧',
      '⟦phone:06/00/00/12/34⟧',
      'N° vert ⟦phone:0 800 00 12 34⟧',
      'portable ⟦phone:06 000 012 34⟧ svp',
    ],
    spared: [
      'le 01/02/2013 04',
      'de 2012 à 2014',
      'réf. 1234567890',
      '3 500 000 000 euros',
      'le poste de 2500 euros',
      '+10 000 000 €',
      'AB0600001234',
      '15, 17 ou 112',
      'un téléphone à 300 euros',
      '0,0612345678',
    ],
  },
  detect(text, context) {
    const found = [...international(text), ...national(text, context), ...inContext(text, context)];
    return found.length === 0 ? found : [...found, ...continuations(text, found)];
  },
});

/** Groupings in which people write ten digits; any other needs a word such as "tél" before it. */
const SHAPES = new Set([
  '10',
  '2,2,2,2,2',
  '4,2,2,2',
  '4,6',
  '4,3,3',
  '2,3,3,2',
  '2,2,3,3',
  '2,3,2,3',
  '2,4,4',
  '1,9',
  '2,8',
  '1,3,3,3',
  '1,3,2,2,2',
  '1,1,2,2,2,2',
  '1,1,1,1,1,1,1,1,1,1',
]);

const CUE =
  /(?:(?<!\p{L})(?:t[ée]l(?:[ée]phones?)?|fax|t[ée]l[ée]copie|portable|port|mobile|mob|gsm|standard|num[ée]ro|ligne directe|contact|joindre|joignables?|appel(?:er|ez|é|ée)?|rappel(?:er|ez)|whatsapp|sms)|☎|📞)[\s.:=()]{0,4}(?:(?:au|le|est(?: le)?|n°|perso|pro|fixe|portable|num[ée]ro)[\s.:=]{0,3}){0,3}$/iu;

function national(text: string, context: DetectorContext): readonly Found[] {
  const found: Found[] = [];
  for (const run of context.runs) {
    let last = 0;
    for (const window of windowsOf(run, 10)) {
      if (window.digits[0] !== '0' || window.digits[1] === '0' || window.start < last) continue;
      if (!SHAPES.has(window.shape) && !isPreceded(text, window.start, CUE, 40)) continue;
      if (isPreceded(text, window.start, /[\p{L}\p{N}_]$|[0-9][,'’]$/u, 2)) continue;
      found.push(spanOf(window));
      last = window.end;
    }
  }
  return found;
}

// National significant lengths by country calling code; a code that is not listed takes 7 to 12 digits.
const LENGTHS: Readonly<Record<string, readonly [minimum: number, maximum: number]>> = {
  '1': [10, 10],
  '7': [10, 10],
  '20': [9, 10],
  '27': [9, 9],
  '30': [10, 10],
  '31': [9, 9],
  '32': [8, 9],
  '33': [9, 9],
  '34': [9, 9],
  '41': [9, 9],
  '44': [9, 10],
  '86': [10, 11],
  '90': [10, 10],
  '91': [10, 10],
  '212': [9, 9],
  '213': [8, 9],
  '216': [8, 8],
  '221': [9, 9],
  '225': [8, 10],
  '237': [8, 9],
  '262': [9, 9],
  '351': [9, 9],
  '352': [6, 9],
  '377': [8, 9],
  '508': [6, 6],
  '590': [9, 9],
  '594': [9, 9],
  '596': [9, 9],
  '681': [6, 6],
  '687': [6, 6],
  '689': [6, 8],
};
const SINGLE_DIGIT_CODES = /^[17]/;
const TWO_DIGIT_CODES = /^(?:20|27|3[0-4]|36|39|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

const INTERNATIONAL =
  /(?<![\p{L}\p{N}])(?:\+ ?|\(\+|00 ?)([1-9][0-9]{0,2}\)?(?:[ .\-/\u00a0\u202f]{0,2}\(0\))?(?:[ .\-/\u00a0\u202f]{0,2}[0-9]){6,13})(?![0-9])/gu;

function international(text: string): readonly Found[] {
  const found: Found[] = [];
  if (!/\+|00/.test(text)) return found;
  for (const match of text.matchAll(INTERNATIONAL)) {
    const digits = match[1]!.replace('(0)', '').replace(/[^0-9]/g, '');
    const code = SINGLE_DIGIT_CODES.test(digits)
      ? digits.slice(0, 1)
      : TWO_DIGIT_CODES.test(digits)
        ? digits.slice(0, 2)
        : digits.slice(0, 3);
    const national = digits.slice(code.length).replace(code === '33' ? /^0/ : /^(?!)/, '');
    const [minimum, maximum] = LENGTHS[code] ?? [7, 12];
    if (national.length < minimum || national.length > maximum) continue;
    found.push({ start: match.index, end: match.index + match[0].length, kind: 'phone' });
  }
  return found;
}

const SHORT_CUE =
  /(?:(?<!\p{L})(?:t[ée]l(?:[ée]phones?)?(?: (?:perso|pro|fixe|portable|mobile))?|fax|gsm|dect|bip|ligne directe|standard)(?:\s?\.)?(?:\s?(?::|au|n°|le|est le)){0,2}|(?<!\p{L})joignables?(?: par t[ée]l[ée]phone)? au|(?<!\p{L})(?:appel(?:er|ez)|rappel(?:er|ez)|joindre)(?: moi|-moi| nous|-nous)? au|(?<!\p{L})(?:portable|mobile|port|mob)\.?\s?:|(?<!\p{L})poste(?: n°| :)?|☎|📞)\s{0,2}$/iu;

function inContext(text: string, context: DetectorContext): readonly Found[] {
  const found: Found[] = [];
  for (const run of context.runs) {
    const start = run.groups[0]!.start;
    if (!isPreceded(text, start, SHORT_CUE, 40)) continue;
    let to = 0;
    let digits = 0;
    while (to < run.groups.length && digits + run.groups[to]!.digits.length <= 14) {
      digits += run.groups[to]!.digits.length;
      to += 1;
    }
    if (
      digits < 4 ||
      /^\s?(?:€|euros?|%|km|m²|ans\b)/i.test(text.slice(run.groups[to - 1]!.end, run.groups[to - 1]!.end + 7))
    )
      continue;
    found.push(spanOf(windowOf(run, 0, to)));
  }
  return found;
}

/** `01 99 00 12 34 ou 12 35`: what follows a number with "ou", "et" or a slash is another one. */
function continuations(text: string, found: readonly Found[]): readonly Found[] {
  const more: Found[] = [];
  for (const span of found) {
    let from = span.end;
    for (let count = 0; count < 9; count += 1) {
      const next = CONTINUATION.exec(text.slice(from, from + 50));
      if (next === null) break;
      more.push({ start: from + next[1]!.length, end: from + next[0].length, kind: 'phone' });
      from += next[0].length;
    }
  }
  return more;
}

const CONTINUATION =
  /^(\s{0,3}(?:ou|et|puis|\/|,|;)(?: au| le)?\s{1,3})[0-9]{2}(?:[ .]?[0-9]{2}){1,4}(?![0-9\p{L}%€]| ?(?:€|euros?|ans|%|km))/iu;

function spanOf(window: DigitWindow): Found {
  return { start: window.start, end: window.end, kind: 'phone' };
}
