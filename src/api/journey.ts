// GET /api/v1/journey: where the organisation's data stands, stage by stage.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Reader, RUN_STATES, STAGES } from '../run/reader.ts';
import { coverageSchema, intervalSchema } from './figures.ts';

const journeySchema = z.object({
  organisation: z.string(),
  language: z.enum(['fr', 'en']),
  empty: z.boolean(),
  stages: z
    .array(
      z.object({
        stage: z.enum(STAGES),
        state: z.enum(['empty', ...RUN_STATES]),
        received: z.int(),
        done: z.int(),
        refused: z.int(),
        waiting: z.int(),
        lastRun: z.object({ id: z.string(), endedAt: z.string().nullable() }).nullable(),
        provisional: z.boolean(),
      }),
    )
    .readonly(),
  coverage: coverageSchema,
  sources: z
    .array(
      z.object({
        name: z.string(),
        collector: z.string(),
        licence: z.string(),
        purpose: z.string(),
        legalBasis: z.string(),
        retention: z.string(),
        documents: z.int(),
        lastCollectedAt: z.string().nullable(),
        refusals: z.int(),
      }),
    )
    .readonly(),
  latestRelease: z
    .object({
      id: z.string(),
      name: z.string(),
      title: z.string(),
      publishedAt: z.string(),
      documents: z.int(),
    })
    .nullable(),
  measurements: z
    .array(
      z.object({
        name: z.string(),
        value: z.number(),
        n: z.int(),
        interval: intervalSchema.nullable(),
      }),
    )
    .readonly(),
});
export type JourneyAnswer = z.output<typeof journeySchema>;

/** Routes of the journey's state. */
export function journeyRoutes(reader: Reader): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/journey',
      { schema: { summary: 'State of the journey', tags: ['journey'], response: { 200: journeySchema } } },
      async () => reader.journey(),
    );
  };
}
