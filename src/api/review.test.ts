import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { openTestAccounts } from '../../test/accounts.ts';
import { SPANS_CODEBOOK } from '../../test/opinions.ts';
import { reviewProject, says } from '../../test/review.ts';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { openReviewDesk } from '../run/store-review-desk.ts';
import { accessOf, mayDo, type Right } from './permissions.ts';
import type { ReviewItemAnswer } from './review-schemas.ts';
import { buildServer } from './server.ts';

const HOST = '127.0.0.1:4780';
const ROLES = ['reader', 'reviewer', 'steward', 'garant'] as const;
type Who = (typeof ROLES)[number] | 'other-reviewer';

/** A project of which half is read twice, served to one account of each role. */
async function open() {
  const people = '{ sample: 12, doubleReading: "100%", uncertain: "0%" }';
  const { app } = await reviewProject(30, people, SPANS_CODEBOOK);
  const accounts = await openTestAccounts(app.control);
  onTestFinished(() => accounts.sessions.close());
  const server = await buildServer(fixtureReader(), {
    web: null,
    desks: { review: openReviewDesk(app), sessions: accounts.sessions, accounts: accounts.accounts },
  });
  onTestFinished(() => server.close());
  await accounts.add('admin', ['admin']);
  const tokens = new Map<Who, string>();
  for (const role of ROLES) {
    await accounts.add(role, [role]);
    tokens.set(role, await accounts.enter(role));
  }
  await accounts.add('other-reviewer', ['reviewer']);
  tokens.set('other-reviewer', await accounts.enter('other-reviewer'));
  const ask = (who: Who | null, route: string, payload?: unknown, headers: Record<string, string> = {}) => {
    const [method, url] = route.split(' ') as ['GET' | 'POST' | 'PUT', string];
    return server.inject({
      method,
      url: `/api/v1/review${url}`,
      headers: {
        host: HOST,
        ...(method === 'GET' ? {} : { origin: `http://${HOST}`, 'content-type': 'application/json' }),
        ...(who === null ? {} : { cookie: `datasens=${tokens.get(who)}` }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
  };
  const key = (etag: string, id: string = randomUUID()) => ({ 'idempotency-key': id, 'if-match': `"${etag}"` });
  return { ask, key };
}

const NOBODY = 'f'.repeat(64);
const PLACES = [...says('loisirs', 'negatif'), { task: 'lieux', label: 'abstention' }];

test('every route asks for its right, and says what is wrong with what it is sent', async () => {
  const { ask, key } = await open();
  const bulk = { filter: {}, answer: { task: 'tone', label: 'neutre' }, confirmed: 1 };
  const routes: readonly (readonly [string, unknown, Record<string, string>?])[] = [
    ['GET ', undefined],
    ['POST /draw', {}],
    ['POST /next', { limit: 1 }],
    ['GET /items', undefined],
    [`GET /items/${NOBODY}`, undefined],
    [`PUT /items/${NOBODY}/draft`, { draft: {} }],
    ['POST /answers', { document: NOBODY, answers: PLACES }, key('0')],
    ['POST /undo', { document: NOBODY }, key('0')],
    ['GET /conflicts', undefined],
    ['POST /bulk/count', { filter: {}, task: 'tone' }],
    ['POST /bulk', bulk, { 'idempotency-key': randomUUID() }],
    ['POST /bulk/undo', { id: randomUUID() }],
  ];
  const seen: string[] = [];
  for (const [route, body, headers] of routes) {
    expect((await ask(null, route, body, headers)).statusCode).toBe(401);
    const [method, url] = route.split(' ');
    const right = accessOf(method!, `/api/v1/review${url!.replace(NOBODY, ':document')}`) as Right;
    for (const role of ROLES) {
      const answer = await ask(role, route, body, headers);
      const wanted = mayDo([role], right);
      seen.push(`${role} ${route.replace(NOBODY, ':document')} ${answer.statusCode === 403 ? 'no' : 'yes'}`);
      expect(`${role} ${route}: ${answer.statusCode !== 403}`).toBe(`${role} ${route}: ${wanted}`);
    }
  }
  // Said once more in full, so that a change of the table is seen here.
  expect(seen.filter((line) => line.endsWith('yes')).map((line) => line.slice(0, -4))).toEqual([
    ...['reviewer GET ', 'steward GET ', 'garant GET ', 'steward POST /draw', 'reviewer POST /next'],
    ...['steward POST /next', 'reviewer GET /items', 'steward GET /items', 'garant GET /items'],
    ...['reviewer GET /items/:document', 'steward GET /items/:document', 'garant GET /items/:document'],
    ...['reviewer PUT /items/:document/draft', 'steward PUT /items/:document/draft', 'reviewer POST /answers'],
    ...['steward POST /answers', 'reviewer POST /undo', 'steward POST /undo', 'reviewer GET /conflicts'],
    ...['steward GET /conflicts', 'garant GET /conflicts', 'reviewer POST /bulk/count', 'steward POST /bulk/count'],
    ...['reviewer POST /bulk', 'steward POST /bulk', 'reviewer POST /bulk/undo', 'steward POST /bulk/undo'],
  ]);

  const wrong: readonly (readonly [string, unknown, number, Record<string, string>?])[] = [
    ['POST /next', { limit: 51 }, 400],
    ['POST /next', { limit: 1, more: true }, 400],
    ['GET /items?state=unknown', undefined, 400],
    ['GET /items?cursor=x', undefined, 400],
    ['GET /items?limit=201', undefined, 400],
    ['GET /items/not-an-id', undefined, 400],
    [`GET /items/${NOBODY}`, undefined, 404],
    [`PUT /items/${NOBODY}/draft`, { draft: {} }, 404],
    [`PUT /items/${NOBODY}/draft`, { draft: 'words' }, 400],
    ['POST /answers', { document: NOBODY, answers: PLACES }, 404, key('0')],
    ['POST /answers', { document: NOBODY, answers: PLACES }, 400],
    ['POST /answers', { document: NOBODY, answers: PLACES }, 400, { 'idempotency-key': 'x', 'if-match': '"0"' }],
    ['POST /answers', { document: NOBODY, answers: PLACES }, 400, { ...key('0'), 'if-match': 'later' }],
    ['POST /answers', { document: NOBODY, skipped: 'bored' }, 400, key('0')],
    ['POST /bulk', { ...bulk, confirmed: 0 }, 400, { 'idempotency-key': randomUUID() }],
    ['POST /bulk', { ...bulk, confirmed: 1 }, 409, { 'idempotency-key': randomUUID() }],
    ['POST /bulk', bulk, 400],
    ['POST /bulk/count', { filter: {}, task: 'unknown' }, 400],
    ['POST /bulk/count', { filter: { words: 'x' }, task: 'tone' }, 400],
    ['POST /bulk/undo', { id: 'x' }, 400],
  ];
  for (const [route, body, status, headers] of wrong) {
    const answer = await ask('steward', route, body, headers);
    expect(`${route} ${JSON.stringify(body)}: ${answer.statusCode}`).toBe(
      `${route} ${JSON.stringify(body)}: ${status}`,
    );
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  }
  const foreign = await ask('steward', 'POST /next', { limit: 1 }, { origin: 'https://evil.example' });
  expect(foreign.statusCode).toBe(403);
});

test('a text is read blind, answered once, taken back, settled by a third person, and answered in bulk', async () => {
  const { ask, key } = await open();
  const json = async (who: Who, route: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await ask(who, route, body, headers);
    expect(`${route}: ${answer.statusCode} ${answer.statusCode === 200 ? '' : answer.body}`).toBe(`${route}: 200 `);
    return answer.json();
  };
  expect(await json('steward', 'POST /draw', {})).toEqual({ items: 12 });
  const overview = await json('reviewer', 'GET ');
  expect(overview).toMatchObject({
    blind: true,
    settles: false,
    progress: { total: 12, mine: { submitted: 0, left: 12 } },
  });
  expect(overview.tasks.map((task: { id: string; kind: string }) => `${task.id} ${task.kind}`)).toEqual([
    ...['theme one-label', 'tone one-label', 'lieux spans'],
  ]);

  const [item] = (await json('reviewer', 'POST /next', { limit: 1 })).items as ReviewItemAnswer[];
  expect(item).toMatchObject({ machine: null, cause: null, answers: [], etag: '0', double: true, queue: 'random' });
  const { document } = item!;
  await json('reviewer', `PUT /items/${document}/draft`, { draft: { comment: 'à finir' } });
  const begun = await json('reviewer', `GET /items/${document}`);
  expect(begun.draft).toEqual({ comment: 'à finir' });
  // What one has begun is nobody else's to see.
  expect((await json('steward', `GET /items/${document}`)).draft).toBeNull();

  const place = { start: 0, end: 4, label: 'lieu' };
  const beyond = { task: 'lieux', label: 'lieu', spans: [{ ...place, end: item!.text.length + 1 }] };
  const refused = await ask('reviewer', 'POST /answers', { document, answers: [beyond] }, key('0'));
  expect([refused.statusCode, refused.json().code]).toEqual([400, 'usage']);

  const answers = [...says('loisirs', 'negatif'), { task: 'lieux', label: 'lieu', spans: [place] }];
  const once = key('0');
  const given = { document, answers, comment: 'lu', seconds: 3 };
  const first = await json('reviewer', 'POST /answers', given, once);
  expect(first).toMatchObject({ etag: '3', repeated: false });
  expect(first.machine.map(({ annotator }: { annotator: string }) => annotator)).toContain('lexical');
  expect(await json('reviewer', 'POST /answers', given, once)).toMatchObject({ etag: '3', repeated: true });
  // The same key for other words, and words over an answer that was not seen.
  expect((await ask('reviewer', 'POST /answers', { ...given, comment: 'autre' }, once)).statusCode).toBe(400);
  const late = await ask('reviewer', 'POST /answers', given, key('0'));
  expect([late.statusCode, late.json().code]).toEqual([409, 'locked']);
  expect((await json('reviewer', `GET /items/${document}`)).answers).toEqual(answers);

  const undone = await json('reviewer', 'POST /undo', { document }, key('3'));
  expect(undone).toEqual({ etag: '6' });
  expect((await json('reviewer', `GET /items/${document}`)).answers).toEqual([]);
  await json('reviewer', 'POST /answers', given, key('6'));

  // Half of it is read: the list says so to whom follows, and nothing of what was said to who has not read it.
  const half = await json('garant', 'GET /items?state=half');
  expect(half.items.map((one: { document: string }) => one.document)).toEqual([document]);
  expect(half.items[0]).toMatchObject({ mine: [], cause: null });
  expect((await json('other-reviewer', 'GET /items?label=theme:loisirs')).items).toEqual([]);
  expect((await json('reviewer', 'GET /items?label=theme:loisirs')).items).toHaveLength(1);
  const page = await json('garant', 'GET /items?limit=5');
  expect(page.items).toHaveLength(5);
  const rest = await json('garant', `GET /items?limit=50&cursor=${page.nextCursor}`);
  expect([rest.items.length, rest.nextCursor]).toEqual([7, null]);

  const other = {
    document,
    answers: [...says('transports', 'negatif'), { task: 'lieux', label: 'lieu', spans: [place] }],
  };
  await json('other-reviewer', 'POST /answers', other, key('0'));
  const [conflict] = (await json('reviewer', 'GET /conflicts')).conflicts;
  expect(conflict).toMatchObject({ tasks: ['theme'], open: false, item: { document } });
  const settled = { document, answers: [{ task: 'theme', label: 'autre' }], settles: true };
  const own = await ask('reviewer', 'POST /answers', settled, key(conflict.item.etag));
  expect([own.statusCode, own.json().code]).toEqual([403, 'refused']);
  const [free] = (await json('steward', 'GET /conflicts')).conflicts;
  expect(free.open).toBe(true);
  await json('steward', 'POST /answers', settled, key(free.item.etag));
  expect((await json('garant', 'GET /conflicts')).conflicts).toEqual([]);
  const again = await json('steward', 'POST /undo', { document, settles: true }, key('1'));
  expect(again).toEqual({ etag: '2' });
  expect((await json('garant', 'GET /conflicts')).conflicts).toHaveLength(1);

  // Skipped with its reason: it stays for others.
  const [next] = (await json('reviewer', 'POST /next', { limit: 1 })).items as ReviewItemAnswer[];
  await json('reviewer', 'POST /answers', { document: next!.document, skipped: 'language' }, key('0'));
  expect((await json('reviewer', `GET /items/${next!.document}`)).skipped).toBe('language');
  expect((await json('garant', 'GET /items?state=skipped')).items).toHaveLength(1);

  const filter = { q: 'piscine' };
  const { documents } = await json('reviewer', 'POST /bulk/count', { filter, task: 'tone' });
  expect(documents).toBeGreaterThan(0);
  const bulk = { filter, answer: { task: 'tone', label: 'neutre' }, confirmed: documents };
  const bulkKey = randomUUID();
  const stale = { ...bulk, confirmed: documents + 1 };
  expect((await ask('reviewer', 'POST /bulk', stale, { 'idempotency-key': randomUUID() })).statusCode).toBe(409);
  expect(await json('reviewer', 'POST /bulk', bulk, { 'idempotency-key': bulkKey })).toEqual({ documents });
  expect(await json('reviewer', 'POST /bulk', bulk, { 'idempotency-key': bulkKey })).toEqual({ documents });
  expect(await json('reviewer', 'POST /bulk/count', { filter, task: 'tone' })).toEqual({ documents: 0 });
  const spans = { ...bulk, answer: { task: 'lieux', label: 'lieu' } };
  expect((await ask('reviewer', 'POST /bulk', spans, { 'idempotency-key': randomUUID() })).statusCode).toBe(400);
  // What another gave in bulk is not one's own to take back.
  expect(await json('steward', 'POST /bulk/undo', { id: bulkKey })).toEqual({ documents: 0 });
  expect(await json('reviewer', 'POST /bulk/undo', { id: bulkKey })).toEqual({ documents });
  expect(await json('reviewer', 'POST /bulk/count', { filter, task: 'tone' })).toEqual({ documents });
});
