// GET /api/v1/runs, /api/v1/runs/:id, and its events as they happen.

import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { type Reader, RUN_STATES } from '../run/reader.ts';
import { eventFrames } from './event-stream.ts';
import { remainingSchema, runSchema, stageSchema } from './run-schemas.ts';

const runsSchema = z.object({ runs: z.array(runSchema).readonly() });
export type RunsAnswer = z.output<typeof runsSchema>;

const eventSchema = z.object({
  seq: z.int(),
  at: z.string(),
  kind: z.enum(['started', 'progress', 'ended']),
  state: z.enum(RUN_STATES),
  stages: z.array(stageSchema).readonly(),
  remaining: remainingSchema.nullable(),
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
          // As the header, for a reader that must connect anew.
          querystring: z.object({ after: z.coerce.number().int().min(0).optional() }),
          response: { 200: { content: { 'text/event-stream': { schema: eventSchema } } }, 204: z.undefined() },
        },
      },
      async (request, reply) => {
        const run = await requireRun(reader, request.params.id);
        const after = request.headers['last-event-id'] ?? request.query.after ?? 0;
        // A reader that saw the end comes back for nothing: 204 tells it to stay away (HTML, server-sent events).
        if (run.endedAt !== null && (await reader.runEvents(run.id, after)).length === 0) {
          return reply.code(204).send();
        }
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
          after,
          signal: AbortSignal.any([left.signal, closing.signal]),
          heartbeatMs: limits.heartbeatMs,
          isAllowed: request.isStillAllowed,
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
