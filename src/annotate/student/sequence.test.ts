import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { bitsOf, buildGazetteer } from './gazetteer.ts';
import { cutPieces } from './sequence-features.ts';
import { decodeSequence, encodeSequence, tagger } from './sequence-model.ts';
import { type MarkedText, trainSequence } from './sequence-training.ts';
import { spansOfTags, tagsOfSpans } from './spans-of-tags.ts';

const LABELS = ['lieu', 'personne'];
const gazetteer = buildGazetteer([
  ['Léa', 1],
  ['Karim', 1],
  ['Ysolde', 1],
]);
const ASKED = { task: 'noms', codebook: 'essai@1', labels: LABELS, gazetteer };

/** Fictional sentences about people and places. */
function texts(count: number): readonly MarkedText[] {
  const random = seededRandom(5);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  return Array.from({ length: count }, (_, row) => {
    const name = `${pick(['Léa', 'Karim', 'Jeanne', 'Paulin'])} ${pick(['Durmont', 'Valbel', 'Korrigou'])}`;
    const place = pick(['Montclair', 'Rivebois', 'Port-Lunel']);
    const before = pick(['Hier, ', 'Selon la mairie, ', 'Au conseil, ']);
    const text = `${before}${name} a rencontré les habitants de ${place} devant l’école.`;
    const of = (piece: string, label: string) => {
      const start = text.indexOf(piece);
      return { start, end: start + piece.length, label };
    };
    return { id: `d${row}`, text, spans: [of(name, 'personne'), of(place, 'lieu')], keys: [], person: true };
  });
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
);

describe('a tagger', () => {
  const trained = trainSequence(texts(120), ASKED);

  test('learns what people mark', () => {
    expect(trained.figures.f1).toBeGreaterThan(0.95);
    const find = tagger(trained.model);
    const text = 'Ysolde Marchelune a rencontré les habitants de Rivebois.';
    expect(find(text).map(({ start, end, label }) => [text.slice(start, end), label])).toEqual([
      ['Ysolde Marchelune', 'personne'],
      ['Rivebois', 'lieu'],
    ]);
  });

  test('gives equal bytes for equal input in any order', () => {
    const reversed = trainSequence([...texts(120)].reverse(), ASKED);
    expect(encodeSequence(reversed.model).digest).toBe(encodeSequence(trained.model).digest);
  });

  test('is kept and read back the same', () => {
    expect(decodeSequence(encodeSequence(trained.model).bytes)).toEqual(trained.model);
  });

  test('marks pieces of any text, in order, none over another', () => {
    const find = tagger(trained.model);
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { start, end, label } of find(text)) {
          expect(last <= start && start < end && end <= text.length).toBe(true);
          expect(LABELS).toContain(label);
          last = end;
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('spans become tags and spans again', () => {
  const text = 'Hier, Léa Durmont parlait à Karim.';
  const pieces = cutPieces(text);
  const spans = [
    { start: 6, end: 17, label: 'personne' },
    { start: 28, end: 33, label: 'personne' },
  ];
  expect(spansOfTags(pieces, tagsOfSpans(pieces, spans, LABELS), LABELS)).toEqual(spans);
});

test('a gazetteer knows names without case or accents', () => {
  expect(bitsOf(gazetteer, 'lea')).toBe(1);
  expect(bitsOf(gazetteer, 'brouette')).toBe(0);
});
