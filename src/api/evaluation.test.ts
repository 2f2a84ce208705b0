import { expect, onTestFinished, test } from 'vitest';
import { fixtureEvaluation, withheldInFixture } from '../../test/web/fixture-evaluation.ts';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { buildServer } from './server.ts';

const HOST = { host: '127.0.0.1' };

async function open(options: { readonly empty?: boolean } = {}) {
  const reader = fixtureReader({ withheld: await withheldInFixture() });
  const server = await buildServer(reader, { web: null, desks: { evaluation: fixtureEvaluation(options) } });
  onTestFinished(() => server.close());
  return server;
}

test('an evaluation is told as it was measured, and with what bars keep back', async () => {
  const server = await open();
  const answer = await server.inject({ url: '/api/v1/evaluation', headers: HOST });
  expect(answer.statusCode).toBe(200);
  const expected = await fixtureEvaluation().latest();
  expect(answer.json()).toEqual(JSON.parse(JSON.stringify(expected)));
  expect(answer.json().withheld.length).toBeGreaterThan(0);
});

test('before a first evaluation there is none, and one may be asked for', async () => {
  const server = await open({ empty: true });
  expect((await server.inject({ url: '/api/v1/evaluation', headers: HOST })).json()).toEqual({
    ...{ evaluation: null, withheld: [], past: false },
  });
  const asked = { method: 'POST', url: '/api/v1/evaluation', payload: {} } as const;
  const own = { ...HOST, origin: 'http://127.0.0.1' };
  expect((await server.inject({ ...asked, headers: own })).statusCode).toBe(200);
  const foreign = { ...HOST, origin: 'https://evil.example' };
  expect((await server.inject({ ...asked, headers: foreign })).statusCode).toBe(403);
});

test('divergences are paged by id, and refuse what is no cursor', async () => {
  const server = await open();
  const page = await server.inject({ url: '/api/v1/evaluation/divergences?task=theme', headers: HOST });
  expect(page.json().items[0]).toMatchObject({ drawn: 'random', machines: [{ annotator: 'lexical' }] });
  const wrong = await server.inject({ url: '/api/v1/evaluation/divergences?task=theme&cursor=x', headers: HOST });
  expect(wrong.statusCode).toBe(400);
});

test('the barometer says which labels its release keeps back', async () => {
  const server = await open();
  const { barometer } = (await server.inject({ url: '/api/v1/barometer', headers: HOST })).json();
  expect(barometer.withheld).toEqual(await withheldInFixture());
});
