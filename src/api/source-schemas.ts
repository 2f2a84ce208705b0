// Schemas of sources, as they are read and as they are proposed.

import { z } from 'zod';
import { HEALTH_STATES } from '../run/desk.ts';

const anyObject = z.record(z.string(), z.unknown());
const instant = z.string();
const counts = z.record(z.string(), z.int());
const titleSchema = z.object({ fr: z.string(), en: z.string() });

export const nameSchema = z
  .string()
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens only');

export const catalogueSchema = z.object({
  collectors: z
    .array(
      z.object({
        name: z.string(),
        title: titleSchema,
        description: titleSchema,
        schema: anyObject,
        example: anyObject,
        local: z.boolean(),
      }),
    )
    .readonly(),
  licences: z.array(z.object({ id: z.string(), title: z.string(), reuse: z.boolean() })).readonly(),
});
export type CatalogueAnswer = z.output<typeof catalogueSchema>;

export const inputsSchema = z.object({
  files: z.array(z.object({ path: z.string(), sizeBytes: z.int(), modifiedAt: instant })).readonly(),
});
export type InputsAnswer = z.output<typeof inputsSchema>;

export const rhythmSchema = z.object({
  next: z.array(instant).readonly(),
  problem: titleSchema.nullable(),
});
export type RhythmAnswer = z.output<typeof rhythmSchema>;

const failureSchema = z.object({ code: z.string(), message: z.string().nullable(), remedy: z.string().nullable() });

const healthSchema = z.object({
  state: z.enum(HEALTH_STATES),
  lastSuccessAt: instant.nullable(),
  lastAttemptAt: instant.nullable(),
  lagSeconds: z.number().nullable(),
  errorRate: z.number().nullable(),
  attempts: z.int(),
  refusals: z.int(),
  failure: failureSchema.nullable(),
});

const cardSchema = z.object({
  name: z.string(),
  title: z.string().nullable(),
  collector: z.string(),
  licence: z.string(),
  purpose: z.string(),
  legalBasis: z.string(),
  retention: z.string(),
  approver: z.string().nullable(),
  territory: z.string().nullable(),
  every: z.string().nullable(),
  paused: z.boolean(),
  nextRuns: z.array(instant).readonly(),
  records: z.int(),
  health: healthSchema,
});

export const sourcesSchema = z.object({ etag: z.string(), sources: z.array(cardSchema).readonly() });
export type SourcesAnswer = z.output<typeof sourcesSchema>;

export const sourceSchema = cardSchema.extend({
  config: anyObject,
  history: z
    .array(
      z.object({
        at: instant,
        run: z.string().nullable(),
        outcome: z.enum(['done', 'partial', 'failed', 'stopped']),
        records: z.int(),
        newRecords: z.int(),
        refusals: z.int(),
        seconds: z.number().nullable(),
        failure: failureSchema.nullable(),
      }),
    )
    .readonly(),
  estimate: z.object({ runs: z.int(), records: z.int(), sizeBytes: z.int(), seconds: z.number() }).nullable(),
  etag: z.string(),
});
export type SourceAnswer = z.output<typeof sourceSchema>;

export const triedSchema = z.strictObject({
  collector: z.string().min(1).max(60),
  with: anyObject.describe('what the collector needs, as under `with` in datasens.yaml'),
  territory: z.string().max(100).optional(),
});

const words = z.string().max(2000);

export const draftSchema = triedSchema.extend({
  title: words.optional(),
  licence: words.describe('licence id, e.g. lov2'),
  purpose: words.describe('why it is processed (GDPR art. 5.1.b)'),
  legalBasis: words.describe('legal basis (GDPR art. 6)'),
  retention: words.describe('how long it is kept, e.g. 3 years'),
  approver: words.optional().describe('who approved that it is collected'),
  every: words.optional().describe('rhythm, e.g. toutes les 30 minutes'),
  paused: z.boolean().optional(),
});
export type DraftBody = z.input<typeof draftSchema>;

export const savedSchema = z.object({ etag: z.string() });
export type SavedAnswer = z.output<typeof savedSchema>;

const failedSchema = z.object({
  kind: z.literal('failed'),
  code: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
});

export const testSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answered'),
    records: z.int(),
    location: z.string().nullable(),
    seconds: z.number(),
  }),
  failedSchema,
]);
export type TestAnswer = z.output<typeof testSchema>;

const refusedSchema = z.object({ location: z.string(), at: z.string(), code: z.string(), message: z.string() });

export const previewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('read'),
    location: z.string(),
    mediaType: z.string(),
    charset: z.string().nullable(),
    format: z.string().nullable(),
    delimiter: z.string().nullable(),
    quote: z.string().nullable(),
    settled: z.boolean(),
    records: z.int(),
    columns: z
      .array(
        z.object({ name: z.string(), roles: z.array(z.string()).readonly(), filled: z.number(), personal: counts }),
      )
      .readonly(),
    rows: z.array(z.array(z.string()).readonly()).readonly(),
    mapping: z.record(z.string(), z.array(z.string()).readonly()).nullable(),
    documents: z
      .array(
        z.object({
          title: z.string().nullable(),
          excerpt: z.string(),
          language: z.string(),
          published: z.string().nullable(),
          department: z.string().nullable(),
        }),
      )
      .readonly(),
    personal: counts,
    languages: counts,
    findings: counts,
    refusals: z.array(refusedSchema).readonly(),
  }),
  failedSchema,
]);
export type PreviewAnswer = z.output<typeof previewSchema>;

export const refusalsSchema = z.object({
  items: z
    .array(
      refusedSchema.extend({ id: z.string(), run: z.string(), refusedAt: instant, resolvedAt: instant.nullable() }),
    )
    .readonly(),
  nextCursor: z.string().nullable(),
});
export type RefusalsAnswer = z.output<typeof refusalsSchema>;
