// Texts whose answer is known, mixed into what a person reads without their being told, and how they answered them.

import { createHash } from 'node:crypto';
import { ABSTAINED } from '../model/annotation.ts';
import type { Task } from '../model/codebook.ts';
import { adjudicates, isGold } from '../model/consensus.ts';
import type { DocumentId } from '../model/identity.ts';
import { wilson } from '../model/interval.ts';
import { isReading, isSkip, type ReviewItem, spellAnswer, standingOf } from '../model/review.ts';
import type { Judgement } from '../store/review-judgements.ts';
import type { GoldTally, Progress } from './review-desk.ts';

/** People's judgements that stand, by document. */
export type People = ReadonlyMap<DocumentId, readonly Judgement[]>;

/** Readers that make an answer known, where nobody settled it. */
const AGREEING = 2;
const LATELY = 20;

/** The known answer of a task as it is spelled: the last that settled it, else what two readers or more all said. */
function knownAnswer(judgements: readonly Judgement[], task: string): string | null {
  const own = judgements.filter((one) => one.task === task && one.label !== ABSTAINED);
  const settled = own.filter(adjudicates).sort((left, right) => (left.at ?? 0) - (right.at ?? 0));
  if (settled.length > 0) return spellAnswer(settled.at(-1)!);
  const answers = own.filter(isReading).map(spellAnswer);
  return answers.length >= AGREEING && new Set(answers).size === 1 ? answers[0]! : null;
}

interface GoldScope {
  readonly people: People;
  readonly tasks: readonly Task[];
  readonly person: string;
}

/** True where what a person says now of an item is said of a text whose answer others made known. */
export function isKnownTo(
  { double }: Pick<ReviewItem, 'double'>,
  judgements: readonly Judgement[],
  { tasks, person }: Omit<GoldScope, 'people'>,
): boolean {
  const { state, readers } = standingOf(double, judgements, tasks);
  const settled = judgements.some((one) => one.annotator === person && adjudicates(one));
  if (state !== 'submitted' || settled || readers.includes(person)) return false;
  return tasks.some(({ id }) => knownAnswer(judgements, id) !== null);
}

/**
 * At most `limit` of the items that are open to a person, with a known one each time their share of what the person has read
 * falls behind. Known ones come in an order that is the person's own, and never without an open one after them.
 */
export function mixGold(
  open: readonly ReviewItem[],
  items: readonly ReviewItem[],
  {
    people,
    tasks,
    person,
    share,
    seed,
    limit,
  }: GoldScope & { readonly share: number; readonly seed: string; readonly limit: number },
): readonly ReviewItem[] {
  if (share === 0) return open.slice(0, limit);
  const own = [...people.values()].map((judgements) => judgements.filter((one) => one.annotator === person));
  let read = own.filter((said) => said.some((one) => isReading(one) || isGold(one))).length;
  let known = own.filter((said) => said.some(isGold)).length;
  const orderOf = ({ document }: ReviewItem) =>
    createHash('sha256').update(`${seed}\0gold\0${person}\0${document}`).digest('hex');
  const rest = items
    .filter((item) => {
      const judgements = people.get(item.document) ?? [];
      const seen = judgements.some((one) => one.annotator === person && (isGold(one) || isSkip(one)));
      return !seen && isKnownTo(item, judgements, { tasks, person });
    })
    .map((item) => ({ item, order: orderOf(item) }))
    .sort((left, right) => (left.order < right.order ? -1 : 1))
    .map(({ item }) => item);
  const mixed: ReviewItem[] = [];
  for (const item of open) {
    while (rest.length > 0 && Math.floor((read + 1) * share) > known) {
      mixed.push(rest.shift()!);
      known += 1;
      read += 1;
    }
    mixed.push(item);
    read += 1;
    if (mixed.length >= limit) break;
  }
  return mixed.slice(0, limit);
}

/** How each person answered what was known, by person; who answered none is absent. */
export function goldOf(
  items: readonly ReviewItem[],
  people: People,
  tasks: readonly Task[],
): ReadonlyMap<string, NonNullable<Progress['people'][number]['gold']>> {
  const answers = items.flatMap(({ document }) => {
    const judgements = people.get(document) ?? [];
    const known = new Map(tasks.map(({ id }) => [id, knownAnswer(judgements, id)]));
    return [...Map.groupBy(judgements.filter(isGold), ({ annotator }) => annotator)].flatMap(([person, said]) => {
      const compared = said.filter((one) => !isSkip(one) && known.get(one.task));
      if (compared.length === 0) return [];
      const isRight = compared.every((one) => spellAnswer(one) === known.get(one.task));
      return [{ person, isRight, at: Math.max(...said.map(({ at }) => at ?? 0)) }];
    });
  });
  const tallyOf = (own: typeof answers): GoldTally => ({
    n: own.length,
    right: own.filter(({ isRight }) => isRight).length,
  });
  return new Map(
    [...Map.groupBy(answers, ({ person }) => person)].map(([person, own]) => {
      const { n, right } = tallyOf(own);
      const lately = tallyOf(own.toSorted((left, right) => left.at - right.at).slice(-LATELY));
      return [person, { n, right, interval: wilson(right, n), lately }];
    }),
  );
}
