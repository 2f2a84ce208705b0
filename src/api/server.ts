// The workbench's server: the API, its OpenAPI document, and the built web beside it.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import { type FastifyInstance, fastify } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { DataSensError } from '../model/error.ts';
import type { AccountDesk, SessionDesk } from '../run/account-desk.ts';
import type { CodebookDesk } from '../run/codebook-desk.ts';
import type { SourceDesk } from '../run/desk.ts';
import type { StepsDesk } from '../run/document-steps.ts';
import type { EvaluationDesk } from '../run/evaluation-desk.ts';
import type { Reader } from '../run/reader.ts';
import type { RecipeDesk } from '../run/recipe-desk.ts';
import type { RunDesk } from '../run/run-desk.ts';
import type { TerritoryDesk } from '../run/territory-desk.ts';
import type { ThemeDesk } from '../run/theme-desk.ts';
import { accountRoutes } from './accounts.ts';
import { barometerRoutes } from './barometer.ts';
import { codebookRoutes } from './codebook.ts';
import { contextRoutes } from './context.ts';
import { copyRoutes } from './copies.ts';
import { stepRoutes } from './document-steps.ts';
import { documentRoutes } from './documents.ts';
import { evaluationRoutes } from './evaluation.ts';
import { guard } from './guard.ts';
import { journeyRoutes } from './journey.ts';
import { sendProblem } from './problem.ts';
import { protect } from './protection.ts';
import { recipeRoutes } from './recipes.ts';
import { releaseRoutes } from './releases.ts';
import { runDeskRoutes } from './run-desk.ts';
import { runRoutes, type StreamLimits } from './runs.ts';
import { sessionRoutes } from './session.ts';
import { sourceRoutes } from './sources.ts';
import { territoryRoutes } from './territory.ts';
import { themeRoutes } from './themes.ts';

export interface ServerOptions {
  /** Folder of the built web, or null to serve the API alone. */
  readonly web: string | null;
  readonly logger?: boolean;
  readonly streams?: StreamLimits;
  /** What changes things; the workbench only reads where absent. */
  readonly desks?: {
    readonly sources?: SourceDesk;
    readonly runs?: RunDesk;
    readonly recipes?: RecipeDesk;
    readonly steps?: StepsDesk;
    readonly territory?: TerritoryDesk;
    readonly evaluation?: EvaluationDesk;
    /** Who comes in, and who may; where absent, whoever asks has every right. */
    readonly sessions?: SessionDesk;
    readonly accounts?: AccountDesk;
    readonly codebook?: CodebookDesk;
    readonly themes?: ThemeDesk;
  };
  /** The https address that people open, where a proxy stands in front; null on the loopback alone. */
  readonly origin?: URL | null;
}

const BODY_LIMIT_BYTES = 1024 * 1024;

/** Builds the server; it listens only once it is told to. */
export async function buildServer(reader: Reader, options: ServerOptions): Promise<FastifyInstance> {
  const { origin = null, desks = {} } = options;
  const session = { sessions: desks.sessions ?? null, isSecure: origin?.protocol === 'https:' };
  const server = fastify({
    logger: options.logger ?? false,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    // The proxy in front says where people come from: the last address of its header, which it wrote itself.
    trustProxy: origin === null ? false : (_address, hop) => hop === 0,
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler(sendProblem);
  protect(server, origin);
  guard(server, session);
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'DataSens', version: '1', description: 'What the workbench reads and changes.' },
    },
    transform: jsonSchemaTransform,
  });
  await server.register(sessionRoutes(session));
  if (desks.accounts) await server.register(accountRoutes(desks.accounts));
  await server.register(journeyRoutes(reader));
  await server.register(barometerRoutes(reader));
  await server.register(documentRoutes(reader));
  await server.register(copyRoutes(reader));
  await server.register(contextRoutes(reader));
  await server.register(runRoutes(reader, options.streams ?? { streams: 64, heartbeatMs: 15_000 }));
  if (desks.runs) await server.register(runDeskRoutes(desks.runs));
  if (desks.evaluation) await server.register(evaluationRoutes(desks.evaluation));
  await server.register(releaseRoutes(reader));
  if (desks.steps) await server.register(stepRoutes(desks.steps));
  if (desks.recipes) await server.register(recipeRoutes(desks.recipes));
  if (desks.territory) await server.register(territoryRoutes(desks.territory));
  if (desks.sources) await server.register(sourceRoutes(desks.sources));
  if (desks.codebook) await server.register(codebookRoutes(desks.codebook));
  if (desks.themes) await server.register(themeRoutes(desks.themes));
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

/** As `listenAt`, on the loopback only. */
export function listenLocally(server: FastifyInstance, port: number): Promise<string> {
  return listenAt(server, { host: '127.0.0.1', port });
}

/**
 * Listens where `exposureOf` allows it.
 * @returns the address to open on this machine.
 * @throws locked where another program has the port, refused where this one may not have it
 */
export async function listenAt(
  server: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new DataSensError('locked', `another program listens on port ${port}`, {
        cause,
        remedy: 'close it (it may be DataSens, already open there), or give another port with --port',
      });
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new DataSensError('usage', `${host} is no address of this machine`, { cause, remedy: 'correct --host' });
    }
    if (code !== 'EACCES') throw cause;
    throw new DataSensError('refused', `the system keeps port ${port} for itself`, {
      cause,
      remedy: 'give a port from 1024 on with --port',
    });
  }
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
