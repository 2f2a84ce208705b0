// The events of a run, read through a server that is killed and started again while another process runs.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { EventSource } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { listRuns, runEventsAfter } from '../../src/store/runs.ts';
import { sourceOf, testProject } from '../project.ts';

const DATASENS = resolve(import.meta.dirname, '../../bin/datasens');
const ROWS = 4000;

test('a reader whose server is killed mid-run reads every event once, in order, to the end', {
  timeout: 180_000,
}, async () => {
  const rows = Array.from({ length: ROWS }, (_, n) => `Avis ${n} sur la piscine et le bus de ${n} heures.`);
  const settings = sourceOf('avis', 'file', '{ path: avis.csv, map: { text: avis } }');
  const { app, root } = await testProject(settings, { 'avis.csv': ['avis', ...rows].join('\n') });
  const started = (...given: readonly string[]) => {
    const child = spawn(DATASENS, ['--project', root, ...given], { stdio: ['ignore', 'ignore', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const serve = async (port: string) => {
    const server = started('serve', '--port', port);
    return { server, address: await addressOf(server) };
  };

  const first = await serve('0');
  const working = started('run', '--quiet');
  const ended = once(working, 'close');
  const runs = () => app.control.transaction((tx) => listRuns(tx, 1));
  await expect.poll(async () => (await runs()).length, { timeout: 60_000 }).toBe(1);
  const run = (await runs())[0]!.id;

  const seen: number[] = [];
  let losses = 0;
  const source = new EventSource(`${first.address}/api/v1/runs/${run}/events`);
  onTestFinished(() => source.close());
  const last = Promise.withResolvers<string>();
  for (const kind of ['started', 'progress', 'ended']) {
    source.addEventListener(kind, (event) => {
      const { lastEventId, data } = event as Event & { readonly lastEventId: string; readonly data: string };
      seen.push(Number(lastEventId));
      if (kind === 'ended') last.resolve(JSON.parse(data).state);
    });
  }
  source.addEventListener('error', () => {
    losses += 1;
  });

  await expect.poll(() => seen.length, { timeout: 60_000 }).toBeGreaterThan(1);
  first.server.kill('SIGKILL');
  await once(first.server, 'close');
  const before = seen.length;
  await serve(new URL(first.address).port);
  expect(await last.promise).toBe('done');
  source.close();
  await ended;
  const stored = await app.control.transaction((tx) => runEventsAfter(tx, run, 0, 5000));
  // The end of a run is no stored event: it is told one above the last.
  expect(seen).toEqual([...stored.map(({ seq }) => seq), stored.at(-1)!.seq + 1]);
  expect(losses).toBeGreaterThan(0);
  expect(seen.length).toBeGreaterThan(before);
});

/** The address that `serve` says it is open at. */
async function addressOf(server: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of server.stderr!) {
    said += String(chunk);
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`serve did not open: ${said}`);
}
