import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { DataSensError } from '../model/error.ts';
import { buildServer, listenLocally } from './server.ts';

const reader = fixtureReader();
let server: FastifyInstance;

beforeAll(async () => {
  server = await buildServer(reader, { web: null });
});
afterAll(async () => {
  await server.close();
});

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ method: 'GET', url, headers });

describe('every answer', () => {
  test('carries a strict content security policy and no sniffing', async () => {
    for (const url of ['/api/v1/journey', '/api/v1/nothing', '/api/openapi.json']) {
      const answer = await get(url);
      expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
      expect(answer.headers['content-security-policy']).not.toContain('unsafe');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
    }
  });

  test('is refused to a foreign Host, against DNS rebinding', async () => {
    const answer = await get('/api/v1/journey', { host: 'evil.example' });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().code).toBe('refused');
  });

  test('is 304 without a body when the reader already holds it', async () => {
    const first = await get('/api/v1/journey');
    const again = await get('/api/v1/journey', { 'if-none-match': String(first.headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });
});

describe('a write', () => {
  const own = { host: '127.0.0.1:4780', 'content-type': 'application/json' };
  const write = (headers: Record<string, string>, url = '/api/v1/nothing', payload = '{}') =>
    server.inject({ method: 'POST', url, headers, payload });

  test('is heard from the workbench only', async () => {
    // 404: it went past the guard, and there is nothing at this address.
    expect((await write({ ...own, origin: 'http://127.0.0.1:4780' })).statusCode).toBe(404);
    expect((await write({ ...own, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(404);
    const strangers: readonly Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: 'http://evil.example' },
      { origin: 'http://127.0.0.1:4781' },
      { origin: 'https://127.0.0.1:4780' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'http://127.0.0.1:4780', 'sec-fetch-site': 'cross-site' },
    ];
    for (const foreign of strangers) {
      const answer = await write({ ...own, ...foreign });
      expect([foreign, answer.statusCode, answer.json().code]).toEqual([foreign, 403, 'refused']);
    }
  });

  test('is JSON, whatever the method', async () => {
    const origin = 'http://127.0.0.1:4780';
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a', '']) {
      expect((await write({ ...own, origin, 'content-type': type })).statusCode).toBe(403);
    }
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      expect((await server.inject({ method, url: '/api/v1/journey', headers: { host: own.host } })).statusCode).toBe(
        403,
      );
    }
  });
});

describe('a problem', () => {
  test('is problem+json with a code, a request id and where the mistake is', async () => {
    const answer = await get('/api/v1/documents?limit=0');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'usage', status: 400, requestId: answer.headers['x-request-id'] });
    expect(answer.json().errors[0].pointer).toBe('/limit');
  });

  test('refuses parameters it does not know', async () => {
    expect((await get('/api/v1/barometer?themes=sante')).statusCode).toBe(400);
  });

  test('is told in English to who asks for English, in French otherwise', async () => {
    const id = '0'.repeat(64);
    expect((await get(`/api/v1/documents/${id}`)).json().title).toBe('Introuvable');
    expect((await get(`/api/v1/documents/${id}`, { 'accept-language': 'en-GB' })).json().title).toBe('Not found');
  });

  test('never tells the words of an unforeseen error', async () => {
    const broken = await buildServer(
      {
        ...reader,
        runs: () => Promise.reject(new Error('password=hunter2')),
        releases: () => Promise.reject(new DataSensError('store-unavailable', 'postgres://user@host is down')),
      },
      { web: null },
    );
    const unforeseen = await broken.inject('/api/v1/runs');
    expect(unforeseen.statusCode).toBe(500);
    expect(unforeseen.body).not.toContain('hunter2');
    const down = await broken.inject('/api/v1/releases');
    expect(down.statusCode).toBe(503);
    expect(down.headers['retry-after']).toBe('5');
    expect(down.body).not.toContain('postgres://');
    await broken.close();
  });
});

describe('the corpus', () => {
  test('is read page by page, each document once, by opaque cursors', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = (await get(`/api/v1/documents?duplicates=all&limit=90${at}`)).json();
      seen.push(...page.items.map((item: { id: string }) => item.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.length).toBe(reader.documents.length);
    expect(new Set(seen).size).toBe(seen.length);
    expect((await get('/api/v1/documents?cursor=forged')).statusCode).toBe(400);
  });

  test('answers one document with its provenance', async () => {
    const page = (await get(`/api/v1/documents/${reader.documents[7]}`)).json();
    expect(page.provenance.record).toMatch(/^[0-9a-f]{64}$/);
    expect(page.text.length).toBeGreaterThan(10);
  });
});

describe('the barometer', () => {
  test('answers cells of the asked dimensions, with coverage', async () => {
    const { barometer } = (await get('/api/v1/barometer?by=theme,department&counting=deduplicated')).json();
    expect(barometer.cells.length).toBeGreaterThan(20);
    for (const cell of barometer.cells) {
      expect(cell.week).toBeNull();
      expect(cell.theme).not.toBeNull();
    }
    expect(barometer.coverage.collected).toBeGreaterThan(0);
  });

  test('is null before a first release', async () => {
    const empty = await buildServer(fixtureReader({ empty: true }), { web: null });
    expect((await empty.inject('/api/v1/barometer')).json()).toEqual({ barometer: null });
    await empty.close();
  });
});

describe('releases', () => {
  test('give their files as downloads, and nothing else', async () => {
    const { releases } = (await get('/api/v1/releases')).json();
    const base = `/api/v1/releases/${releases[0].id}/files`;
    const file = await get(`${base}/opinion.csv`);
    expect(file.headers['content-disposition']).toBe('attachment; filename="opinion.csv"');
    expect(file.body).toContain('ecologie');
    expect((await get(`${base}/..%2f..%2fetc%2fpasswd`)).statusCode).toBe(404);
  });
});

test('the OpenAPI document is 3.1 and describes each route', async () => {
  const document = (await get('/api/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/api/v1/journey', '/api/v1/barometer', '/api/v1/documents', '/api/v1/runs/{id}/events']),
  );
});

test('listens on the loopback, and says where another program has its port', async () => {
  const listening = await buildServer(reader, { web: null });
  const address = await listenLocally(listening, 0);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const late = await buildServer(reader, { web: null });
  const taken = listenLocally(late, Number(new URL(address).port));
  await expect(taken).rejects.toMatchObject({ code: 'locked', remedy: expect.stringContaining('--port') });
  await Promise.all([listening.close(), late.close()]);
});
