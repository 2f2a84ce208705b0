import type { OutgoingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PASSWORD, testAccounts } from '../../test/accounts.ts';
import { fixtureDesk } from '../../test/web/fixture-desk.ts';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { LOCAL_ACTOR } from '../model/person.ts';
import type { SourceDesk } from '../run/desk.ts';
import { exposureOf } from './exposure.ts';
import { buildServer, listenLocally } from './server.ts';

const LOOPBACK = 'http://127.0.0.1:4780';
const PUBLIC = 'https://datasens.ville.example';

async function open({ origin = null as string | null, streams = { streams: 4, heartbeatMs: 20 } } = {}) {
  const people = await testAccounts();
  const { sessions, accounts } = people;
  const asked: string[] = [];
  const sources: SourceDesk = {
    ...(await fixtureDesk()),
    setPaused: async (name, _paused, by) => {
      asked.push(`${by} ${name}`);
      return { kind: 'saved', etag: 'e' };
    },
  };
  const desks = { sessions, accounts, sources };
  const reader = fixtureReader();
  const server = await buildServer(reader, {
    web: null,
    desks,
    streams,
    origin: origin === null ? null : new URL(origin),
  });
  onTestFinished(() => server.close());
  const base = new URL(origin ?? LOOPBACK);
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, headers: object = {}) =>
    server.inject({
      method,
      url,
      headers: {
        host: base.host,
        ...(method === 'GET' ? {} : { origin: base.origin, 'content-type': 'application/json' }),
        ...headers,
      },
      ...(method === 'GET' ? {} : { payload: payload ?? {} }),
    });
  const signIn = (signIn: string, password = PASSWORD, headers: object = {}) =>
    ask('POST', '/api/v1/session', { signIn, password }, headers);
  return { ...people, reader, server, ask, signIn, asked };
}

const setCookie = (headers: OutgoingHttpHeaders) => String(headers['set-cookie']);
const cookieOf = (headers: OutgoingHttpHeaders) => ({ cookie: setCookie(headers).split(';')[0]! });

