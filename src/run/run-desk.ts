// What the workbench asks of runs besides reading them, as one interface: estimate, start, stop, retry, compare, keep.

import type { ErrorCode } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { PersonId } from '../model/person.ts';
import type { Estimate } from './estimate.ts';
import type { JourneyStep } from './journey-request.ts';
import type { Remaining, Run, RunStage, StageName } from './reader.ts';

/** What a person chooses before a run; all sources where none is named. */
export interface RunAsked {
  readonly steps: readonly JourneyStep[];
  readonly sources?: readonly string[];
  /** Reads again the places that were refused, changed or not. */
  readonly refused?: boolean;
  /** Takes places that hold far less than before for right. */
  readonly accept?: boolean;
}

export interface RunChoices {
  readonly steps: readonly JourneyStep[];
  readonly sources: readonly string[];
  /** The run in progress, which must end before another begins. */
  readonly busy: string | null;
}

export interface RunFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string | null;
  /** Where: a location and how much of it was read; never what is written there. */
  readonly place: string | null;
  /** The HTTP request that asked for the run. */
  readonly requestId: string | null;
}

export interface RunRefusal {
  readonly location: string;
  /** Line, entry, sheet … */
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

export interface RunSource {
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'skipped';
  readonly seconds: number | null;
  readonly stages: readonly RunStage[];
  readonly error: RunFailure | null;
  /** The first refusals that this run told of, at most ten. */
  readonly refusals: readonly RunRefusal[];
  readonly refused: number;
}

export interface FailedBatches {
  readonly source: string;
  readonly stage: string;
  readonly code: string;
  readonly message: string;
  readonly batches: number;
  readonly records: number;
  /** Of them, those that are still not done. */
  readonly open: number;
}

export interface RunDetail extends Run {
  readonly steps: readonly JourneyStep[];
  /** Names of the sources it was asked to collect; null for all. */
  readonly asked: readonly string[] | null;
  /** The run that it takes up. */
  readonly retryOf: string | null;
  readonly cancelRequestedAt: string | null;
  readonly estimate: Estimate | null;
  readonly remaining: Remaining | null;
  /** From its start to its end, or to now. */
  readonly seconds: number;
  readonly sources: readonly RunSource[];
  /** `documents = distinct + copies`. */
  readonly copies: { readonly documents: number; readonly distinct: number; readonly copies: number } | null;
  /** Sources whose settings ask for another recipe: compared and waiting for a decision, or replaced by this run. */
  readonly recipes: { readonly waiting: number; readonly replaced: number; readonly changed: number } | null;
  /** Documents that the policy refuses, each under the first of its reasons. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly failure: RunFailure | null;
  readonly failedBatches: readonly FailedBatches[];
  /** The last things that happened, oldest first: instants, stages and counts. */
  readonly log: readonly {
    readonly at: string;
    readonly stage: string;
    readonly kind: string;
    readonly counts: JsonObject;
  }[];
  /** `failed`: what failed can be tried again. `rest`: it was stopped, and can be taken up. Null: there is nothing to do. */
  readonly retry: 'failed' | 'rest' | null;
}

export interface SourceDifference {
  readonly source: string;
  /** Records of the captures of this run against the captures of the same places before it. */
  readonly added: number;
  /** Same key, other bytes; null where the source gives its records no key. */
  readonly changed: number | null;
  /** Null where the source only ever adds. */
  readonly gone: number | null;
  /** False where every place was as it had been, and nothing was captured again. */
  readonly captured: boolean;
  readonly refusals: { readonly added: number; readonly resolved: number };
}

export interface RunDifference {
  /** The run it is compared with; null where there is none. */
  readonly previous: { readonly id: string; readonly startedAt: string; readonly seconds: number } | null;
  readonly sources: readonly SourceDifference[];
  readonly stages: readonly { readonly stage: StageName; readonly now: number; readonly before: number }[];
}

/** Who asks for a run, and by which HTTP request. */
export interface RunAsker {
  readonly by: PersonId;
  readonly requestId: string;
}

/** Every method throws DataSensError; `store-unavailable` when the store cannot be reached; absent runs are null. */
export interface RunDesk {
  choices(): Promise<RunChoices>;
  /** Null without history. @throws not-found where a source is not in the settings */
  estimate(asked: RunAsked): Promise<Estimate | null>;
  /** Begins a run in this process; answers its id once it can be followed. @throws locked, not-found */
  start(asked: RunAsked, asker: RunAsker): Promise<string>;
  /** Asks whoever holds the run to stop it; answers its state by then. @throws not-found */
  cancel(id: string, by: PersonId): Promise<Run['state']>;
  /** Begins a run of what failed in that one, or of what it left. @throws not-found, refused where nothing did, locked */
  retry(id: string, asker: RunAsker): Promise<string>;
  detail(id: string): Promise<RunDetail | null>;
  difference(id: string): Promise<RunDifference | null>;
  /** What ran, on what, under what and what came of it; the same bytes each time it is asked of an ended run. */
  manifest(id: string): Promise<JsonObject | null>;
}
