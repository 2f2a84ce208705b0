// /api/v1/evaluation: how far labels can be trusted, and the documents on which not everybody says the same.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DIVERGENCES, type EvaluationDesk } from '../run/evaluation-desk.ts';
import { evaluationSchema, withheldSchema } from '../run/evaluation-schema.ts';

const latestSchema = z.object({
  /** Null before a first evaluation. */
  evaluation: evaluationSchema.nullable(),
  withheld: z.array(withheldSchema.extend({ release: z.string() })).readonly(),
  past: z.boolean(),
});
export type EvaluationAnswer = z.output<typeof latestSchema>;

const divergencesSchema = z.object({
  items: z
    .array(
      z.object({
        document: z.string(),
        source: z.string(),
        drawn: z.enum(['random', 'other']),
        decided: z.string().nullable(),
        readers: z.array(z.string()).readonly(),
        machines: z.array(z.object({ annotator: z.string(), said: z.string() })).readonly(),
      }),
    )
    .readonly(),
  nextCursor: z.string().nullable(),
});
export type DivergencesAnswer = z.output<typeof divergencesSchema>;

const divergencesQuery = z.strictObject({
  task: z.string().min(1).max(200),
  kind: z.enum(DIVERGENCES).default('machine'),
  cursor: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** Routes of the evaluation. */
export function evaluationRoutes(desk: EvaluationDesk): FastifyPluginAsyncZod {
  return async (server) => {
    const tags = ['annotate'];
    server.get(
      '/api/v1/evaluation',
      { schema: { summary: 'The last evaluation, and what bars keep back', tags, response: { 200: latestSchema } } },
      () => desk.latest(),
    );
    server.post(
      '/api/v1/evaluation',
      { schema: { summary: 'Evaluate now', tags, response: { 200: latestSchema } } },
      async (request) => {
        await desk.evaluate(request.actor.person);
        return desk.latest();
      },
    );
    server.get(
      '/api/v1/evaluation/divergences',
      {
        schema: {
          summary: 'Documents on which not everybody says the same',
          tags,
          querystring: divergencesQuery,
          response: { 200: divergencesSchema },
        },
      },
      ({ query: { cursor = null, ...query } }) => desk.divergences({ ...query, cursor }),
    );
  };
}
