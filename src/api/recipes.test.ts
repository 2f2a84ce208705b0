import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, test } from 'vitest';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { fixtureRecipeDesk, fixtureStepsDesk } from '../../test/web/fixture-recipes.ts';
import { DataSensError } from '../model/error.ts';
import type { Decision } from '../run/recipe-desk.ts';
import type { RecipeExamplesAnswer, RecipesAnswer } from './recipes.ts';
import { buildServer } from './server.ts';

const HEADERS = { host: '127.0.0.1', origin: 'http://127.0.0.1', 'content-type': 'application/json' };
const reader = fixtureReader({ size: 20 });
const decided: (Decision & { readonly source: string })[] = [];
let server: FastifyInstance;

beforeAll(async () => {
  const desk = fixtureRecipeDesk({ documents: reader.documents });
  const recipes = {
    ...desk,
    examples: async (source: string) => (source === 'concertation' ? desk.examples(source) : null),
    accept: async (source: string, decision: Decision, requestId: string) => {
      if (source === 'occupée') throw new DataSensError('locked', 'a run is in progress', { retryable: true });
      decided.push({ source, ...decision });
      return desk.accept(source, decision, requestId);
    },
    refuse: async (source: string, decision: Decision) => {
      decided.push({ source, ...decision });
      return desk.refuse(source, decision);
    },
  };
  server = await buildServer(reader, { web: null, desks: { recipes, steps: fixtureStepsDesk(reader) } });
});

const get = (url: string) => server.inject({ url, headers: HEADERS });
const post = (url: string, payload: object) => server.inject({ method: 'POST', url, headers: HEADERS, payload });

describe('recipes', () => {
  test('are listed with what waits, and shown by examples', async () => {
    const { sources } = (await get('/api/v1/recipes')).json<RecipesAnswer>();
    expect(sources[0]!.proposal).toMatchObject({ state: 'compared', difference: { changed: 126 } });
    const { examples } = (await get('/api/v1/recipes/concertation/examples')).json<RecipeExamplesAnswer>();
    expect(examples[0]!.text).toContainEqual({ kind: 'removed', text: '[SIREN 1]' });
    expect((await get('/api/v1/recipes/presse/examples')).statusCode).toBe(404);
    expect((await get('/api/v1/recipes/reclamations/stranded')).json()).toHaveProperty('judgements.length', 2);
  });

  test('are decided with a name and a reason', async () => {
    expect((await post('/api/v1/recipes/concertation/accept', {})).json()).toMatchObject({ carried: 212, run: null });
    expect((await post('/api/v1/recipes/presse/refuse', {})).statusCode).toBe(400);
    expect((await post('/api/v1/recipes/presse/refuse', { why: 'trop court' })).statusCode).toBe(200);
    expect(decided).toEqual([
      { source: 'concertation', actor: 'person:local', why: 'compared and accepted' },
      { source: 'presse', actor: 'person:local', why: 'trop court' },
    ]);
    const busy = await post('/api/v1/recipes/occup%C3%A9e/accept', {});
    expect(busy.json()).toMatchObject({ code: 'locked' });
    const foreign = { ...HEADERS, origin: 'https://ailleurs.example' };
    const refused = { method: 'POST', url: '/api/v1/recipes/presse/accept', headers: foreign, payload: {} } as const;
    expect((await server.inject(refused)).statusCode).toBe(403);
  });
});

test('the steps of a document are told, of an unknown one are not', async () => {
  const steps = (await get(`/api/v1/documents/${reader.documents[0]}/steps`)).json();
  expect(steps).toMatchObject({ kind: 'traced', marks: { person: 1 } });
  expect((await get(`/api/v1/documents/${'0'.repeat(64)}/steps`)).statusCode).toBe(404);
});
