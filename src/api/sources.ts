// /api/v1/sources: what is collected and how it fares; a source tried before it is saved; changes of the settings file.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Invalid, SourceDesk } from '../run/desk.ts';
import { sendMistakes } from './problem.ts';
import {
  catalogueSchema,
  draftSchema,
  inputsSchema,
  nameSchema,
  previewSchema,
  refusalsSchema,
  rhythmSchema,
  savedSchema,
  sourceSchema,
  sourcesSchema,
  testSchema,
  triedSchema,
} from './source-schemas.ts';

const params = z.object({ name: nameSchema });
const nothing = z.strictObject({});
const tags = ['sources'];

/** `If-Match` holds the `etag` of the settings as they were read; `If-None-Match: *` refuses a name that is taken. */
const writeHeaders = z.object({
  'if-match': z.string().min(1).max(200).describe('the etag that the sources were read with'),
  'if-none-match': z.literal('*').optional().describe('`*`: only where no source has this name'),
});

/** Routes of sources. What is wrong with a proposed source is 422, each mistake with its field. */
export function sourceRoutes(desk: SourceDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/collectors',
      { schema: { summary: 'Collectors, by their own schemas', tags, response: { 200: catalogueSchema } } },
      () => desk.catalogue(),
    );
    server.get(
      '/api/v1/inputs',
      { schema: { summary: 'Files of the project that a source may name', tags, response: { 200: inputsSchema } } },
      async () => ({ files: await desk.inputs() }),
    );
    server.get(
      '/api/v1/rhythm',
      {
        schema: {
          summary: 'When a rhythm falls next',
          tags,
          querystring: z.strictObject({ every: z.string().min(1).max(200) }),
          response: { 200: rhythmSchema },
        },
      },
      async (request) => desk.rhythm(request.query.every),
    );
    server.get(
      '/api/v1/sources',
      { schema: { summary: 'Sources and their health', tags, response: { 200: sourcesSchema } } },
      () => desk.list(),
    );
    server.get(
      '/api/v1/sources/:name',
      { schema: { summary: 'One source', tags, params, response: { 200: sourceSchema } } },
      async (request) => {
        const source = await desk.get(request.params.name);
        if (source === null) throw new DataSensError('not-found', `there is no source \`${request.params.name}\``);
        return source;
      },
    );
    server.get(
      '/api/v1/sources/:name/refusals',
      {
        schema: {
          summary: 'Dead letters of a source, newest first',
          tags,
          params,
          querystring: z.strictObject({
            state: z.enum(['open', 'all']).default('open'),
            cursor: z.string().max(40).optional(),
          }),
          response: { 200: refusalsSchema },
        },
      },
      ({ params: { name }, query: { state, cursor = null } }) =>
        desk.refusals(name, { open: state === 'open', cursor }),
    );
    server.post(
      '/api/v1/sources/test',
      {
        schema: {
          summary: 'Reach a source that is not saved; nothing is stored',
          tags,
          body: triedSchema,
          response: { 200: testSchema },
        },
      },
      async (request, reply) => {
        const result = await desk.test(configured(request.body), signalOf(reply));
        return result.kind === 'invalid' ? refuse(result, request, reply) : result;
      },
    );
    server.post(
      '/api/v1/sources/preview',
      {
        schema: {
          summary: 'Read 20 records of a source that is not saved, personal data masked; nothing is stored',
          tags,
          body: triedSchema,
          response: { 200: previewSchema },
        },
      },
      async (request, reply) => {
        const result = await desk.preview(configured(request.body), signalOf(reply));
        return result.kind === 'invalid' ? refuse(result, request, reply) : result;
      },
    );
    server.put(
      '/api/v1/sources/:name',
      {
        schema: {
          summary: 'Add or replace a source in datasens.yaml',
          tags,
          params,
          headers: writeHeaders,
          body: draftSchema,
          response: { 200: savedSchema },
        },
      },
      async (request, reply) => {
        const etag = request.headers['if-match'].replace(/^(?:W\/)?"|"$/g, '');
        const seen = { etag, isNew: request.headers['if-none-match'] === '*', by: request.actor.person };
        const result = await desk.save(request.params.name, configured(request.body), seen);
        return result.kind === 'invalid' ? refuse(result, request, reply) : { etag: result.etag };
      },
    );
    for (const [verb, paused] of [
      ['pause', true],
      ['resume', false],
    ] as const) {
      server.post(
        `/api/v1/sources/:name/${verb}`,
        {
          schema: {
            summary: paused ? 'Collect a source only when it is named' : 'Collect a source again',
            tags,
            params,
            body: nothing,
            response: { 200: savedSchema },
          },
        },
        async (request, reply) => {
          const result = await desk.setPaused(request.params.name, paused, request.actor.person);
          return result.kind === 'invalid' ? refuse(result, request, reply) : { etag: result.etag };
        },
      );
    }
    server.post(
      '/api/v1/sources/:name/duplicate',
      {
        schema: {
          summary: 'A paused copy of a source under another name',
          tags,
          params,
          body: z.strictObject({ name: nameSchema }),
          response: { 200: savedSchema },
        },
      },
      async (request, reply) => {
        const result = await desk.duplicate(request.params.name, request.body.name, request.actor.person);
        return result.kind === 'invalid' ? refuse(result, request, reply) : { etag: result.etag };
      },
    );
  };
}

/** JSON came in: what stands under `with` is JSON. */
function configured<Body extends { readonly with: Readonly<Record<string, unknown>> }>(body: Body) {
  return { ...body, with: body.with as JsonObject };
}

/** Aborts when whoever asked has left. */
function signalOf(reply: FastifyReply): AbortSignal {
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  return left.signal;
}

function refuse({ problems }: Invalid, request: FastifyRequest, reply: FastifyReply): never {
  const mistakes = problems.map(({ field, message, code, line }) => ({
    pointer: field === '' ? '/' : field,
    detail: message,
    code,
    ...(line === null ? {} : { line }),
  }));
  return sendMistakes(mistakes, request, reply) as never;
}
