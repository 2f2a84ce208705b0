// French social security number (NIR): 13 characters and a key, 97 − (number mod 97); Corsica 2A and 2B read 19 and 18.
// Source: INSEE, "Numéro de sécurité sociale" ; decree 82-103. Months 20-42 and 50-99 stand for unknown ones.

import { type DetectorContext, defineDetector, type Found, isPreceded } from '../detector.ts';
import { windowOf, windowsOf } from '../digits.ts';

export default defineDetector({
  name: 'nir',
  kinds: ['nir'],
  form: true,
  gate: /[0-9](?:[ .\-\u00a0\u202f]{0,3}[0-9ABab]){10}/,
  examples: {
    found: [
      'sécu ⟦nir:2 85 05 78 006 084 91⟧',
      '⟦nir:285057800608491⟧',
      '⟦nir:2 8 5 0 5 7 8 0 0 6 0 8 4 9 1⟧',
      'né en Corse : ⟦nir:1 85 05 2A 006 084 35⟧',
      'Assurée : Léa DURAND ⟦nir:285057800608412⟧',
      'n° de sécurité sociale : ⟦nir:2850578006084⟧',
      'identification ⟦nir:2 9 5 7 4 6 9 1 3 0 8 3 3⟧',
    ],
    spared: [
      '3020405060708',
      '12 345 678 901 234 €',
      'sécu 12',
      '285 057 800',
      '9 8 7 6 5 4 3 2 1',
      'acte 20141217-2014-181',
      '929 293 920 29 299 29 120 40 210',
    ],
  },
  detect(text, context) {
    const found: Found[] = [...numeric(text, context), ...rows(text, context)];
    for (const match of text.matchAll(CORSICAN)) {
      const digits = match[0].replace(/[^0-9AB]/gi, '').toUpperCase();
      if (digits.length === 15 && !hasKey(digits)) continue;
      found.push({ start: match.index, end: match.index + match[0].length, kind: 'nir' });
    }
    return found;
  },
});

const CORSICAN =
  /(?<![\p{L}\p{N}])[12] ?[0-9] ?[0-9] ?[0-9] ?[0-9] ?2 ?[AB](?: ?[0-9]){6}(?: {0,2}[0-9] ?[0-9])?(?![\p{L}\p{N}])/giu;
const CUE =
  /s[ée]cu(?:rit[ée]|\.)?(?![\p{L}])|(?<!\p{L})(?:nir|nss|insee|ameli|cpam|msa)(?!\p{L})|immatriculation|assur[ée]|identification|id(?:entifiant)? national|carte vitale|vitale/iu;

function hasKey(digits: string): boolean {
  if (!/^[1-478]/.test(digits)) return false;
  const number = digits.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - Number(BigInt(number) % 97n) === Number(digits.slice(13));
}

/** Sex, month and département as a NIR can hold them. */
function isPlausible(digits: string): boolean {
  const month = Number(digits.slice(3, 5));
  const department = Number(digits.slice(5, 7));
  const isMonth = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  return (digits[0] === '1' || digits[0] === '2') && isMonth && department >= 1 && department !== 96;
}

function numeric(text: string, context: DetectorContext): readonly Found[] {
  const found: Found[] = [];
  for (const run of context.runs) {
    for (const length of [15, 13]) {
      for (const window of windowsOf(run, length)) {
        if (isPreceded(text, window.start, /[\p{L}\p{N}]$/u, 1)) continue;
        const isWritten = /^1,2,2,2,3,3(?:,2)?$/.test(window.shape) || window.shape === '1,1,1,1,1,1,1,1,1,1,1,1,1';
        const isWhole = run.groups[0]!.start === window.start && run.groups.at(-1)!.end === window.end;
        const isSpaced = /^[0-9][0-9 .\u00a0\u202f]*$/.test(text.slice(window.start, window.end));
        const isShaped = isPlausible(window.digits) && (isWritten || (length === 15 && isWhole && isSpaced));
        if (isShaped || (length === 15 && hasKey(window.digits)) || isPreceded(text, window.start, CUE, 60)) {
          found.push({ start: window.start, end: window.end, kind: 'nir' });
        }
      }
    }
    const whole = windowOf(run, 0, run.groups.length);
    const isNear = whole.digits.length >= 11 && whole.digits.length <= 16;
    if (isNear && isPreceded(text, whole.start, CUE, 60))
      found.push({ start: whole.start, end: whole.end, kind: 'nir' });
  }
  return found;
}

/** Twelve or more digits written one by one are read from the boxes of a form, where this number is asked for. */
function rows(text: string, context: DetectorContext): readonly Found[] {
  const found: Found[] = [];
  for (const run of context.runs) {
    let from = 0;
    for (let index = 0; index <= run.groups.length; index += 1) {
      if (run.groups[index]?.digits.length === 1) continue;
      if (index - from >= 12 && /^[0-9 ]+$/.test(text.slice(run.groups[from]!.start, run.groups[index - 1]!.end))) {
        found.push({ start: run.groups[from]!.start, end: run.groups[index - 1]!.end, kind: 'nir' });
      }
      from = index + 1;
    }
  }
  return found;
}
