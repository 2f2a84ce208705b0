import { describe, expect, test } from 'vitest';
import type { Task, TaskKind } from '../model/codebook.ts';
import type { Arrived } from '../model/consensus.ts';
import type { DocumentId } from '../model/identity.ts';
import { driftOf } from './drift.ts';
import { judgedOf } from './judged.ts';
import { measureTask } from './measures.ts';
import { openTally, partKey } from './tally.ts';

const RANDOM = { queue: 'random', blind: true };

function taskOf(kind: TaskKind, labels: readonly string[] = ['a', 'b', 'c']): Task {
  const categories = labels.map((id) => ({
    ...{ id, title: { fr: id, en: id }, definition: '' },
    ...{ includes: [], excludes: [], examples: [] },
  }));
  return { id: 't', title: { fr: 't', en: 't' }, kind, categories, none: null, abstention: true };
}

interface Saying {
  readonly label?: string;
  readonly labels?: readonly string[];
  readonly evidence?: Arrived['evidence'];
  readonly score?: number;
  readonly made?: Arrived['made'];
}

function say(annotator: string, { label, labels, evidence = [], score = 1, made }: Saying): Arrived {
  return {
    ...{ document: 'd' as DocumentId, task: 't', annotator, evidence, score, provisional: false },
    label: label ?? labels?.[0] ?? 'abstention',
    ...(labels === undefined ? {} : { labels }),
    made: made ?? (annotator.startsWith('person:') ? RANDOM : {}),
  };
}

/** Each group of judgements is as many documents. */
function measure(task: Task, groups: readonly (readonly [n: number, judgements: readonly Arrived[]])[], length = 100) {
  const tally = openTally(task);
  const words = new Map<string, number>();
  for (const [n, judgements] of groups) {
    for (let document = 0; document < n; document += 1) {
      tally.add(judgedOf(task, judgements), { parts: [partKey('source', 'avis')], length });
    }
    const machine = judgements.find(({ annotator }) => annotator === 'm');
    const word = (machine?.labels ?? [machine?.label ?? 'abstention']).join(',');
    words.set(word, (words.get(word) ?? 0) + n);
  }
  const documents = groups.reduce((sum, [n]) => sum + n, 0);
  const corpus = new Map([['m', { versions: ['v1'], words }]]);
  return measureTask(task, tally.result(), { corpus, documents });
}

describe('measures of one label', () => {
  const task = taskOf('one-label', ['a', 'b']);

  test('are those of the confusion worked out by hand, abstentions apart', () => {
    const { machines, people, wanted } = measure(task, [
      [40, [say('m', { label: 'a', score: 0.9 }), say('person:x', { label: 'a' })]],
      [10, [say('m', { label: 'b', score: 0.6 }), say('person:x', { label: 'a' })]],
      [30, [say('m', { label: 'b', score: 0.9 }), say('person:x', { label: 'b' })]],
      [20, [say('m', { label: 'abstention', score: 0 }), say('person:x', { label: 'b' })]],
    ]);
    const [machine] = machines;
    expect(people.read).toEqual({ random: 100, other: 0 });
    expect(wanted).toEqual({ within10: 50, within5: 80 });
    expect(machine!.confusion).toEqual({
      labels: ['a', 'b'],
      counts: [
        [40, 10],
        [0, 30],
      ],
      abstained: [0, 20],
    });
    expect(machine!.accuracy).toMatchObject({ value: 70 / 80, n: 80 });
    expect(machine!.coverage).toMatchObject({ value: 0.8, n: 100 });
    expect(machine!.labels[1]).toMatchObject({
      ...{ label: 'b', support: 30, predicted: 40 },
      ...{ precision: { value: 0.75, n: 40 }, recall: { value: 1, n: 30 }, f1: { value: 60 / 70, n: 70 } },
    });
    // Said 0.9 by 70 and right each time, said 0.6 by 10 and never right.
    expect(machine!.calibration!.expectedError).toBeCloseTo((70 * 0.1 + 10 * 0.6) / 80, 12);
    // 50 a and 50 b truly: the correction finds them back where the raw count says 40 and 40.
    const [a] = machine!.prevalence;
    expect(a!.raw).toEqual({ n: 40, share: 0.4 });
    expect(a!.corrected!.value).toBeCloseTo(0.5, 6);
    expect(a!.method).toBe('all-labels');
  });

  test('give no figure below eleven cases', () => {
    const [machine] = measure(task, [[10, [say('m', { label: 'a' }), say('person:x', { label: 'a' })]]]).machines;
    expect(machine!.accuracy).toEqual({ value: null, n: 10, interval: null });
    expect(machine!.slices).toEqual([]);
  });

  test('take several machines of one document together as well', () => {
    const judgements = [
      say('m', { label: 'a', score: 0.6 }),
      say('n', { label: 'b', score: 0.9 }),
      say('o', { label: 'a', score: 0.6 }),
      say('person:x', { label: 'a' }),
    ];
    const { machines } = measure(task, [[12, judgements]]);
    expect(machines.map(({ annotator, accuracy }) => [annotator, accuracy.value])).toEqual([
      ['m', 1],
      ['machines', 1],
      ['n', 0],
      ['o', 1],
    ]);
  });

  test('take no judgement for blind that was not', () => {
    const seen = say('person:x', { label: 'a', made: { queue: 'random', blind: false } });
    const { people, machines } = measure(task, [[20, [say('m', { label: 'a' }), seen]]]);
    expect(people.read).toEqual({ random: 0, other: 20 });
    expect(machines[0]).toMatchObject({ accuracy: { value: null }, elsewhere: { value: 1, n: 20 } });
  });

  test('say what changed, where both were measured', () => {
    const groups = (right: number) =>
      [
        [right, [say('m', { label: 'a' }), say('person:x', { label: 'a' })]],
        [100 - right, [say('m', { label: 'b' }), say('person:x', { label: 'a' })]],
      ] as const;
    const before = measure(task, groups(60));
    const kept = { format: 'datasens-evaluation@1', codebook: 'g@1', documents: 100, id: 'i', at: 'then' } as const;
    const now = measure(task, groups(85)).machines[0]!;
    const drift = driftOf(now, 't', { ...kept, tasks: [before] } as unknown as Parameters<typeof driftOf>[2])!;
    expect(drift.changes[0]).toMatchObject({ figure: 'accuracy', label: null, was: 0.6 });
    expect(drift.changes[0]!.difference).toBeCloseTo(0.25, 12);
    // Newcombe's method 10 on 85/100 − 60/100.
    expect(drift.changes[0]!.interval.low).toBeCloseTo(0.127, 2);
    expect(driftOf(now, 'other', { ...kept, tasks: [before] } as unknown as Parameters<typeof driftOf>[2])).toBeNull();
  });
});

