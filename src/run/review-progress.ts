// How far the review is, for everyone and for one person, and how far people agree so far.

import { krippendorffAlpha } from '../annotate/agreement.ts';
import { ABSTAINED } from '../model/annotation.ts';
import type { Task } from '../model/codebook.ts';
import { ITEM_STATES, isReading, type ReviewItem, spellAnswer, standingOf } from '../model/review.ts';
import type { Hold } from '../store/review-holds.ts';
import type { Progress, TaskAgreement } from './review-desk.ts';
import { goldOf, type People } from './review-gold.ts';

/**
 * Items that a person may be given, in the order of the queue: those they hold first, then those that still want a reader other
 * than them, that nobody else holds in their stead.
 */
export function openItems(
  items: readonly ReviewItem[],
  {
    people,
    holds,
    tasks,
    person,
  }: {
    readonly people: People;
    readonly holds: readonly Hold[];
    readonly tasks: readonly Task[];
    readonly person: string;
  },
): readonly ReviewItem[] {
  const held = Map.groupBy(holds, ({ document }) => document);
  const open = items.filter(({ document, double }) => {
    const { state, readers, skippers } = standingOf(double, people.get(document) ?? [], tasks);
    if (readers.includes(person) || skippers.includes(person)) return false;
    if (state === 'submitted' || state === 'conflicting') return false;
    const taken = (held.get(document) ?? []).filter((hold) => hold.person !== person && !readers.includes(hold.person));
    return readers.length + taken.length < (double ? 2 : 1);
  });
  const mine = new Set(holds.filter((hold) => hold.person === person).map(({ document }) => document));
  return [...open.filter(({ document }) => mine.has(document)), ...open.filter(({ document }) => !mine.has(document))];
}

export function progressOf(
  items: readonly ReviewItem[],
  people: People,
  { tasks, person, left }: { readonly tasks: readonly Task[]; readonly person: string; readonly left: number },
): Progress {
  const states = Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as Record<
    (typeof ITEM_STATES)[number],
    number
  >;
  const tallies = new Map<string, { submitted: number; skipped: number; seconds: number[] }>();
  const tallyOf = (name: string) => {
    const tally = tallies.get(name) ?? { submitted: 0, skipped: 0, seconds: [] };
    tallies.set(name, tally);
    return tally;
  };
  const random = { total: 0, submitted: 0 };
  for (const { document, double, queue } of items) {
    const judgements = people.get(document) ?? [];
    const { state, readers, skippers } = standingOf(double, judgements, tasks);
    states[state] += 1;
    if (queue === 'random') random.total += 1;
    if (queue === 'random' && state === 'submitted') random.submitted += 1;
    for (const reader of readers) {
      const tally = tallyOf(reader);
      tally.submitted += 1;
      const seconds = judgements.find((one) => one.annotator === reader && isReading(one))?.made?.seconds;
      if (typeof seconds === 'number') tally.seconds.push(seconds);
    }
    for (const skipper of skippers) tallyOf(skipper).skipped += 1;
  }
  const gold = goldOf(items, people, tasks);
  for (const name of gold.keys()) tallyOf(name);
  const { submitted = 0, skipped = 0 } = tallies.get(person) ?? {};
  return {
    total: items.length,
    states,
    random,
    mine: { submitted, skipped, left },
    people: [...tallies]
      .map(([name, { seconds, ...tally }]) => ({
        ...{ person: name, ...tally, seconds: medianOf(seconds) },
        gold: gold.get(name) ?? null,
      }))
      .sort((a, b) => b.submitted - a.submitted || (a.person < b.person ? -1 : 1)),
  };
}

/** Over the random items that two people read, abstentions left out; adjudications change nothing of it. */
export function agreementOf(
  items: readonly ReviewItem[],
  people: People,
  tasks: readonly Task[],
): readonly TaskAgreement[] {
  const random = items.filter(({ queue }) => queue === 'random');
  return tasks.map(({ id }) => {
    const units = random
      .map(({ document }) =>
        (people.get(document) ?? [])
          .filter((one) => one.task === id && isReading(one) && one.label !== ABSTAINED)
          .map(spellAnswer),
      )
      .filter((answers) => answers.length > 1);
    const agreeing = units.filter((answers) => new Set(answers).size === 1).length;
    return { task: id, n: units.length, agreeing, alpha: alphaOf(units) };
  });
}

/** Answers that differ at all disagree wholly: the measures know better, this one says how the review goes. */
function alphaOf(units: readonly (readonly string[])[]): number | null {
  const values = [...new Set(units.flat())].sort();
  const counted = units.map((answers) => ({ values: answers.map((answer) => values.indexOf(answer)), n: 1 }));
  const scale = { values: values.map((value) => [value]), metric: 'nominal' } as const;
  return krippendorffAlpha(counted, scale, { replicates: 1 }).value;
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.toSorted((left, right) => left - right)[(values.length - 1) >> 1]!;
}
