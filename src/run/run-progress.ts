// Folds a run's stored events into what a screen shows: how far each stage is, event after event.

import type { JsonObject } from '../model/json.ts';
import type { StoredRun, StoredRunEvent } from '../store/runs.ts';
import { type RunEvent, type RunStage, STAGES, type StageName } from './reader.ts';

/** State of the fold after the event `seq`; 0 and nothing begun at first. */
export interface Folded {
  readonly seq: number;
  readonly stages: readonly RunStage[];
  /** Stages begun and not finished. */
  readonly open: readonly StageName[];
  /** Collect counts by source: events tell of one source at a time. */
  readonly collected: Readonly<Record<string, Counted>>;
}

interface Counted {
  readonly done: number;
  readonly refused: number;
}

export const NOTHING_FOLDED: Folded = { seq: 0, stages: [], open: [], collected: {} };

/** The fold after one more event. Indexing and the search for copies are no stage of the journey: they only move `seq`. */
export function foldEvent(folded: Folded, event: StoredRunEvent): Folded {
  const stage = STAGES.find((name) => name === event.stage);
  if (stage === undefined) return { ...folded, seq: event.seq };
  const collected =
    stage === 'collect' && typeof event.body.source === 'string'
      ? { ...folded.collected, [event.body.source]: countedOf(event.body) }
      : folded.collected;
  const previous = folded.stages.find((entry) => entry.stage === stage);
  const finished = event.kind === 'finished';
  const counted =
    stage === 'collect' && !finished ? sumOf(Object.values(collected)) : { ...previous, ...countedOf(event.body) };
  const done = counted.done ?? 0;
  const refused = counted.refused ?? 0;
  const entry: RunStage = { stage, total: finished ? done + refused : null, done, refused };
  return {
    seq: event.seq,
    stages: inOrder([...folded.stages.filter((other) => other.stage !== stage), entry]),
    open: [...folded.open.filter((name) => name !== stage), ...(finished ? [] : [stage])],
    collected,
  };
}

/** What the stream says of the event that gave this fold. */
export function eventOf(folded: Folded, event: StoredRunEvent, isFirst: boolean): RunEvent {
  return {
    seq: event.seq,
    at: event.at,
    kind: isFirst ? 'started' : 'progress',
    state: 'running',
    stages: folded.stages,
  };
}

/** The event that ends the stream: the store marks the run itself, so its number is one above the last event's. */
export function endingOf(folded: Folded, run: StoredRun): RunEvent {
  return {
    seq: folded.seq + 1,
    at: run.finishedAt ?? run.startedAt,
    kind: 'ended',
    state: run.state,
    stages: folded.stages,
  };
}

/** Stages of a finished run from the counts kept with it; releases of several names add up. */
export function stagesOfCounts(counts: JsonObject): readonly RunStage[] {
  const stages = new Map<StageName, RunStage>();
  for (const [name, body] of Object.entries(counts)) {
    const stage = STAGES.find((candidate) => candidate === name.split(' ')[0]);
    if (stage === undefined) continue;
    const { done = 0, refused = 0 } = countedOf(body as JsonObject);
    const known = stages.get(stage) ?? { done: 0, refused: 0 };
    const sum = { done: known.done + done, refused: known.refused + refused };
    stages.set(stage, { stage, ...sum, total: sum.done + sum.refused });
  }
  return inOrder([...stages.values()]);
}

/** Each stage counts in its own words: records, documents, cleared, cells. */
function countedOf(body: JsonObject): Counted {
  const number = (name: string) => (typeof body[name] === 'number' ? body[name] : undefined);
  const done = number('records') ?? number('documents') ?? number('cleared') ?? number('cells');
  const refused = number('refusals') ?? number('refused');
  return { ...(done === undefined ? {} : { done }), ...(refused === undefined ? {} : { refused }) } as Counted;
}

function sumOf(counts: readonly Counted[]): Counted {
  return counts.reduce((sum, counted) => ({ done: sum.done + counted.done, refused: sum.refused + counted.refused }), {
    done: 0,
    refused: 0,
  });
}

function inOrder(stages: readonly RunStage[]): readonly RunStage[] {
  return stages.toSorted((left, right) => STAGES.indexOf(left.stage) - STAGES.indexOf(right.stage));
}
