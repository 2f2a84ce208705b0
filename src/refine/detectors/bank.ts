// IBAN (ISO 13616, mod 97), French RIB (key of the Banque de France) and payment cards (ISO/IEC 7812, Luhn).

import { type DetectorContext, defineDetector, type Found, isPreceded } from '../detector.ts';
import { passesLuhn, windowsOf } from '../digits.ts';

export default defineDetector({
  name: 'bank',
  kinds: ['iban', 'card'],
  form: true,
  gate: /[0-9](?:[ .\-\u00a0\u202f]{0,2}[0-9A-Za-z]){11}/,
  examples: {
    found: [
      'IBAN ⟦iban:FR76 3000 6000 0112 3456 7890 189⟧',
      '⟦iban:FR1420041010050500013M02606⟧,',
      '⟦iban:de89 3704 0044 0532 0130 00⟧',
      'ma carte ⟦card:4111 1111 1111 1111⟧ exp.',
      '⟦card:378282246310005⟧',
      'RIB : ⟦iban:30006 00001 12345678901 89⟧',
    ],
    spared: [
      'FR76 3000 6000 0112 3456 7890 188',
      '4111 1111 1111 1112',
      'FR76 et 3000',
      '1234 5678 9012 3456',
      '30006 00001 12345678901 89',
    ],
  },
  detect(text, context) {
    return [...ibans(text), ...cards(text, context), ...frenchAccounts(text, context)];
  },
});

// SWIFT IBAN registry, release 99: length by country.
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

function ibans(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\p{N}])([A-Za-z]{2}) ?[0-9] ?[0-9](?=[ .-]?[A-Za-z0-9])/gu)) {
    const length = LENGTHS.get(match[1]!.toUpperCase());
    if (length === undefined) continue;
    let characters = '';
    let end = match.index;
    for (; end < text.length && end < match.index + 60 && characters.length < length; end += 1) {
      const character = text[end]!;
      if (isAlphanumeric(character)) characters += character;
      else if (!' .-\u00a0\u202f'.includes(character)) break;
    }
    if (characters.length !== length || /[\p{L}\p{N}]/u.test(text[end] ?? '')) continue;
    if (remainder(characters.slice(4) + characters.slice(0, 4)) === 1)
      found.push({ start: match.index, end, kind: 'iban' });
  }
  return found;
}

function isAlphanumeric(character: string): boolean {
  return (
    (character >= '0' && character <= '9') ||
    (character >= 'A' && character <= 'Z') ||
    (character >= 'a' && character <= 'z')
  );
}

/** Of the characters read in base 36 and written in decimal, modulo 97 (ISO 7064). */
function remainder(characters: string): number {
  let rest = 0;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

const ISSUERS: readonly (readonly [pattern: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [16, 19, 13]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65|62|35[2-8])/, [16]],
  [/^(?:50|5[6-9]|6[37])/, [16, 18, 19]],
];

function cards(text: string, context: DetectorContext): readonly Found[] {
  const found: Found[] = [];
  for (const run of context.runs) {
    if (!run.groups.some((group) => group.digits.length >= 4)) continue;
    for (const length of [16, 15, 19, 18, 13]) {
      for (const window of windowsOf(run, length)) {
        const isIssued = ISSUERS.some(([pattern, lengths]) => lengths.includes(length) && pattern.test(window.digits));
        // Thirteen to fifteen digits are also codes of goods: only in one piece or in the groups that cards show.
        const isWritten = window.shape === String(length) || /^4(?:,4){2,3}(?:,[123])?$|^4,6,5$/.test(window.shape);
        if (!isIssued || !isWritten || !passesLuhn(window.digits)) continue;
        if (isPreceded(text, window.start, /[\p{L}\p{N}]$/u, 1)) continue;
        found.push({ start: window.start, end: window.end, kind: 'card' });
      }
    }
  }
  return found;
}

function frenchAccounts(text: string, context: DetectorContext): readonly Found[] {
  const found: Found[] = [];
  for (const run of context.runs) {
    for (const window of windowsOf(run, 23)) {
      if (!isPreceded(text, window.start, /(?<!\p{L})(?:rib|compte|bancaires?|banque)(?!\p{L})/iu, 60)) continue;
      const weighted =
        89n * BigInt(window.digits.slice(0, 5)) +
        15n * BigInt(window.digits.slice(5, 10)) +
        3n * BigInt(window.digits.slice(10, 21));
      const key = 97n - (weighted % 97n);
      if (key === BigInt(window.digits.slice(21))) found.push({ start: window.start, end: window.end, kind: 'iban' });
    }
  }
  return found;
}
