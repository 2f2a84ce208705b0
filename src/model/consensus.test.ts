import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ABSTAINED, type Annotation, isPerson, WITHDRAWN } from './annotation.ts';
import type { Task, TaskKind } from './codebook.ts';
import { type Arrived, adjudicates, consensus, standing } from './consensus.ts';
import type { CodebookVersion, DocumentId } from './identity.ts';
import type { JsonObject } from './json.ts';

function task(id: string, kind: TaskKind, categories: readonly string[], none: string | null = null): Task {
  const title = (words: string) => ({ fr: words, en: words });
  return {
    id,
    kind,
    title: title(id),
    none,
    abstention: true,
    categories: categories.map((category) => ({
      id: category,
      title: title(category),
      definition: category,
      includes: [],
      excludes: [],
      examples: [],
    })),
  };
}

const SCALE = task('accord', 'scale', ['non', 'plutot-non', 'plutot-oui', 'oui']);
const SEVERAL = task('sujets', 'several-labels', ['eau', 'gare', 'hors-theme'], 'hors-theme');
const SPANS = task('lieux', 'spans', ['lieu', 'personne']);

function annotation(partial: Partial<Annotation> & { readonly at?: number }): Arrived & Annotation {
  return {
    document: 'd1' as DocumentId,
    codebook: 'essai@1' as CodebookVersion,
    task: 'tone',
    label: 'positif',
    score: 0.5,
    annotator: 'lexical',
    provisional: true,
    evidence: [],
    ...partial,
  };
}

const anyAnnotation = fc
  .record({
    document: fc.constantFrom('d1', 'd2').map((id) => id as DocumentId),
    task: fc.constantFrom('theme', 'tone'),
    label: fc.constantFrom('positif', 'neutre', 'negatif', ABSTAINED, WITHDRAWN),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    annotator: fc.constantFrom('lexical', 'lucie', 'albert', 'person:1', 'person:2', 'person:3'),
    provisional: fc.boolean(),
    at: fc.nat({ max: 4 }),
    made: fc.constantFrom<JsonObject>({}, { adjudicates: true }),
  })
  .map(annotation);

const severalLabels = fc
  .record({
    task: fc.constant('sujets'),
    given: fc.subarray(['eau', 'gare', 'hors-theme'], { minLength: 1 }),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    annotator: fc.constantFrom('lexical', 'lucie', 'albert', 'person:1', 'person:2', 'person:3'),
    at: fc.nat({ max: 4 }),
  })
  .map(({ given, ...rest }) => annotation({ ...rest, label: given[0]!, labels: given }));

const scaled = fc
  .record({
    task: fc.constant('accord'),
    label: fc.constantFrom('non', 'plutot-non', 'plutot-oui', 'oui', ABSTAINED, WITHDRAWN),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    annotator: fc.constantFrom('lexical', 'lucie', 'albert', 'person:1', 'person:2', 'person:3'),
    at: fc.nat({ max: 4 }),
  })
  .map(annotation);

const anyJudgement = fc.oneof(anyAnnotation, severalLabels, scaled);
const TASKS = [SCALE, SEVERAL, SPANS];

