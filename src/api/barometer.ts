// GET /api/v1/barometer: figures of the latest release, by week, theme and département.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { withheldSchema } from '../run/evaluation-schema.ts';
import type { Dimension, Reader } from '../run/reader.ts';
import { coverageSchema, filterValue, intervalSchema, isoDay } from './figures.ts';

const querySchema = z.strictObject({
  from: isoDay.optional(),
  to: isoDay.optional(),
  source: filterValue.optional(),
  theme: filterValue.optional(),
  tone: filterValue.optional(),
  department: filterValue.optional(),
  counting: z.enum(['raw', 'deduplicated']).default('raw'),
  by: z
    .string()
    .regex(/^(week|theme|department)(,(week|theme|department)){0,2}$/)
    .default('week')
    .describe('dimensions of the cells, separated by commas'),
});

const cellSchema = z.object({
  week: z.string().nullable(),
  theme: z.string().nullable(),
  department: z.string().nullable(),
  counting: z.enum(['raw', 'deduplicated']),
  n: z.int(),
  judged: z.int(),
  negative: z.int(),
  neutral: z.int(),
  positive: z.int(),
  balance: z.number().nullable(),
  share: z.number(),
  /** All documents of the same week and département: what the share is of. */
  base: z.int(),
  shareInterval: intervalSchema,
  negativeInterval: intervalSchema.nullable(),
});
export type CellAnswer = z.output<typeof cellSchema>;

const answerSchema = z.object({
  /** Null before a first release. */
  barometer: z
    .object({
      release: z.string(),
      filter: z.record(z.string(), z.string()),
      cells: z.array(cellSchema).readonly(),
      coverage: coverageSchema,
      provisional: z.boolean(),
      /** True where a document counts in each of its themes: cells by theme then add up to more than the whole. */
      severalThemes: z.boolean(),
      /** Labels that the release keeps back, and why. */
      withheld: z.array(withheldSchema).readonly(),
    })
    .nullable(),
});
export type BarometerAnswer = z.output<typeof answerSchema>;

/** Routes of the barometer. */
export function barometerRoutes(reader: Reader): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/barometer',
      {
        schema: {
          summary: 'Barometer of the latest release',
          tags: ['decide'],
          querystring: querySchema,
          response: { 200: answerSchema },
        },
      },
      async (request) => {
        const { counting, by, ...filter } = request.query;
        const dimensions = [...new Set(by.split(','))] as Dimension[];
        const barometer = await reader.barometer(filter, counting, dimensions);
        if (barometer === null) return { barometer };
        const { withheld = [], ...rest } = barometer;
        return { barometer: { ...rest, withheld, filter: definedOf(filter) } };
      },
    );
  };
}

function definedOf(filter: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
