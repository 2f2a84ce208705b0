// Counts what was said of a task, document by document, in memory that grows with the labels and not with the documents.

import type { Task } from '../model/codebook.ts';
import type { Drawn, SliceKind } from '../model/evaluation.ts';
import { SCORE_BINS, type ScoreCount, scoreBin } from './calibration.ts';
import { isOfSets, type Judged, type Said, spell } from './judged.ts';
import { characterLabels, matchExactly, matchOverlapping, type SpanMatch } from './spans.ts';

/** What a document is, for figures by part of the corpus; `length` in UTF-16 units. */
export interface Facts {
  /** See `partKey`. */
  readonly parts: readonly string[];
  readonly length: number;
}

/** Documents by how a machine's answer compares. Of sets and single labels `wrong` and `missed` are the same. */
export interface Marks extends SpanMatch {
  readonly judged: number;
  readonly abstained: number;
}

export interface MachineTally {
  /** By people's word, then the machine's; abstentions included. */
  readonly answers: Readonly<Record<Drawn, ReadonlyMap<string, number>>>;
  /** By one person's word, then the machine's, of documents drawn at random. */
  readonly pairs: ReadonlyMap<string, number>;
  readonly marks: Readonly<Record<Drawn, Marks>>;
  /** By label; for sets and spans. */
  readonly labels: ReadonlyMap<string, SpanMatch>;
  /** Of spans: same place and label. */
  readonly exact: SpanMatch;
  readonly scores: readonly ScoreCount[];
  /** By `by`, a line feed, and the value; documents drawn at random. */
  readonly parts: ReadonlyMap<string, Marks>;
}

