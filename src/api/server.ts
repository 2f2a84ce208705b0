// The workbench's server: the API, its OpenAPI document, and the built web beside it.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import { type FastifyInstance, fastify } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { DataSensError } from '../model/error.ts';
import type { SourceDesk } from '../run/desk.ts';
import type { Reader } from '../run/reader.ts';
import type { ReviewDesk } from '../run/review-desk.ts';
import type { RunDesk } from '../run/run-desk.ts';
import { barometerRoutes } from './barometer.ts';
import { copyRoutes } from './copies.ts';
import { documentRoutes } from './documents.ts';
import { journeyRoutes } from './journey.ts';
import { sendProblem } from './problem.ts';
import { protect } from './protection.ts';
import { releaseRoutes } from './releases.ts';
import { type ReviewerOf, reviewRoutes } from './review.ts';
import { runDeskRoutes } from './run-desk.ts';
import { runRoutes, type StreamLimits } from './runs.ts';
import { sourceRoutes } from './sources.ts';

export interface ServerOptions {
  /** Folder of the built web, or null to serve the API alone. */
  readonly web: string | null;
  readonly logger?: boolean;
  readonly streams?: StreamLimits;
  /** What changes things; the workbench only reads where absent. */
  readonly desks?: { readonly sources?: SourceDesk; readonly runs?: RunDesk; readonly review?: ReviewDesk };
  /** Who reviews; whoever sits at the machine where absent. */
  readonly reviewerOf?: ReviewerOf;
}

const BODY_LIMIT_BYTES = 1024 * 1024;

/** Builds the server; it listens only once `listenLocally` is called. */
export async function buildServer(reader: Reader, options: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    logger: options.logger ?? false,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler(sendProblem);
  protect(server);
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'DataSens', version: '1', description: 'What the workbench reads and changes.' },
    },
    transform: jsonSchemaTransform,
  });
  await server.register(journeyRoutes(reader));
  await server.register(barometerRoutes(reader));
  await server.register(documentRoutes(reader));
  await server.register(copyRoutes(reader));
  await server.register(runRoutes(reader, options.streams ?? { streams: 64, heartbeatMs: 15_000 }));
  if (options.desks?.runs) await server.register(runDeskRoutes(options.desks.runs));
  await server.register(releaseRoutes(reader));
  if (options.desks?.sources) await server.register(sourceRoutes(options.desks.sources));
  if (options.desks?.review) {
    const reviewerOf = options.reviewerOf ?? (() => ({ person: 'person:local', settles: true }));
    await server.register(reviewRoutes(options.desks.review, reviewerOf));
  }
  server.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(server.swagger())),
  );
  if (options.web !== null) await serveWeb(server, options.web);
  if (options.web === null) {
    server.setNotFoundHandler((request, reply) => sendProblem(missing(), request, reply));
  }
  await server.ready();
  return server;
}

/**
 * Listens on the loopback only: there is no sign-in yet, and the corpus is not public.
 * @returns the address to open.
 */
export async function listenLocally(server: FastifyInstance, port: number): Promise<string> {
  return server.listen({ host: '127.0.0.1', port });
}

async function serveWeb(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: folder,
    index: 'index.html',
    // Vite writes a hash in the name of everything under assets/.
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(folder, 'assets'));
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
    cacheControl: false,
  });
  server.setNotFoundHandler((request, reply) => {
    const screen = request.method === 'GET' && !request.url.startsWith('/api/') && !/\.\w+$/.test(request.url);
    return screen ? reply.sendFile('index.html') : sendProblem(missing(), request, reply);
  });
}

function missing(): DataSensError {
  return new DataSensError('not-found', 'there is nothing at this address');
}
