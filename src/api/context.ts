// GET /api/v1/barometer/context and /api/v1/documents/:id/context: what happened beside what people wrote.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CONTEXT_KINDS, CONTEXT_PLACES, WEEKLY } from '../model/context.ts';
import type { Reader } from '../run/reader.ts';
import { filterValue, intervalSchema, isoDay } from './figures.ts';

const seriesFields = {
  source: z.string(),
  sourceTitle: z.string(),
  licence: z.string(),
  series: z.string(),
  title: z.string(),
  kind: z.enum(CONTEXT_KINDS),
  unit: z.string(),
  weekly: z.enum(WEEKLY),
};
const placeSchema = z.object({ kind: z.enum(CONTEXT_PLACES), code: z.string() });
const names = z.record(z.string(), z.string()).describe('names of places, by `kind code`');

const barometerSchema = z.object({
  items: z
    .array(
      z.object({
        ...seriesFields,
        weeks: z
          .array(z.object({ week: z.string(), value: z.number(), range: intervalSchema, places: z.int() }))
          .readonly(),
        marks: z
          .array(
            z.object({
              firstDay: z.string(),
              lastDay: z.string(),
              label: z.string(),
              places: z.array(placeSchema).readonly(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
  names,
});
export type BarometerContextAnswer = z.output<typeof barometerSchema>;

const documentSchema = z.object({
  items: z
    .array(
      z.object({
        ...seriesFields,
        place: placeSchema,
        firstDay: z.string(),
        lastDay: z.string(),
        value: z.number().nullable(),
        label: z.string().nullable(),
      }),
    )
    .readonly(),
  names,
});
export type DocumentContextAnswer = z.output<typeof documentSchema>;

/** Routes of context. */
export function contextRoutes(reader: Reader): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/barometer/context',
      {
        schema: {
          summary: 'Context of the latest release: figures by week, events, categories',
          tags: ['decide'],
          querystring: z.strictObject({
            from: isoDay.optional(),
            to: isoDay.optional(),
            department: filterValue.optional(),
          }),
          response: { 200: barometerSchema },
        },
      },
      (request) => reader.barometerContext(request.query),
    );
    server.get(
      '/api/v1/documents/:id/context',
      {
        schema: {
          summary: 'Context of the day and place of a document',
          tags: ['documents'],
          params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) }),
          response: { 200: documentSchema },
        },
      },
      (request) => reader.documentContext(request.params.id),
    );
  };
}
