// What may be asked of runs: POST /api/v1/runs and its neighbours, each answered by the desk.

import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { canonicalJson } from '../model/json.ts';
import { JOURNEY_STEPS } from '../run/journey-request.ts';
import { RUN_STATES } from '../run/reader.ts';
import type { RunAsked, RunAsker, RunDesk } from '../run/run-desk.ts';
import { detailSchema, differenceSchema, estimateSchema } from './run-schemas.ts';

const askedSchema = z.strictObject({
  steps: z
    .array(z.enum(JOURNEY_STEPS))
    .min(1)
    .default([...JOURNEY_STEPS]),
  sources: z.array(z.string().min(1).max(200)).min(1).max(1000).optional().describe('all of them when absent'),
  refused: z.boolean().optional().describe('reads again the places that were refused, changed or not'),
  accept: z.boolean().optional().describe('takes places that hold far less than before for right'),
});

const choicesSchema = z.object({
  steps: z.array(z.enum(JOURNEY_STEPS)).readonly(),
  sources: z.array(z.string()).readonly(),
  busy: z.string().nullable(),
});
export type RunChoicesAnswer = z.output<typeof choicesSchema>;

const estimateAnswerSchema = z.object({ estimate: estimateSchema.nullable() });
export type EstimateAnswer = z.output<typeof estimateAnswerSchema>;

const startedSchema = z.object({ run: z.string() });
export type StartedAnswer = z.output<typeof startedSchema>;
const cancelledSchema = z.object({ run: z.string(), state: z.enum(RUN_STATES) });
export type CancelledAnswer = z.output<typeof cancelledSchema>;

const params = z.object({ id: z.string().min(1).max(100) });

/** Routes that start, stop, retry and look into runs. */
export function runDeskRoutes(desk: RunDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/runs/choices',
      { schema: { summary: 'What a run may be asked to do', tags: ['runs'], response: { 200: choicesSchema } } },
      async () => desk.choices(),
    );
    server.post(
      '/api/v1/runs/estimate',
      {
        schema: {
          summary: 'How long a run would take, from past runs; null without history',
          tags: ['runs'],
          body: askedSchema,
          response: { 200: estimateAnswerSchema },
        },
      },
      async (request) => ({ estimate: await desk.estimate(askedOf(request.body)) }),
    );
    server.post(
      '/api/v1/runs',
      { schema: { summary: 'Start a run', tags: ['runs'], body: askedSchema, response: { 202: startedSchema } } },
      async (request, reply) => {
        const run = await desk.start(askedOf(request.body), askerOf(request));
        return reply.code(202).header('location', `/api/v1/runs/${run}`).send({ run });
      },
    );
    server.post(
      '/api/v1/runs/:id/cancel',
      {
        schema: {
          summary: 'Stop a run, whichever process holds it; what it did is kept',
          tags: ['runs'],
          params,
          response: { 202: cancelledSchema },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        return reply.code(202).send({ run: id, state: await desk.cancel(id, request.actor.person) });
      },
    );
    server.post(
      '/api/v1/runs/:id/retry',
      {
        schema: {
          summary: 'Do again what failed in a run, or what it left',
          tags: ['runs'],
          params,
          response: { 202: startedSchema },
        },
      },
      async (request, reply) => {
        const run = await desk.retry(request.params.id, askerOf(request));
        return reply.code(202).header('location', `/api/v1/runs/${run}`).send({ run });
      },
    );
    server.get(
      '/api/v1/runs/:id/detail',
      { schema: { summary: 'One run in full', tags: ['runs'], params, response: { 200: detailSchema } } },
      async (request) => found(await desk.detail(request.params.id)),
    );
    server.get(
      '/api/v1/runs/:id/difference',
      {
        schema: {
          summary: 'What a run brought that the one before it had not',
          tags: ['runs'],
          params,
          response: { 200: differenceSchema },
        },
      },
      async (request) => found(await desk.difference(request.params.id)),
    );
    server.get(
      '/api/v1/runs/:id/manifest',
      { schema: { summary: 'A run as one JSON document to keep', tags: ['runs'], params } },
      async (request, reply) => {
        const manifest = found(await desk.manifest(request.params.id));
        const name = `datasens-run-${String(manifest.id).slice(0, 8)}.json`;
        return reply
          .type('application/json')
          .header('content-disposition', `attachment; filename="${name}"`)
          .send(`${canonicalJson(manifest)}\n`);
      },
    );
  };
}

function askerOf({ actor, id }: Pick<FastifyRequest, 'actor' | 'id'>): RunAsker {
  return { by: actor.person, requestId: id };
}

function askedOf({ steps, sources, refused, accept }: z.output<typeof askedSchema>): RunAsked {
  return {
    steps: JOURNEY_STEPS.filter((step) => steps.includes(step)),
    ...(sources === undefined ? {} : { sources }),
    ...(refused ? { refused } : {}),
    ...(accept ? { accept } : {}),
  };
}

function found<Found>(answer: Found | null): Found {
  if (answer === null) throw new DataSensError('not-found', 'there is no such run');
  return answer;
}
