// Who did what to what, why, when; append-only, hash-chained.

import type { JsonObject } from './json.ts';

export const ACT_VERBS = [
  'initialise',
  'configure',
  'administer',
  'start',
  'cancel',
  'attest',
  'collect',
  'refine',
  'annotate',
  'train',
  'promote',
  'evaluate',
  'clear',
  'publish',
  'decide',
  'verify',
  'accept',
  'refuse',
] as const;
export type ActVerb = (typeof ACT_VERBS)[number];

export interface Act {
  /** `person:<id>` or `system`. */
  readonly actor: string;
  readonly verb: ActVerb;
  /** What it was done to: `source:concertation`, `release:<id>`. */
  readonly object: string;
  readonly why: string;
  /** Counts and ids only. */
  readonly detail: JsonObject;
}
