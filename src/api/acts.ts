// GET /api/v1/acts: the journal of who did what, and whether it is whole.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ActDesk } from '../run/act-desk.ts';

const tags = ['people'];

const actsSchema = z.object({
  acts: z
    .array(
      z.object({
        seq: z.int(),
        at: z.string(),
        actor: z.string(),
        verb: z.string(),
        object: z.string(),
        why: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    )
    .readonly(),
  before: z.int().nullable(),
});
export type ActsAnswer = z.output<typeof actsSchema>;

const verdictSchema = z.object({ count: z.int(), broken: z.int().nullable() });
export type ActsVerdictAnswer = z.output<typeof verdictSchema>;

/** Routes of the journal. */
export function actRoutes(desk: ActDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/acts',
      {
        schema: {
          summary: 'Acts, newest first, 50 at a time',
          tags,
          querystring: z.strictObject({
            before: z.coerce.number().int().min(1).optional(),
            actor: z.string().min(1).max(100).optional(),
          }),
          response: { 200: actsSchema },
        },
      },
      ({ query: { before = null, actor = null } }) => desk.list({ before, actor }),
    );
    server.get(
      '/api/v1/acts/verdict',
      { schema: { summary: 'Recompute the chain of acts', tags, response: { 200: verdictSchema } } },
      () => desk.verify(),
    );
  };
}
