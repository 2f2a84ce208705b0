// What signing in and being signed in cost: one check of a password, one check of a session, and requests a second with
// accounts against the same server without any, in turn. DATASENS_BENCH_ROWS changes the number of requests.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '../src/api/server.ts';
import { LOCAL_ACTOR } from '../src/model/person.ts';
import { openPasswordHasher } from '../src/run/password-hash.ts';
import { openAccountDesk } from '../src/run/store-account-desk.ts';
import { openSessionDesk } from '../src/run/store-session-desk.ts';
import { openDatabase } from '../src/store/database.ts';
import { startServer, stopServer } from '../src/store/server.ts';
import { fixtureReader } from '../test/web/fixture-reader.ts';
import { report } from './report.ts';

const REQUESTS = Number(process.env.DATASENS_BENCH_ROWS ?? 3000);
const TRIES = 7;
const TURNS = 2;
const PASSWORD = 'quatre moineaux violets';

const folder = await mkdtemp(join(tmpdir(), 'datasens-session-bench-'));
const postgres = await startServer(folder);
const organisation = 'Banc';
const database = await openDatabase({ url: postgres.url, organisation, poolSize: 4 });
const shared = { clock: () => new Date(), hasher: openPasswordHasher(), organisation };
const accounts = openAccountDesk(database, { ...shared, from: 'command line' });
const added = { signIn: 'camille', name: 'Camille', roles: ['admin', 'reader'], password: PASSWORD } as const;
await accounts.add(added, LOCAL_ACTOR.person);
const sessions = await openSessionDesk(database, shared);
try {
  const times: number[] = [];
  let token = '';
  for (let turn = 0; turn < TRIES; turn += 1) {
    const startedAt = performance.now();
    token = (await sessions.signIn({ signIn: 'camille', password: PASSWORD, address: '192.0.2.1' })).token;
    times.push(performance.now() - startedAt);
  }
  report({ name: 'session.signIn.median', value: times.sort((a, b) => a - b)[TRIES >> 1]!, unit: 'ms', n: TRIES });
  const startedAt = performance.now();
  for (let turn = 0; turn < REQUESTS; turn += 1) await sessions.identify(token, true);
  report({ name: 'session.check', value: (performance.now() - startedAt) / REQUESTS, unit: 'ms', n: REQUESTS });

  const reader = fixtureReader();
  const open = await buildServer(reader, { web: null });
  const closed = await buildServer(reader, { web: null, desks: { sessions, accounts } });
  const cookie = `datasens=${token}`;
  const rate = async (server: typeof open, headers: Record<string, string>) => {
    const begun = performance.now();
    for (let turn = 0; turn < REQUESTS; turn += 1) {
      const answer = await server.inject({ url: '/api/v1/releases', headers });
      if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
    }
    return REQUESTS / ((performance.now() - begun) / 1000);
  };
  for (const [server, headers] of [
    [open, {}],
    [closed, { cookie }],
  ] as const) {
    await rate(server, headers);
  }
  // In turn, so that a machine that slows down slows both.
  for (let turn = 1; turn <= TURNS; turn += 1) {
    const without = await rate(open, {});
    const signedIn = await rate(closed, { cookie });
    report({ name: `session.requests.open.turn${turn}`, value: without, unit: 'requests/s', n: REQUESTS });
    report({ name: `session.requests.signedIn.turn${turn}`, value: signedIn, unit: 'requests/s', n: REQUESTS });
    report({ name: `session.requests.ratio.turn${turn}`, value: signedIn / without, unit: 'of open', n: REQUESTS });
  }
  await open.close();
  await closed.close();
} finally {
  await sessions.close();
  await database.close();
  await stopServer(folder);
  await rm(folder, { recursive: true, force: true });
}
