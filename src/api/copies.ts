// GET /api/v1/clusters, and one of them: who copied whom, and what each adds.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { COPY_FILTERS, COPY_KINDS } from '../run/copy-views.ts';
import type { Reader } from '../run/reader.ts';

const cursor = z.string().min(1).max(200).optional();

const groupSchema = z.object({
  id: z.string(),
  kind: z.enum(COPY_KINDS),
  document: z.string(),
  campaign: z.boolean(),
  documents: z.int(),
  wordings: z.int(),
  sources: z.int(),
  share: z.number(),
  dated: z.int(),
  firstOn: z.string().nullable(),
  lastOn: z.string().nullable(),
  peakOn: z.string().nullable(),
  peakDocuments: z.int(),
  densestOn: z.string().nullable(),
  densestDocuments: z.int(),
  timeline: z.array(z.int()).readonly(),
  title: z.string().nullable(),
  language: z.string(),
  excerpt: z.string(),
});
export type CopyGroupAnswer = z.output<typeof groupSchema>;

const groupsSchema = z.object({
  totals: z.object({ clusters: z.int(), copies: z.int(), models: z.int(), campaigns: z.int() }),
  items: z.array(groupSchema).readonly(),
  nextCursor: z.string().nullable(),
});
export type CopyGroupsAnswer = z.output<typeof groupsSchema>;

const pageSchema = groupSchema.extend({
  text: z.string(),
  truncated: z.boolean(),
  members: z
    .array(
      z.object({
        documents: z.int(),
        reference: z.boolean(),
        share: z.number(),
        text: z.string(),
        language: z.string(),
        truncated: z.boolean(),
        distinct: z.array(z.object({ start: z.int(), end: z.int() })).readonly(),
        copies: z
          .array(
            z.object({
              id: z.string(),
              title: z.string().nullable(),
              source: z.string(),
              published: z.string().nullable(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
  nextCursor: z.string().nullable(),
});
export type CopyGroupPageAnswer = z.output<typeof pageSchema>;

/** Routes of copies: clusters of near copies, and models that several texts fill in. */
export function copyRoutes(reader: Reader): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/clusters',
      {
        schema: {
          summary: 'Groups of copies, largest first',
          tags: ['copies'],
          querystring: z.strictObject({
            only: z.enum(COPY_FILTERS).optional(),
            cursor,
            limit: z.coerce.number().int().min(1).max(100).default(20),
          }),
          response: { 200: groupsSchema },
        },
      },
      async ({ query }) =>
        reader.clusters({ only: query.only ?? null, cursor: query.cursor ?? null, limit: query.limit }),
    );
    server.get(
      '/api/v1/clusters/:id',
      {
        schema: {
          summary: 'One group of copies, with what is distinct in each wording',
          tags: ['copies'],
          params: z.object({ id: z.string().regex(/^(?:near|partial)-[0-9a-f]{64}$/) }),
          querystring: z.strictObject({ cursor, limit: z.coerce.number().int().min(1).max(50).default(10) }),
          response: { 200: pageSchema },
        },
      },
      async ({ params, query }) => {
        const group = await reader.cluster(params.id, { cursor: query.cursor ?? null, limit: query.limit });
        if (group === null) throw new DataSensError('not-found', 'there is no such group of copies');
        return group;
      },
    );
  };
}