describe('measures of several labels', () => {
  test('are of the whole set, and of each label', () => {
    const { people, machines } = measure(taskOf('several-labels'), [
      [
        15,
        [say('m', { labels: ['a'] }), say('person:x', { labels: ['a', 'b'] }), say('person:y', { labels: ['a', 'b'] })],
      ],
      [15, [say('m', { labels: ['c'] }), say('person:x', { labels: ['c'] }), say('person:y', { labels: ['b'] })]],
    ]);
    const [machine] = machines;
    expect(people.metric).toBe('masi');
    // Sets ab (30), c (15), b (15) of 60: observed (15 × 2 × 1) / 60; expected over all pairs, MASI ab-b = 2/3.
    const expected = (2 * (30 * 15 * 1 + 30 * 15 * (2 / 3) + 15 * 15)) / (60 * 59);
    expect(people.alpha.value).toBeCloseTo(1 - 0.5 / expected, 10);
    expect(people.jaccard!.value).not.toBe(people.alpha.value);
    const [a, b] = machine!.labels;
    expect(a).toMatchObject({ precision: { value: 1, n: 15 }, recall: { value: 1, n: 15 } });
    // Half of two readers gave b or c on the second half: both are decided, and the machine gave c alone.
    expect(b).toMatchObject({ precision: { value: null, n: 0 }, recall: { value: 0, n: 30 } });
    expect(machine!.accuracy).toMatchObject({ value: 0, n: 30 });
    expect(machine!.confusion).toBeNull();
  });
});

describe('measures of spans', () => {
  const span = (start: number, end: number, label: string) => ({ start, end, label, weight: 1 });

  test('are by overlap and exactly, and agreement by character', () => {
    const { people, machines } = measure(taskOf('spans'), [
      [
        20,
        [
          say('m', { label: 'a', evidence: [span(0, 10, 'a'), span(20, 24, 'b')] }),
          say('person:x', { label: 'a', evidence: [span(0, 8, 'a'), span(20, 24, 'b')] }),
          say('person:y', { label: 'a', evidence: [span(0, 8, 'a'), span(20, 24, 'b')] }),
        ],
      ],
    ]);
    const [machine] = machines;
    expect(people).toMatchObject({ metric: 'character', alpha: { value: 1, interval: null }, same: { value: 1 } });
    expect(machine!.accuracy).toMatchObject({ value: 1, n: 40 });
    expect(machine!.exactF1).toMatchObject({ value: 0.5 });
    expect(machine!.calibration).toBeNull();
    expect(machine!.prevalence[0]).toMatchObject({ corrected: null, refused: 'not-for-spans' });
  });
});
