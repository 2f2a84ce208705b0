// SIREN and SIRET (INSEE): Luhn, and for La Poste (356000000) a sum of digits that is a multiple of 5. Also French VAT.

import { defineDetector, type Found, isPreceded } from '../detector.ts';
import { passesLuhn, windowsOf } from '../digits.ts';

export default defineDetector({
  name: 'company',
  kinds: ['siren', 'siret'],
  form: true,
  gate: /[0-9](?:[ .\-\u00a0\u202f]{0,2}[0-9]){8}/,
  examples: {
    found: [
      'SIRET ⟦siret:732 829 320 00074⟧',
      '⟦siret:73282932000074⟧',
      'La Poste, siret ⟦siret:35600000049837⟧',
      'siren : ⟦siren:732 829 320⟧',
      'RCS Paris B ⟦siren:732829320⟧',
      'TVA ⟦siren:FR 44 732829320⟧',
    ],
    spared: ['732 829 320 euros', '732829320', '20240312101533', 'siren 732829321', '73282932000075'],
  },
  detect(text, context) {
    const found: Found[] = [];
    for (const run of context.runs) {
      if (!run.groups.some((group) => group.digits.length >= 3)) continue;
      for (const window of windowsOf(run, 14)) {
        if (!isEstablishment(window.digits)) continue;
        const isTime = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d/.test(window.digits);
        const isWritten = ['14', '9,5', '3,3,3,5', '3,3,3,3,2', '3,3,3,2,3'].includes(window.shape);
        const isCued = isPreceded(text, window.start, CUE, 40);
        if (!isCued && (!isWritten || isTime)) continue;
        if (isPreceded(text, window.start, /[\p{L}\p{N}]$/u, 1)) continue;
        found.push({ start: window.start, end: window.end, kind: 'siret' });
      }
      for (const window of windowsOf(run, 9)) {
        if (!passesLuhn(window.digits) || !isPreceded(text, window.start, CUE, 40)) continue;
        found.push({ start: window.start, end: window.end, kind: 'siren' });
      }
    }
    for (const match of text.matchAll(VAT)) {
      const digits = match[0].replace(/[^0-9]/g, '').slice(-9);
      if (passesLuhn(digits)) found.push({ start: match.index, end: match.index + match[0].length, kind: 'siren' });
    }
    return found;
  },
});

const CUE = /(?<!\p{L})(?:siren|siret|rcs|r\.c\.s\.?|rm|insee|immatricul[ée]e?)(?!\p{L})[^0-9]*$/iu;
const VAT = /(?<![\p{L}\p{N}])FR ?[0-9A-Z]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}(?![\p{L}\p{N}])/gu;

function isEstablishment(digits: string): boolean {
  if (passesLuhn(digits)) return passesLuhn(digits.slice(0, 9));
  const sum = [...digits].reduce((total, digit) => total + Number(digit), 0);
  return digits.startsWith('356000000') && sum % 5 === 0;
}
