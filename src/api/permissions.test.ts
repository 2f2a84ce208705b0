import { fastify } from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testAccounts } from '../../test/accounts.ts';
import { fixtureDesk } from '../../test/web/fixture-desk.ts';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { fixtureRunDesk } from '../../test/web/fixture-run-desk.ts';
import { ROLES, type Role } from '../model/person.ts';
import { openActDesk } from '../run/act-desk.ts';
import { guard } from './guard.ts';
import { type Access, mayDo, RIGHTS, ROUTES } from './permissions.ts';
import { buildServer } from './server.ts';

const HOST = '127.0.0.1:4780';
const OWN = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' };
const SOMEBODY = 'person:aaaaaaaaaaaa';

/** Addresses that a role reads here, at least: being let in is not being answered an error. */
const LEAST_READ = { nobody: 0, reader: 10, analyst: 18, reviewer: 17, steward: 22, dpo: 20, admin: 6, garant: 24 };

const reader = fixtureReader();
while (reader.advance());

/** An address of each route: what stands for its parameters is there. */
async function addressOf(path: string): Promise<string> {
  const release = (await reader.releases())[0]!.id;
  const cluster = `partial-${reader.documents[3]}`;
  return path
    .replace('/documents/:id', `/documents/${reader.documents[3]}`)
    .replace('/clusters/:id', `/clusters/${cluster}`)
    .replace('/releases/:id/files/*', `/releases/${release}/files/opinion.csv`)
    .replace('/runs/:id', '/runs/run-2')
    .replace('/sources/:name', '/sources/concertation')
    .replace(':person', SOMEBODY)
    .replace('/rhythm', '/rhythm?every=chaque%20jour')
    .replace('/*', '/');
}

/** What a role is answered: 401 where nobody is signed in, 403 where the role does not allow it. */
function expected(access: Access, role: Role | null): 'open' | 401 | 403 {
  if (access === 'anyone') return 'open';
  if (role === null) return 401;
  if (access === 'visitor' || access === 'person') return 'open';
  return mayDo([role], access) ? 'open' : 403;
}

/** Desks that have no fixture know nothing: who is let in is judged before they are asked. */
function withEveryDesk<Desks extends object>(desks: Desks): Desks {
  const unknowing = new Proxy({}, { get: () => async () => null });
  return new Proxy(desks, { get: (known, name) => Reflect.get(known, name) ?? unknowing });
}

/** A server with one account a role, all signed in; it ends with the test. */
async function open() {
  const { sessions, accounts, add, enter, database } = await testAccounts();
  const cookies = new Map<Role | null, string>([[null, '']]);
  for (const role of ['admin', ...ROLES.filter((one) => one !== 'admin')] as const) {
    await add(role, [role]);
    cookies.set(role, `autre=1; datasens=${await enter(role)}`);
  }
  const acts = openActDesk(database);
  const desks = { sources: await fixtureDesk(), runs: fixtureRunDesk(reader), sessions, accounts, acts };
  const server = await buildServer(reader, { web: null, desks: withEveryDesk(desks) });
  onTestFinished(() => server.close());
  const ask = async (method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE', url: string, cookie: string) => {
    const isRead = method === 'GET' || method === 'HEAD';
    const headers = { ...(isRead ? { host: HOST } : OWN), ...(cookie === '' ? {} : { cookie }) };
    return server.inject({ method, url, headers, ...(isRead ? {} : { payload: '{}' }) });
  };
  return { server, cookies, ask };
}

