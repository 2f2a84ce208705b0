// Folds a run's stored events into what a screen shows: how far each stage is, event after event.

import type { JsonObject } from '../model/json.ts';
import type { StoredRun, StoredRunEvent } from '../store/runs.ts';
import { type RunEvent, type RunStage, STAGES, type StageName } from './reader.ts';
import { type Began, remainingOf } from './remaining.ts';

/** State of the fold after the event `seq`; 0 and nothing begun at first. */
export interface Folded {
  readonly seq: number;
  readonly stages: readonly RunStage[];
  /** Stages begun and not finished. */
  readonly open: readonly StageName[];
  /** Collect counts by source: events tell of one source at a time. */
  readonly collected: Readonly<Record<string, Counted>>;
  /** When each stage was first seen at work, and how much it had done by then. */
  readonly began: Readonly<Record<string, Began>>;
  /** The last part of the run that began, those between the stages included. */
  readonly phase: { readonly name: string; readonly at: string } | null;
}

type Counted = Omit<RunStage, 'stage' | 'total'>;

const NOTHING: Counted = { done: 0, known: 0, refused: 0, empty: 0, failed: 0, left: 0 };

export const NOTHING_FOLDED: Folded = { seq: 0, stages: [], open: [], collected: {}, began: {}, phase: null };

/** The fold after one more event. Indexing and the search for copies are no stage of the journey: they show no bar. */
export function foldEvent(before: Folded, event: StoredRunEvent): Folded {
  const phase = event.kind === 'started' ? { name: event.stage, at: event.at } : before.phase;
  const folded = { ...before, seq: event.seq, phase };
  const stage = STAGES.find((name) => name === event.stage);
  if (stage === undefined) return folded;
  const finished = event.kind === 'finished';
  const collected =
    stage === 'collect' && typeof event.body.source === 'string'
      ? { ...folded.collected, [event.body.source]: { ...NOTHING, ...countedOf(stage, event.body) } }
      : folded.collected;
  const previous = folded.stages.find((entry) => entry.stage === stage);
  const counted =
    stage === 'collect' && !finished
      ? sumOf(Object.values(collected))
      : { ...NOTHING, ...previous, ...countedOf(stage, event.body) };
  const isKnown = finished || typeof event.body.received === 'number';
  const total = isKnown && (stage !== 'collect' || finished) ? totalOf(counted) : null;
  const entry: RunStage = { ...counted, stage, total };
  const restarts = event.kind === 'started' || folded.began[stage] === undefined;
  return {
    ...folded,
    stages: inOrder([...folded.stages.filter((other) => other.stage !== stage), entry]),
    open: [...folded.open.filter((name) => name !== stage), ...(finished ? [] : [stage])],
    collected,
    began: restarts ? { ...folded.began, [stage]: { at: event.at, handled: handledOf(entry) } } : folded.began,
  };
}

/** What the stream says of the event that gave this fold. */
export function eventOf(
  folded: Folded,
  event: StoredRunEvent,
  { run, isFirst }: { readonly run: StoredRun; readonly isFirst: boolean },
): RunEvent {
  return {
    seq: event.seq,
    at: event.at,
    kind: isFirst ? 'started' : 'progress',
    state: 'running',
    stages: folded.stages,
    remaining: remainingOf(folded, run, event.at),
  };
}

/** The event that ends the stream: the store marks the run itself, so its number is one above the last event's. */
export function endingOf(folded: Folded, run: StoredRun): RunEvent {
  const kept = stagesOfCounts(run.counts);
  return {
    seq: folded.seq + 1,
    at: run.finishedAt ?? run.startedAt,
    kind: 'ended',
    state: run.state,
    stages: kept.length > 0 ? kept : folded.stages,
    remaining: null,
  };
}

/** Stages of a finished run from the counts kept with it; releases of several names add up. */
export function stagesOfCounts(counts: JsonObject): readonly RunStage[] {
  const stages = new Map<StageName, Counted>();
  for (const [name, body] of Object.entries(counts)) {
    const stage = STAGES.find((candidate) => candidate === name.split(' ')[0]);
    if (stage === undefined) continue;
    const counted = { ...NOTHING, ...countedOf(stage, body as JsonObject) };
    const known = stages.get(stage);
    stages.set(stage, known === undefined ? counted : sumOf([known, counted]));
  }
  return inOrder([...stages].map(([stage, counted]) => ({ stage, ...counted, total: totalOf(counted) })));
}

/** Counts of one source at one stage, as `run_source` keeps them. */
export function stageOfCounts(stage: StageName, body: JsonObject): RunStage {
  const counted = { ...NOTHING, ...countedOf(stage, body) };
  return { stage, ...counted, total: totalOf(counted) };
}

/** Under what name each stage counts what is new. */
const DONE: Readonly<Record<StageName, string>> = {
  collect: 'kept',
  refine: 'documents',
  annotate: 'annotated',
  model: 'annotated',
  govern: 'cleared',
  publish: 'documents',
  decide: 'cells',
};

/** Those of the counts that a body tells: progress may tell of few. */
function countedOf(stage: StageName, body: JsonObject): Partial<Counted> {
  const number = (name: string) => (typeof body[name] === 'number' ? body[name] : undefined);
  const empty = number('empty');
  const counted = {
    // Workers tell of documents before the first account is read; runs of earlier versions counted records.
    done: number(DONE[stage]) ?? number('newRecords') ?? number('documents') ?? number('records'),
    known: number('known'),
    refused: number('refusals') ?? number('refused'),
    empty: empty === undefined ? undefined : empty + (number('abstained') ?? 0),
    failed: number('failed'),
    left: number('left'),
  };
  return Object.fromEntries(Object.entries(counted).filter(([, value]) => value !== undefined)) as Partial<Counted>;
}

function handledOf(stage: RunStage): number {
  return totalOf(stage) - stage.left;
}

function totalOf({ done, known, refused, empty, failed, left }: Counted): number {
  return done + known + refused + empty + failed + left;
}

function sumOf(counts: readonly Counted[]): Counted {
  const names = Object.keys(NOTHING) as (keyof Counted)[];
  const sum = (name: keyof Counted) => counts.reduce((total, counted) => total + counted[name], 0);
  return Object.fromEntries(names.map((name) => [name, sum(name)])) as unknown as Counted;
}

function inOrder(stages: readonly RunStage[]): readonly RunStage[] {
  return stages.toSorted((left, right) => STAGES.indexOf(left.stage) - STAGES.indexOf(right.stage));
}
