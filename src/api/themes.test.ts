import { expect, test } from 'vitest';
import { fixtureReader } from '../../test/web/fixture-reader.ts';
import { fixtureThemeDesk } from '../../test/web/fixture-themes.ts';
import { buildServer } from './server.ts';
import type { ThemeBoardAnswer, ThemesAnswer } from './themes.ts';

const HEADERS = { host: 'localhost:4780', origin: 'http://localhost:4780' };
const NOBODY = '00000000-0000-4000-8000-000000000000';

async function serve(options: Parameters<typeof fixtureThemeDesk>[0] = {}) {
  const desks = { themes: await fixtureThemeDesk(options) };
  const server = await buildServer(fixtureReader({ size: 0 }), { web: null, desks });
  const post = async (url: string, payload: object = {}) => {
    const answer = await server.inject({ method: 'POST', url: `/api/v1/themes${url}`, payload, headers: HEADERS });
    return { status: answer.statusCode, body: answer.json() };
  };
  const read = async () => (await server.inject({ url: '/api/v1/themes', headers: HEADERS })).json<ThemesAnswer>();
  return { post, read };
}

test('a proposal is made, read, changed and accepted as its types say', async () => {
  const { post, read } = await serve({ proposed: false });
  expect(await read()).toEqual({ board: null, progress: null });
  const { status, body } = await post('', { count: 6 });
  expect(status).toBe(200);
  const board = body as ThemeBoardAnswer;
  expect(board).toMatchObject({ sources: null, textsNow: board.discovery.texts + 12, discovery: { seed: 1 } });
  expect(board.naming).toMatchObject({ annotator: 'lucie', named: 1, kept: { t2: 'ungrounded' }, stopped: 'budget' });
  expect(board.themes[0]).toMatchObject({ id: 't1', name: 'Ce que dit le modèle', namedBy: { annotator: 'lucie' } });
  expect(board.history).toMatchObject([{ actor: 'lucie', edit: { kind: 'name', theme: 't1' } }]);
  expect((await read()).board).toEqual(board);

  const edits = `/${board.id}/edits`;
  const renamed = await post(edits, { kind: 'rename', theme: 't1', name: '  Le vélo ' });
  expect(renamed.body.themes[0]).toMatchObject({ name: 'Le vélo', namedBy: null });
  const merged = (await post(edits, { kind: 'merge', themes: ['t2', 't3'] })).body as ThemeBoardAnswer;
  // What was made is told by id and name only: its texts are those of the theme itself.
  const last = merged.history.at(-1)!.edit;
  expect(last).toEqual({
    kind: 'merge',
    themes: ['t2', 't3'],
    into: { id: expect.any(String), name: expect.any(String) },
  });
  for (const kind of ['drop', 'select', 'unselect', 'select']) {
    expect((await post(edits, { kind, theme: 't1' })).status).toBe(200);
  }
  const accepted = await post(`/${board.id}/accept`);
  expect(accepted.body).toEqual({ version: 'barometre@2', themes: 1, settings: 'annotators: [ lexical, themes ]' });
  expect((await read()).board!.history.at(-1)).toMatchObject({ edit: { kind: 'accept', version: 'barometre@2' } });
});

test('what is not a change of a theme is refused before it reaches the desk, and what is gone is not found', async () => {
  const { post, read } = await serve();
  const { id } = (await read()).board!;
  for (const bad of [
    { kind: 'rename', theme: 't1', name: '   ' },
    { kind: 'rename', theme: 't1', name: 'n'.repeat(121) },
    { kind: 'rename', theme: 'un', name: 'Nom' },
    { kind: 'merge', themes: ['t1'] },
    // A person names nothing in the place of a model, nor accepts by an edit.
    { kind: 'name', theme: 't1', name: 'Nom', description: 'Dit.', by: { annotator: 'lucie', model: 'm' } },
    { kind: 'accept', version: 'essai@9', themes: ['t1'] },
    { kind: 'drop', theme: 't1', more: true },
  ]) {
    expect([bad, (await post(`/${id}/edits`, bad)).status]).toEqual([bad, 400]);
  }
  for (const bad of [{ seed: -1 }, { count: 61 }, { sources: [] }]) expect((await post('', bad)).status).toBe(400);
  expect((await post(`/${id}/edits`, { kind: 'drop', theme: 't99' })).status).toBe(404);
  expect((await post(`/${NOBODY}/edits`, { kind: 'drop', theme: 't1' })).status).toBe(404);
  expect((await post('/un/accept')).status).toBe(400);
  expect((await post(`/${id}/accept`)).status).toBe(400);
});
