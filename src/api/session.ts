// /api/v1/session and /api/v1/me: coming in, going out, who one is, one's own password.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { ROLES } from '../model/person.ts';
import type { SessionDesk, Visitor } from '../run/account-desk.ts';
import { RIGHT_NAMES, RIGHTS, rightsOf } from './permissions.ts';
import { sendMistakes } from './problem.ts';
import { readToken, writeToken } from './session-cookie.ts';

const tags = ['people'];
const roles = z.array(z.enum(ROLES)).readonly();

const meSchema = z.object({
  person: z.string(),
  /** Null where the machine has no accounts: whoever sits there has every right. */
  account: z.object({ signIn: z.string(), name: z.string() }).nullable(),
  roles,
  rights: z.array(z.enum(RIGHT_NAMES)).readonly(),
  mustChange: z.boolean(),
});
export type MeAnswer = z.output<typeof meSchema>;

const rightsSchema = z.object({
  rights: z.array(z.object({ right: z.enum(RIGHT_NAMES), roles })).readonly(),
});
export type RightsAnswer = z.output<typeof rightsSchema>;

/** Longer than any password that is taken: what is compared is bounded. */
const password = z.string().min(1).max(1000);

interface SessionRouteOptions {
  readonly sessions: SessionDesk | null;
  readonly isSecure: boolean;
}

/** Routes of one's own session. */
export function sessionRoutes({ sessions, isSecure }: SessionRouteOptions): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/me',
      { schema: { summary: 'Who asks, and what they may', tags, response: { 200: meSchema } } },
      async (request) => meOf(request.visitor!),
    );
    server.get(
      '/api/v1/rights',
      { schema: { summary: 'Which roles have which rights', tags, response: { 200: rightsSchema } } },
      async () => ({ rights: RIGHT_NAMES.map((right) => ({ right, roles: RIGHTS[right] })) }),
    );
    if (sessions === null) return;

    server.post(
      '/api/v1/session',
      {
        schema: {
          summary: 'Sign in',
          tags,
          body: z.strictObject({ signIn: z.string().min(1).max(200), password }),
          response: { 200: meSchema },
        },
      },
      async (request, reply) => {
        if (await sessions.isOpen()) {
          throw new DataSensError('refused', 'there are no accounts', { remedy: '`datasens account add` makes one' });
        }
        const { token, visitor } = await sessions.signIn({ ...request.body, address: request.ip });
        // Whoever was signed in here no longer is: a session is never taken over.
        const former = readToken(request.headers.cookie, isSecure);
        if (former !== null) await sessions.signOut(former);
        return reply.header('set-cookie', writeToken(token, isSecure)).send(meOf(visitor));
      },
    );
    server.delete(
      '/api/v1/session',
      { schema: { summary: 'Sign out', tags, response: { 204: z.undefined() } } },
      async (request, reply) => {
        const token = readToken(request.headers.cookie, isSecure);
        if (token !== null) await sessions.signOut(token);
        return reply
          .code(204)
          .headers({ 'set-cookie': writeToken(null, isSecure), 'clear-site-data': '"cache"' })
          .send();
      },
    );
    server.put(
      '/api/v1/me/password',
      {
        schema: {
          summary: 'Change one’s own password; every other session ends',
          tags,
          body: z.strictObject({ current: password, next: password }),
          response: { 200: meSchema },
        },
      },
      async (request, reply) => {
        const token = readToken(request.headers.cookie, isSecure);
        if (token === null || request.visitor?.account === null) {
          throw new DataSensError('refused', 'there is no account to change', { remedy: 'sign in first' });
        }
        const result = await sessions.changePassword(token, request.body);
        if ('kind' in result) {
          const mistakes = result.problems.map(({ field, code, message }) => ({
            pointer: `/${code === 'wrong' ? 'current' : field}`,
            detail: message,
            code,
          }));
          return sendMistakes(mistakes, request, reply) as never;
        }
        return reply.header('set-cookie', writeToken(result.token, isSecure)).send(meOf(result.visitor));
      },
    );
  };
}

function meOf({ person, account, roles, mustChange }: Visitor): MeAnswer {
  return { person, account, roles, rights: mustChange ? [] : rightsOf(roles), mustChange };
}