describe('every route under every role', () => {
  test('the table holds routes that are served, and no other', async () => {
    const { server } = await open();
    const rows = Object.keys(ROUTES).filter((route) => route !== 'GET /*');
    const served = rows.filter((route) => {
      const [method, url] = route.split(' ') as ['GET', string];
      return server.hasRoute({ method, url });
    });
    expect(served).toEqual(rows);
  });

  test('a route without a row stops the server from starting', async () => {
    const server = fastify();
    guard(server, { sessions: null, isSecure: false });
    expect(() => server.get('/api/v1/unlisted', async () => ({}))).toThrow(/permissions\.ts/);
  });

  for (const role of [null, ...ROLES]) {
    test(`${role ?? 'nobody'} is answered as the table says`, async () => {
      const { cookies, ask } = await open();
      const answers: (readonly [string, unknown])[] = [];
      const wanted: (readonly [string, unknown])[] = [];
      let read = 0;
      for (const [route, access] of Object.entries(ROUTES)) {
        // There is no web here, and signing out would end the session that asks.
        if (route === 'GET /*' || route === 'DELETE /api/v1/session') continue;
        const [method, path] = route.split(' ') as ['GET', string];
        const { statusCode } = await ask(method, await addressOf(path), cookies.get(role)!);
        // What is sent here is empty, and goes as far as being judged.
        wanted.push([route, expected(access, role)]);
        answers.push([route, statusCode === 401 || statusCode === 403 ? statusCode : 'open']);
        if (method === 'GET' && statusCode === 200) read += 1;
      }
      expect(answers).toEqual(wanted);
      expect(wanted.length).toBeGreaterThan(35);
      expect(read).toBeGreaterThanOrEqual(LEAST_READ[role ?? 'nobody']);
    });
  }

  test('what is nowhere tells nothing to strangers, and 404 to others', async () => {
    const { cookies, ask } = await open();
    expect((await ask('GET', '/api/v1/nothing', '')).statusCode).toBe(401);
    expect((await ask('GET', '/api/v1/nothing', `datasens=${'x'.repeat(43)}`)).statusCode).toBe(401);
    expect((await ask('GET', '/api/v1/nothing', cookies.get('reader')!)).statusCode).toBe(404);
  });

  test('HEAD is let in as GET is', async () => {
    const { cookies, ask } = await open();
    expect((await ask('HEAD', '/api/v1/sources', cookies.get('steward')!)).statusCode).toBe(200);
    expect((await ask('HEAD', '/api/v1/sources', cookies.get('reader')!)).statusCode).toBe(403);
    expect((await ask('HEAD', '/api/v1/sources', '')).statusCode).toBe(401);
  });
});

describe('the table, as it was decided', () => {
  const needs = (role: Role, route: string) => {
    const access = ROUTES[route]!;
    return access === 'person' || (access !== 'anyone' && access !== 'visitor' && mayDo([role], access));
  };
  const routes = Object.keys(ROUTES).filter((route) => !['anyone', 'visitor'].includes(ROUTES[route]!));

  test('a garant reads everything and changes nothing', () => {
    expect(routes.filter((route) => needs('garant', route))).toEqual(
      routes.filter((route) => route.startsWith('GET ')),
    );
  });

  test('a reader reads figures and the corpus, and takes no file away', () => {
    expect(needs('reader', 'GET /api/v1/barometer')).toBe(true);
    expect(needs('reader', 'GET /api/v1/documents/:id')).toBe(true);
    for (const route of ['GET /api/v1/releases/:id/files/*', 'GET /api/v1/sources', 'GET /api/v1/people']) {
      expect([route, needs('reader', route)]).toEqual([route, false]);
    }
  });

  test('only a steward changes sources and runs, only an admin changes accounts, and an admin reads no corpus', () => {
    for (const route of routes.filter((one) => !one.startsWith('GET '))) {
      const holders = ROLES.filter((role) => needs(role, route));
      const owner = route.includes('/accounts') ? 'admin' : /\/v1\/(?:sources|runs)/.test(route) ? 'steward' : null;
      if (owner !== null) expect([route, holders]).toEqual([route, [owner]]);
    }
    expect(needs('admin', 'GET /api/v1/documents')).toBe(false);
  });

  test('every right has a role', () => {
    for (const roles of Object.values(RIGHTS)) expect(roles.length).toBeGreaterThan(0);
  });
});
