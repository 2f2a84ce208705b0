// French registration plates: AB-123-CD (since 2009; no I, O, U, no SS nor WW at the left) and, in context, 1234 AB 56.

import { defineDetector, type Found, isPreceded } from '../detector.ts';

export default defineDetector({
  name: 'plate',
  kinds: ['plate'],
  form: true,
  // Begins with a digit, which few places of a text hold, and looks back from there.
  gate: /[0-9](?:(?<=[a-z][ -]?[0-9])[0-9]{2}[ -]?[a-z]|[ -]?[a-z]{2,3}[ -]?(?:[0-9]{2}|2[AB]))/i,
  examples: {
    found: [
      'le camion ⟦plate:AB-123-CD⟧ se gare',
      '⟦plate:ab-123-cd⟧',
      'la ⟦plate:AB 123 CD⟧ grise',
      'immatriculée ⟦plate:AB123CD⟧',
      'voiture immatriculée ⟦plate:1234 AB 44⟧',
    ],
    spared: ['AB123CD', '1234 AB 44', 'WW-123-AB', 'AI-123-CD', 'le RD 123 et', 'CRAB-123-CDE', 'ab 123 cd'],
  },
  detect(text) {
    const found: Found[] = [];
    for (const match of text.matchAll(CURRENT)) {
      const isUpper = match[0] === match[0].toUpperCase();
      const isTight = match[1] === '-' && match[2] === '-';
      const isSpaced = match[1] === ' ' && match[2] === ' ';
      if (!(isTight || (isSpaced && isUpper) || isPreceded(text, match.index, CUE, 60))) continue;
      found.push({ start: match.index, end: match.index + match[0].length, kind: 'plate' });
    }
    for (const match of text.matchAll(FORMER)) {
      if (!isPreceded(text, match.index, CUE, 60)) continue;
      found.push({ start: match.index, end: match.index + match[0].length, kind: 'plate' });
    }
    return found;
  },
});

const CUE = /immatricul|plaque|(?<!\p{L})(?:v[ée]hicule|voiture|camion|camionnette|fourgon|moto|scooter)(?!\p{L})/iu;
const CURRENT =
  /(?<![\p{L}\p{N}-])(?!ss|ww)[a-hj-np-tv-z]{2}([ -]?)[0-9]{3}([ -]?)(?!ss)[a-hj-np-tv-z]{2}(?![\p{L}\p{N}-])/giu;
const FORMER = /(?<![\p{L}\p{N}-])[0-9]{1,4}[ -]?[a-z]{2,3}[ -]?(?:2[ab]|97[1-6]|[0-9]{2})(?![\p{L}\p{N}-])/giu;
