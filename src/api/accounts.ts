// /api/v1/accounts and /api/v1/people: who may come in, with which roles, and the names behind the ids.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ROLES } from '../model/person.ts';
import type { AccountDesk, AccountResult, ChangedAccount } from '../run/account-desk.ts';
import { sendMistakes } from './problem.ts';

const tags = ['people'];
const roles = z.array(z.enum(ROLES)).readonly();

const accountSchema = z.object({
  person: z.string(),
  signIn: z.string(),
  name: z.string(),
  roles,
  state: z.enum(['active', 'disabled']),
  createdAt: z.string(),
  lastSignInAt: z.string().nullable(),
  passwordExpiresAt: z.string().nullable(),
  sessions: z.int(),
});
export type AccountAnswer = z.output<typeof accountSchema>;

const accountsSchema = z.object({ accounts: z.array(accountSchema).readonly() });
export type AccountsAnswer = z.output<typeof accountsSchema>;

const changedSchema = z.object({
  account: accountSchema,
  /** Shown this once, where one was drawn. */
  password: z.string().nullable(),
});
export type ChangedAccountAnswer = z.output<typeof changedSchema>;

const peopleSchema = z.object({ people: z.array(z.object({ person: z.string(), name: z.string() })).readonly() });
export type PeopleAnswer = z.output<typeof peopleSchema>;

const params = z.object({ person: z.string().regex(/^person:[a-z2-7]{12}$/) });
const nothing = z.strictObject({});

/** Routes of accounts. What is wrong with a change is 422, each mistake with its field. */
export function accountRoutes(desk: AccountDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/people',
      { schema: { summary: 'Names of the people who have an account', tags, response: { 200: peopleSchema } } },
      async () => ({ people: (await desk.list()).map(({ person, name }) => ({ person, name })) }),
    );
    server.get(
      '/api/v1/accounts',
      { schema: { summary: 'Accounts, oldest first', tags, response: { 200: accountsSchema } } },
      async () => ({ accounts: await desk.list() }),
    );
    server.post(
      '/api/v1/accounts',
      {
        schema: {
          summary: 'Add an account; its one-time password is answered this once',
          tags,
          body: z.strictObject({ signIn: z.string().min(1).max(200), name: z.string().min(1).max(200), roles }),
          response: { 201: changedSchema },
        },
      },
      async (request, reply) => {
        const result = await desk.add(request.body, request.actor.person);
        return result.kind === 'invalid' ? refuse(result, request, reply) : reply.code(201).send(answerOf(result));
      },
    );
    server.put(
      '/api/v1/accounts/:person/roles',
      {
        schema: {
          summary: 'Give an account other roles',
          tags,
          params,
          body: z.strictObject({ roles }),
          response: { 200: changedSchema },
        },
      },
      async (request, reply) => {
        const result = await desk.setRoles(request.params.person, request.body.roles, request.actor.person);
        return result.kind === 'invalid' ? refuse(result, request, reply) : answerOf(result);
      },
    );
    server.put(
      '/api/v1/accounts/:person/state',
      {
        schema: {
          summary: 'Disable an account, which ends its sessions, or open it again',
          tags,
          params,
          body: z.strictObject({ state: z.enum(['active', 'disabled']) }),
          response: { 200: changedSchema },
        },
      },
      async (request, reply) => {
        const result = await desk.setState(request.params.person, request.body.state, request.actor.person);
        return result.kind === 'invalid' ? refuse(result, request, reply) : answerOf(result);
      },
    );
    server.post(
      '/api/v1/accounts/:person/password',
      {
        schema: {
          summary: 'Draw a new one-time password, answered this once; sessions end',
          tags,
          params,
          body: nothing,
          response: { 200: changedSchema },
        },
      },
      async (request, reply) => {
        const result = await desk.setPassword(request.params.person, null, request.actor.person);
        return result.kind === 'invalid' ? refuse(result, request, reply) : answerOf(result);
      },
    );
    server.delete(
      '/api/v1/accounts/:person/sessions',
      { schema: { summary: 'End every session of an account', tags, params, response: { 200: changedSchema } } },
      async (request, reply) => {
        const result = await desk.endSessions(request.params.person, request.actor.person);
        return result.kind === 'invalid' ? refuse(result, request, reply) : answerOf(result);
      },
    );
  };
}

function answerOf({ account, password }: ChangedAccount): ChangedAccountAnswer {
  return { account, password };
}

function refuse(
  { problems }: Extract<AccountResult, { kind: 'invalid' }>,
  request: FastifyRequest,
  reply: FastifyReply,
): never {
  const mistakes = problems.map(({ field, code, message }) => ({ pointer: `/${field}`, detail: message, code }));
  return sendMistakes(mistakes, request, reply) as never;
}
