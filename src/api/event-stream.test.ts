import { expect, test } from 'vitest';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { eventFrames } from './event-stream.ts';
import { buildServer, listenLocally } from './server.ts';

async function runningRun(reader: ReturnType<typeof fixtureReader>): Promise<string> {
  return (await reader.runs())[0]!.id;
}

const idOf = (frame: string) => Number(/^id: (\d+)$/m.exec(frame)?.[1]);

test('a reader that comes back misses nothing and sees nothing twice', async () => {
  const reader = fixtureReader();
  const run = await runningRun(reader);
  const seen: number[] = [];
  let last = 0;
  let ended = false;
  for (let visit = 0; visit < 20 && !ended; visit += 1) {
    const stop = new AbortController();
    let read = 0;
    for await (const frame of eventFrames(reader, { run, after: last, signal: stop.signal })) {
      if (!frame.startsWith('id:')) continue;
      last = idOf(frame);
      seen.push(last);
      read += 1;
      ended = frame.includes('event: ended');
      // Events arrive while the frame is being written, and while nobody listens.
      reader.advance();
      reader.advance();
      if (read === 3) break;
    }
    reader.advance();
  }
  expect(ended).toBe(true);
  expect(seen).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
});

test('a silent run sends heartbeats, and leaving ends the stream', async () => {
  const reader = fixtureReader();
  const stop = new AbortController();
  const frames = eventFrames(reader, { run: await runningRun(reader), after: 0, signal: stop.signal, heartbeatMs: 5 });
  const read: string[] = [];
  for await (const frame of frames) {
    read.push(frame);
    if (frame.startsWith(': heartbeat')) stop.abort();
  }
  expect(read.at(-1)).toBe(': heartbeat\n\n');
});

test('over HTTP: replays after Last-Event-ID, ends with the run, limits open streams, and lets the server close', async () => {
  const reader = fixtureReader();
  const server = await buildServer(reader, { web: null, streams: { streams: 1, heartbeatMs: 1000 } });
  const base = await listenLocally(server, 0);
  const url = `${base}/api/v1/runs/${await runningRun(reader)}/events`;
  const open = await fetch(url);
  expect(open.headers.get('content-type')).toContain('text/event-stream');
  expect(open.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect((await fetch(url)).status).toBe(409);
  while (reader.advance());
  expect((await open.text()).match(/^id: /gm)?.length).toBe(41);
  const late = await fetch(url, { headers: { 'last-event-id': '39' } });
  expect((await late.text()).match(/^id: .*$/gm)).toEqual(['id: 40', 'id: 41']);
  expect((await fetch(`${base}/api/v1/runs/unknown/events`)).status).toBe(404);
  await server.close();
});

test('closing the server ends a stream that is still open', async () => {
  const reader = fixtureReader();
  const server = await buildServer(reader, { web: null });
  const base = await listenLocally(server, 0);
  const open = await fetch(`${base}/api/v1/runs/${await runningRun(reader)}/events`);
  const body = open.text().catch(() => 'cut');
  await server.close();
  expect(await body).toBeDefined();
});
