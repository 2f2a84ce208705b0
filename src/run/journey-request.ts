// What may be asked of a run: which steps, of which sources, and which earlier run it takes up.

import { DataSensError } from '../model/error.ts';
import type { BatchId, RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import type { PersonId } from '../model/person.ts';
import type { App, ConfiguredSource } from './app.ts';

export const JOURNEY_STEPS = ['collect', 'refine', 'annotate', 'govern', 'publish', 'decide'] as const;
export type JourneyStep = (typeof JOURNEY_STEPS)[number];

export interface JourneyRequest {
  /** What the person typed: kept as the run's name. */
  readonly command: string;
  readonly steps: readonly JourneyStep[];
  /** Sources to collect; all when absent. */
  readonly sources?: readonly string[];
  /** Reads again the places that were refused, of these sources only where they have any. */
  readonly refused?: boolean;
  /** Takes places that hold far less than before for right. */
  readonly accept?: boolean;
  /** Compares all documents with each other again, not only what changed; the result is the same. */
  readonly compareAll?: boolean;
  /** False leaves the search index for later. */
  readonly index?: boolean;
  /** The run that this one takes up; with `batches`, no other work that waits is done. */
  readonly retry?: { readonly run: RunId; readonly batches: readonly BatchId[] | null };
  /** Who asked for it, where a person did by name. */
  readonly by?: PersonId;
  /** Id of the HTTP request that asked for it. */
  readonly requestId?: string;
}

/** The sources that a request collects. @throws not-found where it names one that the settings do not have */
export function requestedSources(app: App, { steps, sources }: JourneyRequest): readonly ConfiguredSource[] {
  const names = app.sources.map(({ name }) => String(name));
  const unknown = sources?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const close = nearest(unknown, names);
    throw new DataSensError('not-found', `the settings have no source named ${unknown}`, {
      remedy: close === null ? `name one of: ${names.join(', ')}` : `did you mean ${close}?`,
    });
  }
  if (!steps.includes('collect')) return [];
  // A paused source is collected only when it is named.
  return app.sources.filter(({ name, settings }) => (sources ? sources.includes(name) : settings.paused !== true));
}

/** The request as it is kept with the run. */
export function requestWords(request: JourneyRequest): JsonObject {
  const { steps, sources, retry, by, requestId, index = true, refused = false, accept = false } = request;
  return {
    steps: [...steps],
    sources: sources === undefined ? null : [...sources],
    retryOf: retry?.run ?? null,
    index,
    refused,
    accept,
    by: by ?? null,
    requestId: requestId ?? null,
  };
}