describe('a session', () => {
  test('is a cookie that no script reads and no other site sends, new at each sign-in', async () => {
    const { add, signIn, ask } = await open();
    await add('camille', ['admin', 'reader']);
    const first = await signIn('camille');
    expect(setCookie(first.headers)).toMatch(/^datasens=[\w-]{43}; Path=\/; Max-Age=36000; HttpOnly; SameSite=Strict$/);
    expect(first.json()).toMatchObject({ account: { signIn: 'camille' }, roles: ['reader', 'admin'] });
    expect(first.headers['cache-control']).toBe('no-store');
    const second = await signIn('camille', PASSWORD, cookieOf(first.headers));
    expect(setCookie(second.headers)).not.toBe(setCookie(first.headers));
    expect((await ask('GET', '/api/v1/me', undefined, cookieOf(first.headers))).statusCode).toBe(401);
    expect((await ask('GET', '/api/v1/me', undefined, cookieOf(second.headers))).statusCode).toBe(200);
  });

  test('ends when its person signs out', async () => {
    const { add, signIn, ask } = await open();
    await add('camille', ['admin']);
    const cookie = cookieOf((await signIn('camille')).headers);
    const out = await ask('DELETE', '/api/v1/session', {}, cookie);
    expect([out.statusCode, out.headers['clear-site-data']]).toEqual([204, '"cache"']);
    expect(setCookie(out.headers)).toContain('datasens=; Path=/; Max-Age=0');
    expect((await ask('GET', '/api/v1/journey', undefined, cookie)).statusCode).toBe(401);
  });

  test('over https has the prefix that keeps neighbours out, and strict transport', async () => {
    const { add, signIn, ask } = await open({ origin: PUBLIC });
    await add('camille', ['admin']);
    const answer = await signIn('camille');
    expect(setCookie(answer.headers)).toMatch(/^__Host-datasens=[\w-]{43};.*; Secure$/);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    expect((await ask('GET', '/api/v1/me', undefined, cookieOf(answer.headers))).statusCode).toBe(200);
    const plain = { cookie: cookieOf(answer.headers).cookie.replace('__Host-', '') };
    expect((await ask('GET', '/api/v1/me', undefined, plain)).statusCode).toBe(401);
    const foreign = { host: 'autre.example', origin: 'https://autre.example' };
    expect((await signIn('camille', PASSWORD, foreign)).statusCode).toBe(403);
    expect((await signIn('camille', PASSWORD, { origin: 'http://datasens.ville.example' })).statusCode).toBe(403);
  });

  test('is not begun from another site, nor for a wrong password, whose answer says nothing', async () => {
    const { add, signIn } = await open();
    await add('camille', ['admin']);
    expect((await signIn('camille', PASSWORD, { origin: 'https://ailleurs.example' })).statusCode).toBe(403);
    const wrong = await signIn('camille', 'trois moineaux');
    const unknown = await signIn('personne', PASSWORD);
    expect(wrong.statusCode).toBe(401);
    expect({ ...unknown.json(), requestId: '' }).toEqual({ ...wrong.json(), requestId: '' });
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  test('is tried five times from one address, which the proxy says', async () => {
    const { add, signIn } = await open({ origin: PUBLIC });
    await add('camille', ['admin']);
    const from = (address: string, password: string) => signIn('camille', password, { 'x-forwarded-for': address });
    const codes: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      // What the visitor writes there itself comes first, and counts for nothing.
      codes.push((await from(`203.0.113.${turn}, 198.51.100.1`, 'trois moineaux')).statusCode);
    }
    expect(codes).toEqual([401, 401, 401, 401, 401, 429]);
    const last = await from('198.51.100.1', PASSWORD);
    expect([last.statusCode, last.json().code, last.headers['retry-after']]).toEqual([429, 'throttled', '60']);
    expect((await from('198.51.100.2', PASSWORD)).statusCode).toBe(200);
  });

  test('that a one-time password began opens nothing before it is changed', async () => {
    const { add, accounts, signIn, ask } = await open();
    await add('camille', ['admin']);
    const added = await accounts.add({ signIn: 'dominique', name: 'D', roles: ['reader'] }, LOCAL_ACTOR.person);
    const password = 'password' in added ? added.password! : '';
    const cookie = cookieOf((await signIn('dominique', password)).headers);
    expect((await ask('GET', '/api/v1/me', undefined, cookie)).json()).toMatchObject({ mustChange: true, rights: [] });
    expect((await ask('GET', '/api/v1/barometer', undefined, cookie)).statusCode).toBe(403);
    const bad = await ask('PUT', '/api/v1/me/password', { current: password, next: 'court' }, cookie);
    expect([bad.statusCode, bad.json().errors[0].code]).toEqual([422, 'too-short']);
    const wrong = await ask('PUT', '/api/v1/me/password', { current: 'non', next: PASSWORD }, cookie);
    expect(wrong.json().errors[0].pointer).toBe('/current');
    const done = await ask('PUT', '/api/v1/me/password', { current: password, next: PASSWORD }, cookie);
    expect((await ask('GET', '/api/v1/barometer', undefined, cookieOf(done.headers))).statusCode).toBe(200);
    expect((await ask('GET', '/api/v1/me', undefined, cookie)).statusCode).toBe(401);
  });

  test('says who acts', async () => {
    const { add, signIn, ask, asked } = await open();
    await ask('POST', '/api/v1/sources/concertation/pause', {});
    const { person } = await add('camille', ['admin', 'steward']);
    const cookie = cookieOf((await signIn('camille')).headers);
    await ask('POST', '/api/v1/sources/concertation/pause', {}, cookie);
    expect(asked).toEqual(['person:local concertation', `${person} concertation`]);
  });

  test('that ends, ends the stream that it opened', async () => {
    const { add, accounts, server, reader, enter } = await open();
    await add('camille', ['admin']);
    const { person } = await add('dominique', ['steward']);
    const cookie = `datasens=${await enter('dominique')}`;
    const base = await listenLocally(server, 0);
    const run = (await reader.runs())[0]!.id;
    const stream = await fetch(`${base}/api/v1/runs/${run}/events`, { headers: { cookie } });
    expect(stream.status).toBe(200);
    const ended = stream.text().then(() => 'ended');
    expect(await Promise.race([ended, wait(100, 'open')])).toBe('open');
    await accounts.setRoles(person, ['reader'], LOCAL_ACTOR.person);
    expect(await Promise.race([ended, wait(5000, 'open')])).toBe('ended');
  });
});

describe('accounts', () => {
  test('are added with a password that is answered once, given roles, closed, and told apart by field', async () => {
    const { ask } = await open();
    const first = await ask('POST', '/api/v1/accounts', { signIn: 'camille', name: 'Camille', roles: ['reader'] });
    expect([first.statusCode, first.json().errors[0]]).toMatchObject([422, { pointer: '/roles', code: 'first' }]);
    const added = await ask('POST', '/api/v1/accounts', { signIn: 'camille', name: 'Camille', roles: ['admin'] });
    expect(added.statusCode).toBe(201);
    expect(added.json().password).toMatch(/^[a-z2-7]{5}(?:-[a-z2-7]{5}){3}$/);
    // From here on nobody is let in without signing in.
    expect((await ask('GET', '/api/v1/accounts')).statusCode).toBe(401);
    const signedIn = await ask('POST', '/api/v1/session', { signIn: 'camille', password: added.json().password });
    expect(signedIn.json()).toMatchObject({ mustChange: true });
  });
});

describe('without accounts', () => {
  test('nobody signs in, and a proxy is not let through', async () => {
    const { signIn, ask } = await open();
    expect((await ask('GET', '/api/v1/me')).json()).toMatchObject({ person: 'person:local', account: null });
    expect((await signIn('camille')).statusCode).toBe(403);
    const through = await ask('GET', '/api/v1/me', undefined, { 'x-forwarded-for': '192.0.2.1' });
    expect([through.statusCode, through.json().detail]).toEqual([403, expect.stringContaining('account add')]);
  });

  test('it is served on the loopback alone, and elsewhere behind https', () => {
    expect(exposureOf({ host: '127.0.0.1' }, true)).toEqual({ host: '127.0.0.1', origin: null });
    const codeOf = (asked: { host: string; origin?: string }, isOpen: boolean) => {
      try {
        return exposureOf(asked, isOpen).origin?.origin;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(codeOf({ host: '0.0.0.0' }, true)).toBe('refused');
    expect(codeOf({ host: '127.0.0.1', origin: PUBLIC }, true)).toBe('refused');
    expect(codeOf({ host: '0.0.0.0' }, false)).toBe('refused');
    expect(codeOf({ host: '0.0.0.0', origin: PUBLIC }, false)).toBe(PUBLIC);
    expect(codeOf({ host: '127.0.0.1', origin: `${PUBLIC}/` }, false)).toBe(PUBLIC);
    for (const origin of ['http://datasens.ville.example', 'https://datasens.ville.example/chemin', 'datasens']) {
      expect(codeOf({ host: '0.0.0.0', origin }, false)).toBe('usage');
    }
  });
});
