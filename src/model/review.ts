// What people are asked to judge, and how an item stands. Values and rules, no I/O.

import { ABSTAINED } from './annotation.ts';
import type { Task } from './codebook.ts';
import { type Arrived, adjudicates, isGold, marksNothing } from './consensus.ts';
import type { DocumentId } from './identity.ts';

/**
 * Where a judgement of a person comes from, in its `made.queue`. Only `random` ones may be counted in measures. `gold`: of a
 * text whose answer was known, to see how the person reads; it decides nothing.
 */
export const REVIEW_QUEUES = ['random', 'uncertain', 'adjudication', 'chosen', 'bulk', 'gold'] as const;
export type ReviewQueue = (typeof REVIEW_QUEUES)[number];

/** Why a person leaves an item to others. */
export const SKIP_REASONS = ['unreadable', 'language', 'personal', 'involved', 'other'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** `suspected`: the text addresses a model; `apart`: machines disagree; `score`: they are not sure. */
export type UncertaintyCause = 'suspected' | 'apart' | 'score';

export interface ReviewItem {
  readonly document: DocumentId;
  readonly queue: 'random' | 'uncertain';
  /** From 0, without gap. */
  readonly position: number;
  readonly double: boolean;
  readonly cause: UncertaintyCause | null;
}

/**
 * `left`: nobody read it; `half`: it waits for a second reader; `skipped`: everyone who saw it left it; `conflicting`: readers
 * disagree and nobody settled it; `submitted`: done.
 */
export const ITEM_STATES = ['left', 'half', 'skipped', 'conflicting', 'submitted'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export interface ItemStanding {
  readonly state: ItemState;
  /** Who read it, sorted. */
  readonly readers: readonly string[];
  readonly skippers: readonly string[];
  /** Tasks on which readers disagree, settled or not. */
  readonly apart: readonly string[];
}

/** True for what a person judged one by one: neither skipped, nor in bulk, nor a known answer, nor to settle what others said. */
export function isReading(judgement: Arrived): boolean {
  return !isSkip(judgement) && judgement.made?.queue !== 'bulk' && !isGold(judgement) && !adjudicates(judgement);
}

export function isSkip({ made }: Pick<Arrived, 'made'>): boolean {
  return typeof made?.skipped === 'string';
}

/** How an item stands, from the people's judgements of it that stand (`standing` of consensus.ts). */
export function standingOf(double: boolean, judgements: readonly Arrived[], tasks: readonly Task[]): ItemStanding {
  const readings = judgements.filter(isReading);
  const readers = [...new Set(readings.map(({ annotator }) => annotator))].sort();
  const skippers = [...new Set(judgements.filter(isSkip).map(({ annotator }) => annotator))].sort();
  const apart = tasks.map(({ id }) => id).filter((task) => disagree(readings.filter((one) => one.task === task)));
  const settled = new Set(judgements.filter(adjudicates).map(({ task }) => task));
  const state = (): ItemState => {
    if (apart.some((task) => !settled.has(task))) return 'conflicting';
    if (readers.length === 0 && settled.size === 0) return skippers.length > 0 ? 'skipped' : 'left';
    return double && readers.length < 2 && settled.size === 0 ? 'half' : 'submitted';
  };
  return { state: state(), readers, skippers, apart };
}

function disagree(readings: readonly Arrived[]): boolean {
  const said = readings.filter((one) => one.label !== ABSTAINED || marksNothing(one));
  return new Set(said.map(spellAnswer)).size > 1;
}

/** The same for two judgements that say the same. */
export function spellAnswer({ label, labels, evidence }: Pick<Arrived, 'label' | 'labels' | 'evidence'>): string {
  const spans = evidence.map(({ start, end, label: of }) => `${start}-${end}-${of}`).sort();
  return JSON.stringify([labels === undefined ? [label] : [...labels].sort(), spans]);
}

/**
 * The order of the queue: random and uncertain items in turn, random first, so that at whatever item people stop at least half
 * of what they read was random. Uncertain items are left out beyond as many as there are random ones.
 */
export function arrange<Item>(random: readonly Item[], uncertain: readonly Item[]): readonly Item[] {
  return random.flatMap((item, at) => (at < uncertain.length ? [item, uncertain[at]!] : [item]));
}
