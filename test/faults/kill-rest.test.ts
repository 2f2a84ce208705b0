import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabaseUrl } from '../database.ts';
import { readOutcome } from './kill-project.ts';

const datasens = resolve(import.meta.dirname, '../../bin/datasens');
const PAGES = 45;
const ITEMS = 20;
/** Requests of each start at which it is killed. */
const KILLED_AT = [20, 17, 9];
/** Items are long, so that several packs are committed on the way. */
const FILLING = 'x'.repeat(16_000);

test('an API collected by a process that is killed between its pages is kept once, and taken up where it was', {
  timeout: 120_000,
}, async () => {
  const starts: number[][] = [];
  let child: ChildProcess | null = null;
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url!, 'http://x').searchParams.get('page'));
    const asked = starts.at(-1)!;
    asked.push(page);
    if (asked.length === KILLED_AT[starts.length - 1]) child?.kill('SIGKILL');
    const items = Array.from({ length: page > PAGES ? 0 : ITEMS }, (_, at) => {
      const id = (page - 1) * ITEMS + at;
      return { id, contenu: `Proposition ${id} pour les transports de Val-Clair`, depose_le: '2026-03-01', FILLING };
    });
    response.end(JSON.stringify({ data: items }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const folder = await mkdtemp(join(tmpdir(), 'datasens-kill-rest-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const database = await testDatabaseUrl();
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}/avis`;
  await writeFile(
    join(folder, 'datasens.yaml'),
    `organisation: Val-Clair
store: { database: "${database}" }
sources:
  avis:
    collector: rest
    with:
      url: ${home}
      items: data
      perSecond: 100
      pagination: { kind: page }
      map: { id: id, text: contenu, date: depose_le }
    licence: lov2
    purpose: essai
    legalBasis: mission d'intérêt public
    retention: 3 years
`,
  );
  for (const end of [...KILLED_AT.map(() => 'SIGKILL'), 0]) {
    starts.push([]);
    child = spawn(datasens, ['--project', folder, 'run', '--quiet'], { stdio: 'ignore' });
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect(signal ?? code).toBe(end);
  }
  expect(await readOutcome(database)).toMatchObject({
    occurrences: PAGES * ITEMS,
    documents: PAGES * ITEMS,
    openSnapshots: 0,
  });
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  onTestFinished(() => client.end());
  const { rows } = await client.query<{ keys: number }>('select count(distinct key)::int as keys from document');
  expect(rows[0]!.keys).toBe(PAGES * ITEMS);
  const first = starts.map(([page]) => page!);
  expect(first[0]).toBe(1);
  // Pages of whole packs were committed: a later start asks for none of them again.
  expect(first.slice(1)).toEqual([...first.slice(1)].sort((a, b) => a - b));
  expect(first.at(-1)).toBeGreaterThan(20);
});
