import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { calibrationError, thresholdFor } from './calibration.ts';
import { decide, likeliest } from './decision.ts';
import { BUCKETS, FeatureReader } from './features.ts';
import { dealFolds, groupRows } from './folds.ts';
import { decodeModel, encodeModel, scorer } from './linear-model.ts';
import { solve } from './sdca.ts';
import { type TrainingOptions, train } from './training.ts';
import { type Example, TrainingSet } from './training-set.ts';
import { idfOf, weigh } from './vectors.ts';

const reader = new FeatureReader({ evidence: true });
const LABELS = ['negatif', 'positif'];
const OPTIONS: TrainingOptions = {
  task: 'tone',
  kind: 'one-label',
  codebook: 'essai@1',
  lexicons: 'l',
  precision: 0.8,
};

/** Fictional verbatims whose tone shows in words that repeat, with some noise. */
function examples(count: number, noise = 0): readonly Example[] {
  const random = seededRandom(11);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  const places = ['la place', 'le marché', 'la piscine', 'le bus', 'la mairie', 'le parc', 'la gare'];
  const good = ['très agréable', 'bien entretenue', 'rapide et pratique', 'une réussite', 'accueillant'];
  const bad = ['sale', 'en retard tous les matins', 'mal éclairée', 'une honte', 'fermé sans prévenir'];
  return Array.from({ length: count }, (_, row) => {
    const positive = row % 2 === 0;
    const text = `${pick(['Pour moi', 'Je trouve que', 'À mon avis'])} ${pick(places)} est ${pick(positive ? good : bad)}.`;
    const label = positive !== random() < noise ? 'positif' : 'negatif';
    return { id: `d${row}`, title: null, text, labels: [label], person: true, keys: [`copie-${text}`] };
  });
}

function setOf(rows: readonly Example[]): TrainingSet {
  const set = new TrainingSet(LABELS, reader);
  for (const row of rows) set.add(row);
  return set;
}

/** Of the first label. */
function marginOf(
  { vectors }: TrainingSet,
  values: Float32Array,
  weights: Float32Array,
  dimensions: number,
  row: number,
) {
  let margin = weights[dimensions * 2]!;
  for (let at = vectors.starts[row]!; at < vectors.starts[row + 1]!; at += 1) {
    margin += values[at]! * weights[vectors.indices[at]! * 2]!;
  }
  return margin;
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
);

