// Schemas of runs: what a run, its stages, its estimate and its differences are, as the API answers them.

import { z } from 'zod';
import { ERROR_CODES } from '../model/error.ts';
import { JOURNEY_STEPS } from '../run/journey-request.ts';
import { RUN_STATES, STAGES } from '../run/reader.ts';

export const stageSchema = z.object({
  stage: z.enum(STAGES),
  total: z.int().nullable().describe('done + known + refused + empty + failed + left; null while unknown'),
  done: z.int(),
  known: z.int(),
  refused: z.int(),
  empty: z.int(),
  failed: z.int(),
  left: z.int(),
});
export type StageAnswer = z.output<typeof stageSchema>;

export const remainingSchema = z.object({ seconds: z.number(), atLeast: z.boolean() });

export const runSchema = z.object({
  id: z.string(),
  command: z.string(),
  state: z.enum(RUN_STATES),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  stages: z.array(stageSchema).readonly(),
  error: z.string().nullable(),
});

const rangeSchema = z.object({ low: z.number(), middle: z.number(), high: z.number() });

export const estimateSchema = z.object({
  seconds: rangeSchema,
  records: rangeSchema,
  backlog: z.int(),
  runs: z.int().describe('runs that this rests on'),
  unknown: z.array(z.string()).readonly().describe('sources without history: their time is not in it'),
  phases: z.record(z.string(), z.number()),
});

const failureSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  remedy: z.string().nullable(),
  place: z.string().nullable(),
  requestId: z.string().nullable(),
});
export type FailureAnswer = z.output<typeof failureSchema>;

const sourceSchema = z.object({
  name: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'skipped']),
  seconds: z.number().nullable(),
  stages: z.array(stageSchema).readonly(),
  error: failureSchema.nullable(),
  refusals: z
    .array(z.object({ location: z.string(), at: z.string(), code: z.string(), message: z.string() }))
    .readonly(),
  refused: z.int(),
});

export const detailSchema = runSchema.extend({
  steps: z.array(z.enum(JOURNEY_STEPS)).readonly(),
  asked: z.array(z.string()).readonly().nullable(),
  retryOf: z.string().nullable(),
  cancelRequestedAt: z.string().nullable(),
  estimate: estimateSchema.nullable(),
  remaining: remainingSchema.nullable(),
  seconds: z.number(),
  sources: z.array(sourceSchema).readonly(),
  copies: z.object({ documents: z.int(), distinct: z.int(), copies: z.int() }).nullable(),
  recipes: z.object({ waiting: z.int(), replaced: z.int(), changed: z.int() }).nullable(),
  reasons: z.record(z.string(), z.int()),
  failure: failureSchema.nullable(),
  failedBatches: z
    .array(
      z.object({
        source: z.string(),
        stage: z.string(),
        code: z.string(),
        message: z.string(),
        batches: z.int(),
        records: z.int(),
        open: z.int(),
      }),
    )
    .readonly(),
  log: z
    .array(
      z.object({
        at: z.string(),
        stage: z.string(),
        kind: z.string(),
        counts: z.record(z.string(), z.unknown()),
      }),
    )
    .readonly(),
  retry: z.enum(['failed', 'rest']).nullable(),
});
export type RunDetailAnswer = z.output<typeof detailSchema>;

export const differenceSchema = z.object({
  previous: z.object({ id: z.string(), startedAt: z.string(), seconds: z.number() }).nullable(),
  sources: z
    .array(
      z.object({
        source: z.string(),
        added: z.int(),
        changed: z.int().nullable(),
        gone: z.int().nullable(),
        captured: z.boolean(),
        refusals: z.object({ added: z.int(), resolved: z.int() }),
      }),
    )
    .readonly(),
  stages: z.array(z.object({ stage: z.enum(STAGES), now: z.int(), before: z.int() })).readonly(),
});
export type RunDifferenceAnswer = z.output<typeof differenceSchema>;
