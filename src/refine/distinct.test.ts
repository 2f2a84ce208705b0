import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinctOf, referenceOf } from './distinct.ts';

const BLNS = resolve(import.meta.dirname, '../../../shared/data/hostile/blns.json');
const naughty = existsSync(BLNS) ? (JSON.parse(readFileSync(BLNS, 'utf8')) as string[]) : [];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(...naughty, '', ' ', '[PERSONNE 1]', 'https://exemple.fr/a', '\ud800'),
  fc
    .array(fc.constantFrom('le', 'car', 'du', 'soir', 'Élèves', '«', '»', 'https://a.fr', '[NOM 2]'), { maxLength: 60 })
    .map((words) => words.join(' ')),
);

const FORM =
  'Nous demandons le maintien de la ligne de bus 12, qui relie chaque jour le hameau du Moulin au collège et au marché.';

const said = (text: string, reference: string) =>
  distinctOf(text, referenceOf(reference)).spans.map(({ start, end }) => text.slice(start, end));

describe('what is distinct', () => {
  test('is the paragraph that a sender added, wherever it stands', () => {
    expect(said(`${FORM} Ma fille la prend !`, FORM)).toEqual(['Ma fille la prend']);
    expect(said(`Je suis infirmière. ${FORM}`, FORM)).toEqual(['Je suis infirmière']);
    const [before, after] = [FORM.slice(0, 49), FORM.slice(50)];
    expect(said(`${before} (et du tram aussi) ${after}`, FORM)).toEqual(['et du tram aussi']);
  });

  test('is nothing where only case, accents, punctuation or names of people differ', () => {
    expect(said(FORM.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().replaceAll(',', ' –'), FORM)).toEqual([]);
    expect(said(`${FORM} Signé [PERSONNE 4], le maire`, `${FORM} Signé [PERSONNE 1], le maire`)).toEqual([]);
  });

  test('is the word that was changed', () => {
    expect(said(FORM.replace('bus', 'tramway'), FORM)).toEqual(['tramway']);
    expect(distinctOf(FORM.replace('bus', 'tramway'), referenceOf(FORM)).share).toBeCloseTo(22 / 23);
  });

  test('lies in the text, in order, apart, and is nothing of a text beside itself', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const { spans, share } = distinctOf(text, referenceOf(other));
        let last = 0;
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(distinctOf(text, referenceOf(text))).toEqual({ spans: [], share: 1 });
      }),
      { numRuns: 500 },
    );
  });
});
