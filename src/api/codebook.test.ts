import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { openTestAccounts } from '../../test/accounts.ts';
import { REVIEW_CODEBOOK } from '../../test/opinions.ts';
import { answerTo, reviewProject, says } from '../../test/review.ts';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import type { DocumentId } from '../model/identity.ts';
import { openCodebookDesk } from '../run/codebook-desk.ts';
import { openReviewDesk } from '../run/store-review-desk.ts';
import { verifyActs } from '../store/acts.ts';
import { readLabels } from '../store/labels.ts';
import type { CodebookDraftAnswer, CodebookViewAnswer } from './codebook.ts';
import { buildServer } from './server.ts';

const HOST = '127.0.0.1:4780';
const ANNE = { person: 'person:anne', settles: false };

/** The next version: one category renamed, one given up, one new. */
const NEXT = `${REVIEW_CODEBOOK.replace('version: 1', 'version: 2')
  .replace('id: transports', 'id: mobilite')
  .replace('id: loisirs', 'id: sorties')
  .replace('un exemple de loisirs', 'un exemple de sorties')}mapping:
  from: essai@1
  tasks: { theme: { transports: mobilite, loisirs: drop } }
`;

test('a codebook is read, tried, written as a new version, and people’s judgements follow it', async () => {
  const { app } = await reviewProject(30, '{ sample: 6, doubleReading: "0%", uncertain: "0%" }');
  const { accounts, sessions, add, enter } = await openTestAccounts(app.control);
  onTestFinished(() => sessions.close());
  const review = openReviewDesk(app);
  const codebook = openCodebookDesk(app, () => app.reload());
  const server = await buildServer(fixtureReader(), { web: null, desks: { codebook, review, sessions, accounts } });
  onTestFinished(() => server.close());
  const tokens = new Map<string, string>();
  for (const role of ['admin', 'reader', 'reviewer', 'steward'] as const) {
    await add(role, [role]);
    tokens.set(role, await enter(role));
  }
  const ask = (who: string | null, route: string, payload?: unknown, headers: Record<string, string> = {}) => {
    const [method, url] = route.split(' ') as ['GET' | 'POST' | 'PUT', string];
    const cookie = who === null ? {} : { cookie: `datasens=${tokens.get(who)}` };
    const own = method === 'GET' ? {} : { origin: `http://${HOST}`, 'content-type': 'application/json' };
    return server.inject({
      ...{ method, url: `/api/v1/codebook${url}`, headers: { host: HOST, ...own, ...cookie, ...headers } },
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
  };
  const said = ['loisirs', 'transports', 'autre'];
  const items = await review.next(ANNE, 3);
  for (const [at, item] of items.entries()) await review.answer(ANNE, answerTo(item, says(said[at]!, 'neutre')));
  const ids = items.map(({ document }) => document as DocumentId);

  expect((await ask(null, 'GET /view')).statusCode).toBe(401);
  expect((await ask('admin', 'GET /view')).statusCode).toBe(403);
  const view = (await ask('reader', 'GET /view')).json<CodebookViewAnswer>();
  expect(view).toMatchObject({
    path: 'grille.yaml',
    text: REVIEW_CODEBOOK,
    draft: { kept: true, mistakes: [] },
    left: [],
  });
  expect(view.versions).toMatchObject([{ version: 'essai@1', difference: null }]);
  const given = view.counts.filter(({ task, people }) => task === 'theme' && people);
  expect(given.map(({ label, documents }) => [label, documents])).toEqual([
    ['autre', 1],
    ['loisirs', 1],
    ['transports', 1],
  ]);

  const preview = async (text: string) => (await ask('steward', 'POST /preview', { text })).json<CodebookDraftAnswer>();
  for (const who of ['reader', 'reviewer']) {
    expect((await ask(who, 'POST /preview', { text: NEXT })).statusCode).toBe(403);
    expect((await ask(who, 'PUT ', { text: NEXT }, { 'if-match': view.etag })).statusCode).toBe(403);
  }
  const broken = await preview(REVIEW_CODEBOOK.replace('none: autre', 'none: absent'));
  expect(broken.codebook).toBeNull();
  expect(broken.mistakes[0]!.line).toBeGreaterThan(1);
  const sameNumber = await preview(REVIEW_CODEBOOK.replace('piscine, parc', 'piscine, parc, bal'));
  expect(sameNumber.mistakes.map(({ message }) => message).join()).toContain('is kept with other words');
  const unmapped = await preview(NEXT.slice(0, NEXT.indexOf('mapping:')));
  expect(unmapped.mistakes.map(({ message }) => message).join()).toContain('need a new one or `drop`');
  const draft = await preview(NEXT);
  expect(draft).toMatchObject({ mistakes: [], kept: false, follows: { from: 'essai@1' } });
  expect(draft.follows!.difference.tasks).toMatchObject([
    { task: 'theme', renamed: [{ from: 'transports', to: 'mobilite' }], added: ['sorties'], removed: ['loisirs'] },
  ]);
  // Three themes and three tones: one theme is given up, and a rest that is smaller now is to be judged again.
  expect(draft.follows!.carry).toMatchObject({ judgements: 6, carried: 4, lost: { dropped: 1, reopened: 1 } });

  const save = (text: string, etag: string) => ask('steward', 'PUT ', { text }, { 'if-match': etag });
  expect((await ask('steward', 'PUT ', { text: NEXT })).statusCode).toBe(400);
  const late = await save(NEXT, 'another');
  expect([late.statusCode, late.json().code]).toEqual([409, 'locked']);
  const wrong = await save(NEXT.replace('none: autre', 'none: absent'), view.etag);
  expect([wrong.statusCode, wrong.json().errors[0].line > 1]).toEqual([422, true]);
  expect((await codebook.view()).text).toBe(REVIEW_CODEBOOK);
  const foreign = { 'if-match': view.etag, origin: 'https://evil.example' };
  expect((await ask('steward', 'PUT ', { text: NEXT }, foreign)).statusCode).toBe(403);

  const saved = await save(NEXT, `"${view.etag}"`);
  expect([saved.statusCode, saved.json().version]).toEqual([200, 'essai@2']);
  expect(app.codebookVersion).toBe('essai@2');
  const after = (await ask('reader', 'GET /view')).json<CodebookViewAnswer>();
  expect(after.etag).toBe(saved.json().etag);
  expect(after.versions.map(({ version }) => version)).toEqual(['essai@2', 'essai@1']);
  expect(after.left.map(({ document, label, reason }) => [document, label, reason]).sort()).toEqual(
    [
      [ids[0], 'loisirs', 'dropped'],
      [ids[2], 'autre', 'reopened'],
    ].sort(),
  );
  await app.database.transaction(async (tx) => {
    const labels = await readLabels(tx, ids, app.codebookVersion);
    expect(ids.map((id) => labels(id).tone?.label)).toEqual(['neutre', 'neutre', 'neutre']);
    expect(labels(ids[1]!).theme).toMatchObject({ label: 'mobilite', annotators: ['person:anne'] });
    expect(labels(ids[0]!).theme).toBeNull();
    expect((await verifyActs(tx)).broken).toBeNull();
  });
  // What was carried is what its writer sees, and a judgement under the new version stands beside it.
  const carried = (await review.item(ANNE, ids[1]!))!;
  expect(carried.answers).toContainEqual({ task: 'theme', label: 'mobilite' });
  const dropped = (await review.item(ANNE, ids[0]!))!;
  await review.answer(ANNE, { ...answerTo(dropped, says('sorties', 'neutre')), id: randomUUID() });
  expect((await codebook.view()).left.map(({ document }) => document)).toEqual([ids[2]]);
  // The version before is kept word for word, and may come back.
  expect((await preview(REVIEW_CODEBOOK)).kept).toBe(true);
});