describe('features', () => {
  test('read any text, alike whatever was read before', () => {
    const fresh = new FeatureReader({ evidence: true });
    fc.assert(
      fc.property(fc.option(anyText), anyText, anyText, (title, text, before) => {
        reader.read(null, before);
        reader.read(title, text);
        fresh.read(title, text);
        expect(reader.indices.slice(0, reader.size)).toEqual(fresh.indices.slice(0, fresh.size));
        expect(reader.values.slice(0, reader.size)).toEqual(fresh.values.slice(0, fresh.size));
        for (let at = 0; at < reader.size; at += 1) {
          expect(Number.isFinite(reader.values[at])).toBe(true);
          expect(reader.indices[at]! < BUCKETS).toBe(at < reader.hashed);
          expect(reader.indices[at]!).toBeLessThan(reader.dimensions);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('are those of a text without case and accents, spaces aside', () => {
    const plain = new FeatureReader({ evidence: false });
    const read = (text: string) => {
      plain.read(null, text);
      return [...plain.indices.slice(0, plain.size)].sort();
    };
    expect(read('Été  PLUVIEUX')).toEqual(read('ete pluvieux'));
    expect(read('ete')).not.toEqual(read('eté !'));
  });

  test('give each bucket once, with one and the logarithm of its count', () => {
    const plain = new FeatureReader({ evidence: false });
    plain.read(null, 'bus bus bus');
    expect(new Set(plain.indices.slice(0, plain.size)).size).toBe(plain.size);
    expect(Math.max(...plain.values.slice(0, plain.size))).toBeCloseTo(1 + Math.log(3), 5);
  });
});

describe('folds', () => {
  test('never part a group, whatever ties its rows', () => {
    const keys = fc.array(fc.array(fc.constantFrom(...'abcdefghijklmnop'), { maxLength: 3 }), { maxLength: 60 });
    fc.assert(
      fc.property(keys, fc.integer({ min: 2, max: 6 }), fc.nat(), (rows, count, seed) => {
        const groups = groupRows(rows);
        const folds = dealFolds(groups, count, seed);
        for (const [one, mine] of rows.entries()) {
          expect(folds[one]).toBeLessThan(count);
          for (const [other, theirs] of rows.entries()) {
            if (mine.some((key) => theirs.includes(key))) expect(groups[one]).toBe(groups[other]);
            if (groups[one] === groups[other]) expect(folds[one]).toBe(folds[other]);
          }
        }
      }),
    );
  });

  test('tie rows through others', () => {
    expect([...groupRows([['a'], ['b'], ['a', 'b'], ['c'], []])]).toEqual([0, 0, 0, 1, 2]);
  });

  test('are of about one size', () => {
    const folds = dealFolds(groupRows(Array.from({ length: 100 }, () => [])), 5, 1);
    for (const fold of [0, 1, 2, 3, 4]) expect(folds.filter((one) => one === fold)).toHaveLength(20);
  });
});

describe('training', () => {
  const trained = train(setOf(examples(240)), reader, OPTIONS);

  test('learns what people say', () => {
    expect(trained.figures.macroF1).toBeGreaterThan(0.95);
    expect(trained.figures.interval.low).toBeLessThanOrEqual(trained.figures.macroF1);
    expect(trained.heldOut).toHaveLength(240);
    expect(trained.model.head.rows).toMatchObject({ people: 240, machines: 0 });
  });

  test('weighs the lexicons as people’s labels bear them out, and says how much', () => {
    // The lexicons know these tones; the words are others each time.
    const words = {
      positif: ['agréable', 'réussi', 'excellent', 'formidable'],
      negatif: ['sale', 'dangereux', 'honteux', 'nul'],
    };
    const rows = Array.from({ length: 160 }, (_, row): Example => {
      const label = LABELS[row % 2]!;
      const text = `Le ${row}e avis : c’est ${words[label as 'positif'][(row >> 1) % 4]!} ici.`;
      return {
        id: `d${row}`,
        title: null,
        text,
        labels: [label],
        person: true,
        keys: [words[label as 'positif'][(row >> 1) % 4]!],
      };
    });
    const { head } = train(setOf(rows), reader, OPTIONS).model;
    expect(head.evidenceScale).toBeGreaterThan(0);
    // Told the contrary of what the lexicons say half of the time, they are worth nothing.
    const random = seededRandom(5);
    const vain = rows
      .map((row) => ({ ...row, text: `${row.text} mot${row.labels[0]} enfin`, keys: [] }))
      .map((row) => ({
        ...row,
        text: row.text.replace(/est .* ici/, `est ${words[random() < 0.5 ? 'positif' : 'negatif'][0]!} ici`),
      }));
    expect(train(setOf(vain), reader, OPTIONS).model.head.evidenceScale).toBe(0);
    const without = new FeatureReader({ evidence: false });
    const set = new TrainingSet(LABELS, without);
    for (const row of rows) set.add(row);
    expect(train(set, without, OPTIONS).model.head).toMatchObject({ evidence: 0, evidenceScale: 0 });
  });

  test('finds the least of a smooth problem that Newton’s steps go to and fro across', () => {
    const plain = new FeatureReader({ evidence: true });
    const set = new TrainingSet(LABELS, plain);
    for (const [place, row] of examples(80, 0.2).entries())
      set.add({ ...row, text: `Mot${place} autre${place * 7}. ${row.text}` });
    const order = set.order();
    const values = weigh(set.vectors, idfOf(set.vectors, order), 0.5);
    const problem = {
      vectors: set.vectors,
      values,
      rows: order,
      truth: set.truth(),
      weights: new Float32Array(80).fill(1),
    };
    const solved = solve({ ...problem, labels: 2, dimensions: plain.dimensions, cost: 30, seed: 1 });
    // At the least, what a row holds of its range is what its probability lacks.
    const gaps = [...order].map((row, position) => {
      const margin = marginOf(set, values, solved.weights, plain.dimensions, row);
      const sign = set.truth()[row * 2] === 1 ? 1 : -1;
      return Math.abs(solved.shares[position * 2]! - 1 / (1 + Math.exp(sign * margin)));
    });
    expect(Math.max(...gaps)).toBeLessThan(0.2);
  });

  test('learns nothing where labels mean nothing, and then abstains', () => {
    const { figures } = train(setOf(examples(240, 0.5)), reader, OPTIONS);
    expect(figures.macroF1).toBeLessThan(0.65);
    expect(figures.coverage).toBeLessThan(0.2);
  });

  test('gives equal bytes for equal input in any order', () => {
    const rows = [...examples(240)];
    const order = [...rows].sort((left, right) => (left.text < right.text ? -1 : 1));
    expect(order).not.toEqual(rows);
    expect(encodeModel(train(setOf(order), reader, OPTIONS).model).digest).toBe(encodeModel(trained.model).digest);
  });

  test('holds out what is tied: copies of a text never teach their own label', () => {
    // Twelve texts, each copied twenty times with a label of its own drawing: only by having seen the copy is it known.
    const words = [...'abcdefghijkl'].map((letter) => `mot${letter} `.repeat(5));
    const rows = words.flatMap((text, at) =>
      Array.from({ length: 20 }, (_, copy) => ({
        id: `${at}-${copy}`,
        title: null,
        text,
        labels: [LABELS[(at * 7 + (at >> 2)) % 2]!],
        person: true,
        keys: [`c${at}`],
      })),
    );
    const apart = train(setOf(rows), reader, OPTIONS).figures;
    const leaking = train(setOf(rows.map((row) => ({ ...row, keys: [] }))), reader, OPTIONS).figures;
    expect(leaking.macroF1).toBeGreaterThan(0.95);
    expect(apart.macroF1).toBeLessThan(0.8);
  });

  test('leaves out machines that are wrong, and learns from those that are right', () => {
    const people = examples(60);
    const machines = examples(240)
      .slice(60)
      .map((row) => ({ ...row, person: false }));
    const wrong = machines.map((row) => ({ ...row, labels: [row.labels[0] === 'positif' ? 'negatif' : 'positif'] }));
    const misled = train(setOf([...people, ...wrong]), reader, OPTIONS);
    expect(misled.model.head.machineWeight).toBeLessThanOrEqual(0.1);
    expect(train(setOf([...people, ...machines]), reader, OPTIONS).figures.macroF1).toBeGreaterThan(0.9);
  });

  test('is kept and read back the same', () => {
    const { bytes, digest } = encodeModel(trained.model);
    const back = decodeModel(bytes);
    expect(back).toEqual(trained.model);
    expect(encodeModel(back).digest).toBe(digest);
  });

  test('scores any text between 0 and 1, and knows the labels', () => {
    const score = scorer(decodeModel(encodeModel(trained.model).bytes));
    fc.assert(
      fc.property(fc.option(anyText), anyText, (title, text) => {
        reader.read(title, text);
        const scores = score(reader);
        for (const one of scores) expect(one >= 0 && one <= 1).toBe(true);
        expect(scores.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6);
      }),
      { numRuns: 200 },
    );
    reader.read(null, 'Je trouve que la gare est une honte.');
    expect(score(reader)[0]).toBeGreaterThan(0.8);
  });

  test('gives several labels, each by its own threshold', () => {
    const set = new TrainingSet(['bus', 'place'], reader);
    for (let row = 0; row < 200; row += 1) {
      const labels = [...(row % 2 === 0 ? ['bus'] : []), ...(row % 3 === 0 ? ['place'] : [])];
      const text = `Mot ${row % 17} ${labels.includes('bus') ? 'le bus passe' : ''} ${labels.includes('place') ? 'sur la place' : ''} ici`;
      set.add({ id: `d${row}`, title: null, text, labels, person: true, keys: [] });
    }
    const { model, figures } = train(set, reader, { ...OPTIONS, kind: 'several-labels', precision: null });
    expect(figures.macroF1).toBeGreaterThan(0.95);
    const score = scorer(model);
    const given = (text: string) => {
      reader.read(null, text);
      return decide(score(reader), 'several-labels', model.head.thresholds).places;
    };
    expect(given('le bus passe sur la place')).toEqual([0, 1]);
    expect(given('rien de cela')).toEqual([]);
  });

  test('says how many labels are missing', () => {
    const set = setOf(examples(9));
    expect(set.missing(5)).toEqual([{ label: 'negatif', missing: 1 }]);
    expect(() => set.add({ ...examples(1)[0]!, labels: ['autre'] })).toThrow(RangeError);
  });
});

describe('calibration and decisions', () => {
  test('find no threshold that luck alone would give', () => {
    expect(thresholdFor([{ score: 0.9, right: true }], 0.8)).toBeNull();
    const bets = Array.from({ length: 200 }, (_, at) => ({ score: at / 200, right: at >= 100 }));
    expect(thresholdFor(bets, 0.9)).toBeGreaterThan(0.4);
    expect(thresholdFor(bets, 0.9)).toBeLessThan(0.5);
  });

  test('measure how far scores stand from what is right', () => {
    expect(calibrationError([])).toBe(0);
    const bets = Array.from({ length: 10 }, (_, at) => ({ score: 0.95, right: at < 5 }));
    expect(calibrationError(bets)).toBeCloseTo(0.45, 6);
  });

  test('take the middle of a scale, and abstain below a threshold or where none is reached', () => {
    expect(likeliest([0.4, 0.2, 0.1, 0.3], 'scale')).toBe(1);
    expect(likeliest([0.4, 0.2, 0.1, 0.3], 'one-label')).toBe(0);
    expect(decide([0.6, 0.4], 'one-label', [0.7]).abstains).toBe(true);
    expect(decide([0.6, 0.4], 'one-label', [null]).abstains).toBe(true);
    expect(decide([0.6, 0.4], 'one-label', [0.5])).toEqual({ places: [0], score: 0.6, abstains: false });
  });
});
