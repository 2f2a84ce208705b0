import { expect, onTestFinished, test } from 'vitest';
import { fixtureTerritoryDesk } from '../../test/web/fixture-context.ts';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { buildServer } from './server.ts';

async function open() {
  const reader = fixtureReader({ size: 12 });
  const desks = { territory: fixtureTerritoryDesk(reader.documents) };
  const server = await buildServer(reader, { web: null, desks });
  onTestFinished(() => server.close());
  const territory = `/api/v1/documents/${reader.documents[0]}/territory`;
  const headers = { host: 'localhost:4780', origin: 'http://localhost:4780' };
  const post = (payload: object) => server.inject({ method: 'POST', url: territory, payload, headers });
  const get = (url: string) => server.inject({ method: 'GET', url, headers });
  return { post, get, territory, document: reader.documents[0]! };
}

test('context is given beside the barometer and beside a document', async () => {
  const { get, document } = await open();
  const barometer = await get('/api/v1/barometer/context?department=38');
  expect(barometer.statusCode).toBe(200);
  expect(barometer.json().items.map(({ series }: { series: string }) => series)).toEqual([
    'jours-feries',
    'temperature',
  ]);
  expect((await get('/api/v1/barometer/context?theme=eau')).statusCode).toBe(400);
  expect((await get(`/api/v1/documents/${document}/context`)).json().items).toHaveLength(2);
});

test('a territory is said, and only as the API knows places', async () => {
  const { post, get, territory } = await open();
  expect((await get(territory)).json()).toMatchObject({ correction: null, form: { words: 'grenoble' } });
  const place = { kind: 'commune', code: '26113' };
  expect((await post({ decision: 'place', place })).json()).toEqual({ others: 0 });
  expect((await get(territory)).json().correction).toMatchObject({ place: { name: 'Die' }, always: false });
  expect((await post({ decision: 'withdrawn' })).statusCode).toBe(200);
  expect((await get(territory)).json().correction).toBeNull();
  for (const wrong of [
    {},
    { decision: 'place' },
    { decision: 'place', place: { kind: 'rue', code: '1' } },
    { decision: '?' },
  ]) {
    expect((await post(wrong)).statusCode).toBe(400);
  }
  expect((await get(`/api/v1/documents/${'0'.repeat(64)}/territory`)).statusCode).toBe(404);
  expect((await get('/api/v1/places?q=saint-etien')).json().places[0]).toMatchObject({
    code: '42218',
    within: 'Loire',
  });
});
