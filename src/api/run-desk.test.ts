import { expect, test } from 'vitest';
import { fixtureReader, RUNNING } from '../../test/web/fixture-reader.ts';
import { fixtureRunDesk } from '../../test/web/fixture-run-desk.ts';
import { buildServer } from './server.ts';

const OWN = { host: '127.0.0.1', origin: 'http://127.0.0.1', 'content-type': 'application/json' };

async function open() {
  const reader = fixtureReader();
  const desk = fixtureRunDesk(reader);
  const server = await buildServer(reader, { web: null, desks: { runs: desk } });
  const post = (url: string, payload: object = {}, headers: Record<string, string> = OWN) =>
    server.inject({ method: 'POST', url, headers, payload });
  return { reader, desk, server, post };
}

test('a run is started once none goes: 202 with its place, in the order of the journey, and locked before', async () => {
  const { reader, desk, server, post } = await open();
  const early = await post('/api/v1/runs', { steps: ['collect'] });
  expect([early.statusCode, early.json().code]).toEqual([409, 'locked']);
  while (reader.advance());
  const started = await post('/api/v1/runs', { steps: ['govern', 'collect'], sources: ['presse'] });
  expect(started.statusCode).toBe(202);
  expect(started.headers.location).toBe(`/api/v1/runs/${started.json().run}`);
  await post('/api/v1/runs');
  await post('/api/v1/runs', { steps: ['collect'], sources: ['presse'], refused: true });
  await post('/api/v1/runs', { steps: ['collect'], sources: ['presse'], accept: true });
  expect(desk.asked).toEqual([
    'start collect,govern presse',
    'start collect,refine,annotate,govern,publish,decide',
    'start collect presse refused',
    'start collect presse accept',
  ]);
  expect((await post('/api/v1/runs', { steps: ['fly'] })).statusCode).toBe(400);
  expect((await post('/api/v1/runs', { steps: [] })).statusCode).toBe(400);
  expect((await post('/api/v1/runs', { stages: ['collect'] })).statusCode).toBe(400);
  await server.close();
});

test('only the workbench starts, stops and retries', async () => {
  const { desk, server, post } = await open();
  for (const url of ['/api/v1/runs', `/api/v1/runs/${RUNNING}/cancel`, '/api/v1/runs/run-2/retry']) {
    const foreign = await post(url, {}, { ...OWN, origin: 'https://ailleurs.example' });
    expect([url, foreign.statusCode]).toEqual([url, 403]);
  }
  expect(desk.asked).toEqual([]);
  await server.close();
});

test('a run is stopped, retried, estimated, told, compared and kept; unknown ones are not found', async () => {
  const { reader, desk, server, post } = await open();
  expect((await post(`/api/v1/runs/${RUNNING}/cancel`)).json()).toMatchObject({ run: RUNNING });
  while (reader.advance());
  expect((await post('/api/v1/runs/run-2/retry')).statusCode).toBe(202);
  expect(desk.asked).toEqual([`cancel ${RUNNING}`, 'retry run-2']);
  expect((await post('/api/v1/runs/estimate', { steps: ['collect'] })).json().estimate).toMatchObject({ runs: 3 });
  const press = (await post('/api/v1/runs/estimate', { sources: ['presse'] })).json();
  expect(press).toMatchObject({ estimate: null, cost: { above: ['documents'], annotators: [{ annotator: 'lucie' }] } });
  const detail = (await server.inject('/api/v1/runs/run-1/detail')).json();
  expect(detail).toMatchObject({ state: 'failed', failure: { code: 'input-missing' }, retry: 'rest' });
  expect((await server.inject('/api/v1/runs/run-2/difference')).json().sources).toHaveLength(3);
  const manifest = await server.inject('/api/v1/runs/run-2/manifest');
  expect(manifest.headers['content-disposition']).toBe('attachment; filename="datasens-run-run-2.json"');
  expect(manifest.body).toBe('{"context":{},"counts":{},"format":"datasens-run@1","id":"run-2"}\n');
  for (const part of ['detail', 'difference', 'manifest']) {
    expect((await server.inject(`/api/v1/runs/run-0/${part}`)).statusCode).toBe(404);
  }
  expect((await post('/api/v1/runs/run-0/cancel')).statusCode).toBe(404);
  await server.close();
});
