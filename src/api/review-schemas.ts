// What the review says and is told, as schemas: the API's types are read from here.

import { z } from 'zod';
import { ITEM_STATES, REVIEW_QUEUES, SKIP_REASONS } from '../model/review.ts';
import { intervalSchema } from './figures.ts';

export type SkipReason = (typeof SKIP_REASONS)[number];

const title = z.object({ fr: z.string(), en: z.string() });
const texts = z.array(z.string()).readonly();
const count = z.int();
const cause = z.enum(['suspected', 'apart', 'score']);

const spanSchema = z.object({ start: z.int().min(0), end: z.int().min(0), label: z.string().min(1).max(64) });

export const answerSchema = z.object({
  task: z.string().min(1).max(64),
  label: z.string().min(1).max(64).describe('a category of the task, or `abstention`'),
  labels: z.array(z.string().min(1).max(64)).max(200).readonly().optional(),
  spans: z.array(spanSchema).max(1000).readonly().optional(),
});
export type TaskAnswer = z.output<typeof answerSchema>;

const shownSchema = answerSchema.extend({
  annotator: z.string(),
  score: z.number(),
  provisional: z.boolean(),
  evidence: z.array(spanSchema.extend({ weight: z.number() })).readonly(),
});
export type ShownAnswer = z.output<typeof shownSchema>;

const taskSchema = z.object({
  id: z.string(),
  title,
  kind: z.enum(['one-label', 'several-labels', 'scale', 'spans', 'themes']),
  none: z.string().nullable(),
  categories: z
    .array(
      z.object({ id: z.string(), title, definition: z.string(), includes: texts, excludes: texts, examples: texts }),
    )
    .readonly(),
});
export type GuideTask = z.output<typeof taskSchema>;

const tallySchema = z.object({ n: count, right: count });
const goldSchema = tallySchema.extend({ interval: intervalSchema, lately: tallySchema });

export const overviewSchema = z.object({
  codebook: z.string(),
  title,
  tasks: z.array(taskSchema).readonly(),
  person: z.string(),
  blind: z.boolean(),
  settles: z.boolean(),
  progress: z.object({
    total: count,
    states: z.record(z.enum(ITEM_STATES), count),
    random: z.object({ total: count, submitted: count }),
    mine: z.object({ submitted: count, skipped: count, left: count }),
    people: z
      .array(
        z.object({
          ...{ person: z.string(), submitted: count, skipped: count, seconds: z.number().nullable() },
          gold: goldSchema.nullable().describe('texts whose answer was known; null where none was read'),
        }),
      )
      .readonly(),
  }),
  agreement: z
    .array(z.object({ task: z.string(), n: count, agreeing: count, alpha: z.number().nullable() }))
    .readonly(),
});
export type ReviewOverviewAnswer = z.output<typeof overviewSchema>;

export const itemSchema = z.object({
  document: z.string(),
  title: z.string().nullable(),
  text: z.string(),
  truncated: z.boolean(),
  language: z.string(),
  source: z.string(),
  published: z.string().nullable(),
  queue: z.enum(REVIEW_QUEUES),
  double: z.boolean(),
  etag: z.string(),
  answers: z.array(answerSchema).readonly(),
  skipped: z.enum(SKIP_REASONS).nullable(),
  comment: z.string(),
  draft: z.unknown(),
  machine: z.array(shownSchema).readonly().nullable().describe('null while it is hidden'),
  cause: cause.nullable(),
});
export type ReviewItemAnswer = z.output<typeof itemSchema>;

export const nextSchema = z.object({ items: z.array(itemSchema).readonly() });
export type ReviewNextAnswer = z.output<typeof nextSchema>;

export const documentSchema = z.string().regex(/^[0-9a-f]{64}$/);

export const givenSchema = z.strictObject({
  document: documentSchema,
  answers: z.array(answerSchema).max(50).readonly().default([]),
  skipped: z.enum(SKIP_REASONS).nullable().default(null),
  comment: z.string().max(4000).default(''),
  seconds: z.number().min(0).nullable().default(null),
  settles: z.boolean().default(false).describe('true where it settles what readers disagree on'),
});

export const answeredSchema = z.object({
  etag: z.string(),
  machine: z.array(shownSchema).readonly(),
  repeated: z.boolean(),
});
export type ReviewAnsweredAnswer = z.output<typeof answeredSchema>;

export const undoneSchema = z.object({ etag: z.string() });

export const conflictsSchema = z.object({
  conflicts: z
    .array(
      z.object({
        item: itemSchema,
        tasks: texts,
        readings: z.array(shownSchema.extend({ comment: z.string() })).readonly(),
        open: z.boolean(),
      }),
    )
    .readonly(),
});
export type ReviewConflictsAnswer = z.output<typeof conflictsSchema>;

export const listQuerySchema = z.strictObject({
  state: z.enum(ITEM_STATES).optional(),
  label: z.string().min(1).max(140).optional().describe('`task:label`'),
  annotator: z.string().min(1).max(100).optional(),
  cause: cause.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const listSchema = z.object({
  items: z
    .array(
      z.object({
        document: z.string(),
        excerpt: z.string(),
        queue: z.enum(REVIEW_QUEUES),
        state: z.enum(ITEM_STATES),
        cause: cause.nullable(),
        mine: z.array(answerSchema).readonly(),
        skipped: z.boolean(),
      }),
    )
    .readonly(),
  nextCursor: z.string().nullable(),
});
export type ReviewListAnswer = z.output<typeof listSchema>;

export const bulkFilterSchema = z.strictObject({
  q: z.string().max(500).default(''),
  source: z.string().max(200).nullable().default(null),
  theme: z.string().max(64).nullable().default(null),
  tone: z.string().max(64).nullable().default(null),
});

export const bulkCountSchema = z.object({ documents: count });
export type BulkCountAnswer = z.output<typeof bulkCountSchema>;