describe('consensus', () => {
  test('follows the majority and says how large it is', () => {
    const [decision] = consensus([
      annotation({ annotator: 'lexical', label: 'negatif', score: 0.9 }),
      annotation({ annotator: 'lucie', label: 'positif', score: 0.4 }),
      annotation({ annotator: 'albert', label: 'positif', score: 0.6, provisional: false }),
    ]);
    expect(decision).toEqual({
      document: 'd1',
      task: 'tone',
      label: 'positif',
      score: 0.5,
      agreement: 2 / 3,
      annotators: ['albert', 'lexical', 'lucie'],
      provisional: false,
    });
  });

  test('lets one person outrank any number of machines', () => {
    const [decision] = consensus([
      annotation({ annotator: 'lexical', score: 1 }),
      annotation({ annotator: 'lucie', score: 1 }),
      annotation({ annotator: 'person:7', label: 'negatif', score: 0.1, provisional: false }),
    ]);
    expect(decision).toMatchObject({ label: 'negatif', agreement: 1, annotators: ['person:7'], provisional: false });
  });

  test('goes on with machines where the only person abstained', () => {
    const [decision] = consensus([annotation({}), annotation({ annotator: 'person:7', label: ABSTAINED })]);
    expect(decision).toMatchObject({ label: 'positif', agreement: 1, annotators: ['lexical'] });
  });

  test('breaks a tie by score', () => {
    const [decision] = consensus([
      annotation({ annotator: 'lexical', label: 'negatif', score: 0.3 }),
      annotation({ annotator: 'lucie', label: 'positif', score: 0.8 }),
    ]);
    expect(decision).toMatchObject({ label: 'positif', score: 0.8, agreement: 0.5 });
  });

  test('is an abstention where everyone abstained', () => {
    const [decision] = consensus([annotation({ label: ABSTAINED, score: 0.2 })]);
    expect(decision).toMatchObject({ label: ABSTAINED, score: 0, agreement: 0, annotators: ['lexical'] });
  });

  test('takes the last judgement of an annotator, in whatever order they are read', () => {
    const judged = [
      annotation({ annotator: 'person:1', label: 'negatif', at: 1 }),
      annotation({ annotator: 'person:1', label: 'neutre', at: 3 }),
      annotation({ annotator: 'person:1', label: 'positif', at: 2 }),
    ];
    for (const given of [judged, judged.toReversed()]) {
      expect(consensus(given)).toMatchObject([{ label: 'neutre', agreement: 1, annotators: ['person:1'] }]);
    }
  });

  test('counts nothing of an annotator that took back what it said, and counts what it says after', () => {
    const said = [annotation({ at: 1 }), annotation({ annotator: 'person:1', label: 'negatif', at: 2 })];
    const back = [...said, annotation({ annotator: 'person:1', label: WITHDRAWN, at: 3 })];
    expect(consensus(back)).toMatchObject([{ label: 'positif', annotators: ['lexical'] }]);
    const again = [...back, annotation({ annotator: 'person:1', label: 'neutre', at: 4 })];
    expect(consensus(again)).toMatchObject([{ label: 'neutre', annotators: ['person:1'] }]);
    expect(consensus([said[1]!, back[2]!])).toEqual([]);
  });

  test('lets the last adjudication outrank every other person, and falls back when it is taken back', () => {
    const readers = [
      annotation({ annotator: 'person:1', label: 'negatif', at: 1 }),
      annotation({ annotator: 'person:2', label: 'negatif', at: 2 }),
    ];
    const settled = [
      ...readers,
      annotation({ annotator: 'person:3', label: 'neutre', at: 3, made: { adjudicates: true } }),
      annotation({ annotator: 'person:1', label: 'positif', at: 4, made: { adjudicates: true } }),
    ];
    expect(consensus(settled)).toMatchObject([{ label: 'positif', annotators: ['person:1'], agreement: 1 }]);
    const back = annotation({ annotator: 'person:1', label: WITHDRAWN, at: 5, made: { adjudicates: true } });
    expect(consensus([...settled, back])).toMatchObject([{ label: 'neutre', annotators: ['person:3'] }]);
    expect(standing([...settled, back]).map(({ annotator }) => annotator)).toEqual([
      'person:1',
      'person:2',
      'person:3',
    ]);
  });

  test('does not let a machine adjudicate', () => {
    const judged = [
      annotation({ annotator: 'lucie', label: 'neutre', made: { adjudicates: true } }),
      annotation({ annotator: 'person:1', label: 'negatif' }),
    ];
    expect(consensus(judged)).toMatchObject([{ label: 'negatif' }]);
  });

  test('decides several labels one by one, at half of those who judged', () => {
    const gave = (annotator: string, ...labels: string[]) =>
      annotation({ task: 'sujets', annotator, label: labels[0]!, labels, score: 1 });
    const three = [gave('person:1', 'eau', 'gare'), gave('person:2', 'eau'), gave('person:3', 'hors-theme')];
    expect(consensus(three, TASKS)).toMatchObject([{ label: 'eau', labels: ['eau'], agreement: 2 / 3 }]);
    const two = [gave('person:1', 'gare'), gave('person:2', 'eau', 'gare')];
    expect(consensus(two, TASKS)).toMatchObject([{ label: 'gare', labels: ['eau', 'gare'], agreement: 0.75 }]);
    const apart = [gave('person:1', 'gare'), gave('person:2', 'eau'), gave('person:3', 'hors-theme')];
    expect(consensus(apart, TASKS)).toMatchObject([{ label: ABSTAINED, labels: [], score: 0 }]);
    const fits = [gave('person:1', 'hors-theme'), gave('person:2', 'eau')];
    expect(consensus(fits, TASKS)).toMatchObject([{ label: 'eau', labels: ['eau'] }]);
  });

  test('decides a scale by more than half, else in the middle', () => {
    const gave = (annotator: string, label: string, score = 0.5) =>
      annotation({ task: 'accord', annotator, label, score });
    const most = [gave('person:1', 'oui'), gave('person:2', 'oui'), gave('person:3', 'non')];
    expect(consensus(most, TASKS)).toMatchObject([{ label: 'oui', agreement: 2 / 3 }]);
    const spread = [gave('person:1', 'oui'), gave('person:2', 'plutot-non'), gave('person:3', 'non')];
    expect(consensus(spread, TASKS)).toMatchObject([{ label: 'plutot-non', agreement: 1 / 3 }]);
    const pair = [gave('person:1', 'oui', 0.9), gave('person:2', 'plutot-non', 0.6)];
    expect(consensus(pair, TASKS)).toMatchObject([{ label: 'oui' }]);
    expect(consensus([gave('person:1', 'oui'), gave('person:2', 'non')], TASKS)).toMatchObject([{ label: 'non' }]);
  });

  test('decides pieces of the text that half marked alike', () => {
    const marked = (annotator: string, ...spans: readonly (readonly [number, number, string])[]) =>
      annotation({
        task: 'lieux',
        annotator,
        label: 'lieu',
        evidence: spans.map(([start, end, label]) => ({ start, end, label, weight: 1 })),
      });
    const judged = [
      marked('person:1', [5, 9, 'lieu'], [20, 25, 'personne']),
      marked('person:2', [20, 25, 'personne'], [5, 9, 'lieu']),
      marked('person:3', [5, 10, 'lieu'], [20, 25, 'lieu']),
    ];
    expect(consensus(judged, TASKS)[0]!.spans).toEqual([
      { start: 5, end: 9, label: 'lieu' },
      { start: 20, end: 25, label: 'personne' },
    ]);
  });

  test('decides nothing of nothing', () => {
    expect(consensus([])).toEqual([]);
  });

  test('does not depend on the order in which judgements are read', () => {
    const shuffled = fc
      .array(anyJudgement, { maxLength: 25 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(consensus(other, TASKS)).toEqual(consensus(all, TASKS));
      }),
    );
  });

  test('gives one decision per document and task where a judgement stands, with labels that someone gave', () => {
    fc.assert(
      fc.property(fc.array(anyJudgement, { maxLength: 25 }), (all) => {
        const decisions = consensus(all, TASKS);
        const left = standing(all);
        const keys = new Set(left.map(({ document, task: id }) => `${document} ${id}`));
        expect(decisions.map(({ document, task: id }) => `${document} ${id}`)).toEqual([...keys].sort());
        for (const { document, task: id, label, labels = [], agreement, score } of decisions) {
          const given = left.filter((one) => one.document === document && one.task === id);
          const said = new Set(given.flatMap((one) => [one.label, ...(one.labels ?? [])]));
          for (const each of labels) expect(said).toContain(each);
          if (label === ABSTAINED) expect(labels).toEqual([]);
          else expect(said).toContain(label);
          if (id !== 'sujets') expect(label === ABSTAINED).toBe(given.every((one) => one.label === ABSTAINED));
          for (const figure of [agreement, score]) {
            expect(figure).toBeGreaterThanOrEqual(0);
            expect(figure).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  test('never lets a machine decide where a person stands, nor another person where one settled', () => {
    fc.assert(
      fc.property(fc.array(anyJudgement, { maxLength: 25 }), (all) => {
        const left = standing(all).filter(({ label }) => label !== ABSTAINED);
        for (const { document, task: id, label, annotators } of consensus(all, TASKS)) {
          const given = left.filter((one) => one.document === document && one.task === id);
          const settled = given.filter(adjudicates);
          if (settled.length > 0) {
            const last = Math.max(...settled.map(({ at }) => at ?? 0));
            const latest = settled.filter(({ at }) => at === last);
            expect(latest.map((one) => one.label)).toContain(label);
            expect(annotators).toHaveLength(1);
          } else if (given.some(({ annotator }) => isPerson(annotator))) {
            expect(annotators.every(isPerson)).toBe(true);
          }
        }
      }),
    );
  });

  test('changes nothing when what was superseded is read again', () => {
    fc.assert(
      fc.property(fc.array(anyJudgement, { maxLength: 25 }), (all) => {
        expect(consensus([...all, ...all], TASKS)).toEqual(consensus(all, TASKS));
        expect(consensus(standing(all), TASKS)).toEqual(consensus(all, TASKS));
      }),
    );
  });
});
