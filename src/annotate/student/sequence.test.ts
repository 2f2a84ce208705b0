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

describe('a tagger that models teach too', () => {
  // Each turn of phrase is of one of people's texts: what stands around its name, only models say.
  const turns = [
    'vu par § hier',
    'la lettre de §, sans suite',
    '§ : absent',
    'merci à § pour tout',
    'signé § au bas',
    'contre § encore',
  ];
  const textOf = (row: number): MarkedText => {
    const name = ['ombrelac', 'Tirvane', 'QUISOL', 'fendreux', 'Marlisse'][(row * 3) % 5]!;
    const turn = turns[row % turns.length]!;
    const start = turn.indexOf('§');
    const spans = [{ start, end: start + name.length, label: 'personne' }];
    return { id: `t${row}`, text: turn.replace('§', name), spans, keys: [], person: row < turns.length };
  };
  const given = Array.from({ length: 60 }, (_, row) => textOf(row));
  const rowsOf = (spansOf: (text: MarkedText) => MarkedText['spans']) => {
    const taught = given.map((text) => (text.person ? text : { ...text, spans: spansOf(text) }));
    const { model, heldOut } = trainSequence(taught, ASKED);
    expect(heldOut.map(({ id }) => id)).toEqual(['t0', 't1', 't2', 't3', 't4', 't5']);
    return model.head.rows;
  };

  test('learns from them where that does better on the texts of people, and not where they are wrong', () => {
    expect(rowsOf(({ spans }) => spans)).toMatchObject({ people: 6, machines: 54 });
    expect(rowsOf(() => [{ start: 0, end: 1, label: 'lieu' }])).toMatchObject({ people: 6, machines: 0 });
  });
});

test('what a list of the marked words would do is known of texts that it was not made of', () => {
  const { repeated, heldOut } = trainSequence(texts(80), ASKED);
  expect([...repeated.keys()].sort()).toEqual(heldOut.map(({ id }) => id).sort());
  const only = texts(80).map((text, row) => ({ ...text, keys: [text.text.includes('Rivebois') ? 'r' : `${row}`] }));
  const apart = trainSequence(only, ASKED);
  const said = only.filter(({ text }) => text.includes('Rivebois')).flatMap(({ id }) => apart.repeated.get(id)!);
  // Texts of one group are held out together: the place that only they name is in no list.
  expect(said.some((span) => span.startsWith('personne:'))).toBe(true);
  expect(said.filter((span) => span.startsWith('lieu:'))).toEqual([]);
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
