// GET /api/v1/runs, /api/v1/runs/:id, and its events as they happen.

import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { type Reader, RUN_STATES, STAGES } from '../run/reader.ts';
import { eventFrames } from './event-stream.ts';

const stageSchema = z.object({
  stage: z.enum(STAGES),
  total: z.int().nullable(),
  done: z.int(),
  refused: z.int(),
});

const runSchema = z.object({
  id: z.string(),
  command: z.string(),
  state: z.enum(RUN_STATES),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  stages: z.array(stageSchema).readonly(),
  error: z.string().nullable(),
});

const runsSchema = z.object({ runs: z.array(runSchema).readonly() });
export type RunsAnswer = z.output<typeof runsSchema>;

const eventSchema = z.object({
  seq: z.int(),
  at: z.string(),
  kind: z.enum(['started', 'progress', 'ended']),
  state: z.enum(RUN_STATES),
  stages: z.array(stageSchema).readonly(),
});
/** What `data:` holds on the event stream. */
export type RunEventAnswer = z.output<typeof eventSchema>;

const params = z.object({ id: z.string().min(1).max(100) });

export interface StreamLimits {
  /** Streams open at once, all readers together. */
  readonly streams: number;
  readonly heartbeatMs: number;
}

/** Routes of runs. Streams end with the run, with the reader, or with the server. */
export function runRoutes(reader: Reader, limits: StreamLimits): FastifyPluginAsyncZod {
  return async (server) => {
    const closing = new AbortController();
    let open = 0;
    server.addHook('preClose', async () => closing.abort());

    server.get(
      '/api/v1/runs',
      { schema: { summary: 'Runs, newest first', tags: ['runs'], response: { 200: runsSchema } } },
      async () => ({ runs: await reader.runs() }),
    );
    server.get(
      '/api/v1/runs/:id',
      { schema: { summary: 'One run', tags: ['runs'], params, response: { 200: runSchema } } },
      async (request) => requireRun(reader, request.params.id),
    );
    server.get(
      '/api/v1/runs/:id/events',
      {
        schema: {
          summary: 'Progress of a run, as server-sent events',
          tags: ['runs'],
          params,
          headers: z.object({ 'last-event-id': z.coerce.number().int().min(0).optional() }),
          response: { 200: { content: { 'text/event-stream': { schema: eventSchema } } } },
        },
      },
      async (request, reply) => {
        await requireRun(reader, request.params.id);
        if (open >= limits.streams) {
          throw new DataSensError('locked', 'too many progress streams are open', { remedy: 'close some and retry' });
        }
        open += 1;
        const left = new AbortController();
        reply.raw.once('close', () => {
          open -= 1;
          left.abort();
        });
        const frames = eventFrames(reader, {
          run: request.params.id,
          after: request.headers['last-event-id'] ?? 0,
          signal: AbortSignal.any([left.signal, closing.signal]),
          heartbeatMs: limits.heartbeatMs,
        });
        reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no');
        return reply.type('text/event-stream; charset=utf-8').send(Readable.from(frames) as never);
      },
    );
  };
}

async function requireRun(reader: Reader, id: string) {
  const run = await reader.run(id);
  if (run === null) throw new DataSensError('not-found', 'there is no such run');
  return run;
}