export interface TaskTally {
  readonly persons: number;
  readonly read: Readonly<Record<Drawn, number>>;
  readonly twice: Readonly<Record<Drawn, number>>;
  readonly undecided: number;
  readonly leftOut: number;
  /** Words that readers of one document gave, sorted and joined by line feeds; documents drawn at random. */
  readonly units: ReadonlyMap<string, number>;
  /** Of spans: characters by what a pair of readers marked them with, and their pieces compared. */
  readonly characters: ReadonlyMap<string, number>;
  readonly readersMatch: SpanMatch;
  /** Documents drawn at random by people's word. */
  readonly truths: ReadonlyMap<string, number>;
  readonly machines: ReadonlyMap<string, MachineTally>;
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** Values of a part beyond these are not told apart: an attribute may be a free text. */
const PARTS_KEPT = 20_000;

/** Separates what people said from what a machine did; no label holds it. */
export const PAIR = '\n';

/** What a part of the corpus is counted under. */
export function partKey(by: SliceKind, value: string): string {
  return by + PAIR + value;
}

/** Opens a count of one task. */
export function openTally(task: Task): { add(judged: Judged, facts: Facts): void; result(): TaskTally } {
  const persons = new Set<string>();
  const byDrawn = () => ({ random: 0, other: 0 });
  const tally = { read: byDrawn(), twice: byDrawn(), undecided: 0, leftOut: 0 };
  const units = new Map<string, number>();
  const characters = new Map<string, number>();
  const readersMatch = { right: 0, wrong: 0, missed: 0 };
  const truths = new Map<string, number>();
  const machines = new Map<string, ReturnType<typeof openMachine>>();
  const word = (said: Said) => spell(task, said);
  return {
    add(judged, { parts, length }) {
      const { drawn, readers, truth } = judged;
      for (const { annotator } of readers) persons.add(annotator);
      tally.leftOut += judged.leftOut;
      if (judged.undecided) tally.undecided += 1;
      const speaking = readers.filter(({ abstains }) => !abstains);
      if (speaking.length > 1) {
        tally.twice[drawn] += 1;
        if (drawn === 'random') countReaders(task, speaking, { length, units, characters, readersMatch });
      }
      if (truth !== null) {
        tally.read[drawn] += 1;
        if (drawn === 'random') increase(truths, word(truth));
      }
      if (truth === null && speaking.length === 0) return;
      for (const said of judged.machines) {
        let machine = machines.get(said.annotator);
        if (machine === undefined) {
          machine = openMachine(task);
          machines.set(said.annotator, machine);
        }
        machine.add(said, judged, { parts, speaking });
      }
    },
    result: () => ({
      ...tally,
      persons: persons.size,
      units,
      characters,
      readersMatch,
      truths,
      machines: new Map([...machines].map(([name, machine]) => [name, machine.result])),
    }),
  };
}

function countReaders(
  task: Task,
  readers: readonly Said[],
  into: {
    readonly length: number;
    readonly units: Map<string, number>;
    readonly characters: Map<string, number>;
    readonly readersMatch: Mutable<SpanMatch>;
  },
): void {
  if (task.kind !== 'spans') {
    const words = readers.map((said) => spell(task, said)).sort();
    increase(into.units, words.join(PAIR));
    return;
  }
  readers.forEach((left, position) => {
    for (const right of readers.slice(position + 1)) {
      for (const [key, n] of characterLabels([left.spans, right.spans], into.length)) increase(into.characters, key, n);
      addMatch(into.readersMatch, matchOverlapping(left.spans, right.spans));
    }
  });
}

function openMachine(task: Task) {
  const marks = (): Mutable<Marks> => ({ right: 0, wrong: 0, missed: 0, judged: 0, abstained: 0 });
  const answers = { random: new Map<string, number>(), other: new Map<string, number>() };
  const pairs = new Map<string, number>();
  const totals = { random: marks(), other: marks() };
  const labels = new Map<string, Mutable<SpanMatch>>();
  const exact = { right: 0, wrong: 0, missed: 0 };
  const scores = Array.from({ length: SCORE_BINS }, () => ({ n: 0, scores: 0, right: 0 }));
  const parts = new Map<string, Mutable<Marks>>();
  const isSpans = task.kind === 'spans';
  const result: MachineTally = { answers, pairs, marks: totals, labels, exact, scores, parts };
  return {
    result,
    add(
      said: Said,
      { drawn, truth }: Judged,
      { parts: of, speaking }: { readonly parts: Facts['parts']; readonly speaking: readonly Said[] },
    ) {
      const word = spell(task, said);
      if (drawn === 'random' && !said.abstains && !isSpans) {
        for (const reader of speaking) increase(pairs, spell(task, reader) + PAIR + word);
      }
      if (truth === null) return;
      if (!isSpans) increase(answers[drawn], spell(task, truth) + PAIR + word);
      const match = compare(task, truth, said);
      addMarks(totals[drawn], match, said.abstains);
      if (drawn !== 'random') return;
      for (const key of of) {
        let part = parts.get(key);
        if (part === undefined) {
          if (parts.size >= PARTS_KEPT) continue;
          part = marks();
          parts.set(key, part);
        }
        addMarks(part, match, said.abstains);
      }
      if (said.abstains) return;
      if (isSpans) addMatch(exact, matchExactly(truth.spans, said.spans));
      if (isSpans || isOfSets(task)) countLabels(task, labels, truth, said);
      if (isSpans) return;
      const bin = scores[scoreBin(said.score)]!;
      bin.n += 1;
      bin.scores += said.score;
      bin.right += match.right;
    },
  };
}

function compare(task: Task, truth: Said, said: Said): SpanMatch {
  if (said.abstains) return { right: 0, wrong: 0, missed: 0 };
  if (task.kind === 'spans') return matchOverlapping(truth.spans, said.spans);
  const right = spell(task, truth) === spell(task, said) ? 1 : 0;
  return { right, wrong: 1 - right, missed: 1 - right };
}

function countLabels(task: Task, into: Map<string, Mutable<SpanMatch>>, truth: Said, said: Said): void {
  for (const { id } of task.categories) {
    const match =
      task.kind === 'spans'
        ? matchOverlapping(
            truth.spans.filter(({ label }) => label === id),
            said.spans.filter(({ label }) => label === id),
          )
        : setMatch(truth.labels.includes(id), said.labels.includes(id));
    const held = into.get(id) ?? { right: 0, wrong: 0, missed: 0 };
    addMatch(held, match);
    into.set(id, held);
  }
}

function setMatch(truly: boolean, given: boolean): SpanMatch {
  return { right: truly && given ? 1 : 0, wrong: given && !truly ? 1 : 0, missed: truly && !given ? 1 : 0 };
}

function addMatch(into: Mutable<SpanMatch>, { right, wrong, missed }: SpanMatch): void {
  into.right += right;
  into.wrong += wrong;
  into.missed += missed;
}

function addMarks(into: Mutable<Marks>, match: SpanMatch, abstains: boolean): void {
  addMatch(into, match);
  if (abstains) into.abstained += 1;
  else into.judged += 1;
}

function increase(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
