import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureDesk } from '../../test/web/fixture-desk.ts';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { buildServer } from './server.ts';

const HOST = '127.0.0.1:4780';
const OWN = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' };
const LEGAL = {
  licence: 'lov2',
  purpose: 'suivre',
  legalBasis: 'intérêt légitime',
  retention: '18 months',
  approver: 'DPO',
};
const DRAFT = { collector: 'file', with: { path: 'inputs/a.csv' }, ...LEGAL };

let desk: Awaited<ReturnType<typeof fixtureDesk>>;
let server: FastifyInstance;

beforeAll(async () => {
  desk = await fixtureDesk();
  server = await buildServer(fixtureReader(), { web: null, desks: { sources: desk } });
});
afterAll(() => server.close());

const get = (url: string) => server.inject({ method: 'GET', url, headers: { host: HOST } });
const send = (method: 'POST' | 'PUT', url: string, body: object, headers: Record<string, string> = {}) =>
  server.inject({ method, url, headers: { ...OWN, ...headers }, payload: JSON.stringify(body) });
const etag = async (): Promise<string> => (await get('/api/v1/sources')).json().etag;

describe('sources', () => {
  test('are read with their health, their history and their dead letters', async () => {
    const { sources } = (await get('/api/v1/sources')).json();
    expect(sources.map((source: { health: { state: string } }) => source.health.state)).toContain('quarantined');
    expect((await get('/api/v1/sources/presse')).json()).toMatchObject({
      health: { failure: { code: 'remote-refused' } },
      estimate: { runs: 5 },
    });
    const first = (await get('/api/v1/sources/presse/refusals')).json();
    const second = (await get(`/api/v1/sources/presse/refusals?cursor=${first.nextCursor}`)).json();
    expect([...first.items, ...second.items].map(({ id }: { id: string }) => id)).toEqual(['3', '2', '1']);
    expect((await get('/api/v1/sources/inconnue')).statusCode).toBe(404);
    expect((await get('/api/v1/sources/..%2f..')).statusCode).toBe(400);
  });

  test('may be of each kind of the catalogue, on files of the project, at a rhythm', async () => {
    const { collectors } = (await get('/api/v1/collectors')).json();
    expect(collectors.find(({ name }: { name: string }) => name === 'rss').schema.properties.feeds.type).toBe('array');
    expect((await get('/api/v1/inputs')).json().files[0].path).toBe('inputs/consultation-2026.csv');
    const rhythm = async (every: string) => (await get(`/api/v1/rhythm?every=${encodeURIComponent(every)}`)).json();
    expect((await rhythm('toutes les 30 minutes')).next.length).toBe(3);
    expect((await rhythm('parfois')).problem.fr).not.toBe('');
  });

  test('are tried without being saved', async () => {
    const tried = { collector: 'file', with: { path: 'inputs/a.csv' } };
    expect((await send('POST', '/api/v1/sources/test', tried)).json()).toMatchObject({ kind: 'answered' });
    expect((await send('POST', '/api/v1/sources/preview', tried)).json()).toMatchObject({ kind: 'read', records: 2 });
    const wrong = await send('POST', '/api/v1/sources/test', { collector: 'file', with: {} });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.headers['content-type']).toContain('application/problem+json');
    expect(wrong.json()).toMatchObject({
      code: 'settings-invalid',
      errors: [{ pointer: '/with/path', code: 'missing' }],
    });
    expect((await send('POST', '/api/v1/sources/test', { ...tried, secret: 1 })).statusCode).toBe(400);
    expect(desk.saved.size).toBe(0);
  });

  test('are saved by who saw the settings last, and never over another one', async () => {
    const save = (name: string, headers: Record<string, string>, body: object = DRAFT) =>
      send('PUT', `/api/v1/sources/${name}`, body, headers);
    expect((await save('avis', {})).statusCode).toBe(400);
    expect((await save('avis', { 'if-match': '"etag-0"' })).json()).toMatchObject({ status: 409, code: 'locked' });
    const seen = { 'if-match': `"${await etag()}"`, 'if-none-match': '*' };
    expect((await save('concertation', seen)).json()).toMatchObject({
      status: 422,
      errors: [{ code: 'taken', line: 4 }],
    });
    expect((await save('avis', seen, { ...DRAFT, approver: undefined })).json().errors[0].pointer).toBe('/approver');
    expect((await save('Avis', seen)).statusCode).toBe(400);
    const saved = await save('avis', seen);
    expect(saved.json().etag).toBe(await etag());
    expect(desk.saved.get('avis')).toEqual(DRAFT);
  });

  test('are paused, resumed and copied', async () => {
    expect((await send('POST', '/api/v1/sources/concertation/pause', {})).statusCode).toBe(200);
    expect((await get('/api/v1/sources/concertation')).json()).toMatchObject({ paused: true });
    expect((await send('POST', '/api/v1/sources/concertation/resume', {})).statusCode).toBe(200);
    const copy = (name: string) => send('POST', '/api/v1/sources/concertation/duplicate', { name });
    expect((await copy('concertation-2027')).statusCode).toBe(200);
    expect((await copy('concertation-2027')).statusCode).toBe(422);
    expect((await copy('Nom libre')).statusCode).toBe(400);
    expect((await send('POST', '/api/v1/sources/inconnue/pause', {})).statusCode).toBe(404);
  });

  test('are written by no other site, in a mebibyte at most', async () => {
    const foreign = { origin: 'https://evil.example' };
    expect((await send('POST', '/api/v1/sources/presse/pause', {}, foreign)).statusCode).toBe(403);
    const large = { collector: 'file', with: { path: 'x'.repeat(1024 * 1024) } };
    expect((await send('POST', '/api/v1/sources/test', large)).json()).toMatchObject({ status: 413 });
    const polluted = await server.inject({
      method: 'POST',
      url: '/api/v1/sources/test',
      headers: OWN,
      payload: '{"collector":"file","with":{"__proto__":{"path":"x"}}}',
    });
    expect(polluted.statusCode).toBe(400);
  });
});

test('without a desk there is nothing to change', async () => {
  const reading = await buildServer(fixtureReader(), { web: null });
  expect((await reading.inject('/api/v1/sources')).statusCode).toBe(404);
  await reading.close();
});

test('the OpenAPI document describes sources', async () => {
  const { paths } = (await get('/api/openapi.json')).json();
  expect(Object.keys(paths['/api/v1/sources/{name}'])).toEqual(expect.arrayContaining(['get', 'put']));
  expect(paths['/api/v1/sources/preview'].post.requestBody).toBeDefined();
});
