// /api/v1/review: what a person is asked to judge, their answers, and what readers disagree on.

import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import type { ReviewDesk, Reviewer } from '../run/review-desk.ts';
import { mayDo } from './permissions.ts';
import {
  answeredSchema,
  answerSchema,
  bulkCountSchema,
  bulkFilterSchema,
  conflictsSchema,
  documentSchema,
  givenSchema,
  itemSchema,
  listQuerySchema,
  listSchema,
  nextSchema,
  overviewSchema,
  undoneSchema,
} from './review-schemas.ts';

const tags = ['review'];
const params = z.object({ document: documentSchema });
const nothing = z.strictObject({});

const idempotent = z.object({
  'idempotency-key': z.uuid().describe('of this answer: sent again, it is kept once'),
});
const writeHeaders = idempotent.extend({
  'if-match': z
    .string()
    .regex(/^(?:W\/)?"?\d{1,9}"?$/)
    .describe('the etag that the item was read with'),
});

/** Routes of the review. A document answered meanwhile is 409: what came first stands. */
export function reviewRoutes(desk: ReviewDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/review',
      {
        schema: {
          summary: 'The codebook to judge by, and how far the review is',
          tags,
          response: { 200: overviewSchema },
        },
      },
      (request) => desk.overview(reviewerOf(request)),
    );
    server.post(
      '/api/v1/review/draw',
      {
        schema: {
          summary: 'Draw the queue again from the documents there are now',
          tags,
          body: nothing,
          response: { 200: z.object({ items: z.int() }) },
        },
      },
      async (request) => ({ items: await desk.draw(reviewerOf(request)) }),
    );
    server.post(
      '/api/v1/review/next',
      {
        schema: {
          summary: 'The next items, kept for whoever asks',
          tags,
          body: z.strictObject({ limit: z.int().min(1).max(50).default(1) }),
          response: { 200: nextSchema },
        },
      },
      async (request) => ({ items: await desk.next(reviewerOf(request), request.body.limit) }),
    );
    server.get(
      '/api/v1/review/items',
      { schema: { summary: 'Items of the queue', tags, querystring: listQuerySchema, response: { 200: listSchema } } },
      (request) => {
        const { state = null, label = null, annotator = null, cause = null, cursor = null, limit } = request.query;
        return desk.items(reviewerOf(request), { state, label, annotator, cause, cursor, limit });
      },
    );
    server.get(
      '/api/v1/review/items/:document',
      { schema: { summary: 'One document, as its reader may see it', tags, params, response: { 200: itemSchema } } },
      async (request) => {
        const item = await desk.item(reviewerOf(request), request.params.document);
        if (item === null) throw new DataSensError('not-found', 'there is no such document');
        return item;
      },
    );
    server.put(
      '/api/v1/review/items/:document/draft',
      {
        schema: {
          summary: 'Keep what is begun',
          tags,
          params,
          body: z.strictObject({ draft: z.record(z.string(), z.json()) }),
          response: { 200: z.object({ saved: z.literal(true) }) },
        },
      },
      async (request) => {
        await desk.saveDraft(reviewerOf(request), request.params.document, request.body.draft);
        return { saved: true as const };
      },
    );
    server.post(
      '/api/v1/review/answers',
      {
        schema: {
          summary: 'Answer an item, or leave it to others',
          tags,
          headers: writeHeaders,
          body: givenSchema,
          response: { 200: answeredSchema },
        },
      },
      (request) =>
        desk.answer(reviewerOf(request), {
          ...request.body,
          id: request.headers['idempotency-key'],
          etag: etagOf(request.headers['if-match']),
        }),
    );
    server.post(
      '/api/v1/review/undo',
      {
        schema: {
          summary: 'Take back an answer',
          tags,
          headers: writeHeaders,
          body: givenSchema.pick({ document: true, settles: true }),
          response: { 200: undoneSchema },
        },
      },
      (request) =>
        desk.undo(reviewerOf(request), {
          ...request.body,
          id: request.headers['idempotency-key'],
          etag: etagOf(request.headers['if-match']),
        }),
    );
    server.get(
      '/api/v1/review/conflicts',
      {
        schema: {
          summary: 'What readers disagree on, their answers side by side',
          tags,
          response: { 200: conflictsSchema },
        },
      },
      async (request) => ({ conflicts: await desk.conflicts(reviewerOf(request)) }),
    );
    server.post(
      '/api/v1/review/bulk/count',
      {
        schema: {
          summary: 'How many documents of a filter no person has judged',
          tags,
          body: z.strictObject({ filter: bulkFilterSchema, task: z.string().min(1).max(64) }),
          response: { 200: bulkCountSchema },
        },
      },
      async (request) => ({
        documents: await desk.countBulk(reviewerOf(request), request.body.filter, request.body.task),
      }),
    );
    server.post(
      '/api/v1/review/bulk',
      {
        schema: {
          summary: 'One answer for every document of a filter; never counted in measures',
          tags,
          headers: idempotent,
          body: z.strictObject({ filter: bulkFilterSchema, answer: answerSchema, confirmed: z.int().min(1).max(5000) }),
          response: { 200: bulkCountSchema },
        },
      },
      async (request) => ({
        documents: await desk.bulk(reviewerOf(request), {
          ...request.body,
          id: request.headers['idempotency-key'],
        }),
      }),
    );
    server.post(
      '/api/v1/review/bulk/undo',
      {
        schema: {
          summary: 'Take back a bulk answer',
          tags,
          body: z.strictObject({ id: z.uuid() }),
          response: { 200: bulkCountSchema },
        },
      },
      async (request) => ({ documents: await desk.undoBulk(reviewerOf(request), request.body.id) }),
    );
  };
}

/** Who asks, and whether they may settle what they have read themselves. */
function reviewerOf({ actor }: FastifyRequest): Reviewer {
  return { person: actor.person, settles: mayDo(actor.roles, 'settle') };
}

const etagOf = (header: string) => header.replace(/^(?:W\/)?"?|"$/g, '');
