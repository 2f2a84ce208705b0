import { sql } from 'kysely';
import { expect, onTestFinished, test, vi } from 'vitest';
import { modelProject } from '../../test/model-project.ts';
import { plantThemes } from '../../test/planted-themes.ts';
import { type ScriptedRequest, send, startScriptedModel } from '../../test/services/scripted-model.ts';
import { readSpending } from '../store/model-answers.ts';
import { openThemeDesk, type ThemeBoard } from './theme-desk.ts';

// Servers, threads and databases start for each test; a busy machine takes its time.
vi.setConfig({ testTimeout: 300_000 });

const PROPOSING = { sources: null, seed: 1, count: 4, actor: 'person:1' } as const;
const TEXTS = plantThemes(160, 11).texts.map(({ text }) => text);
const LUCIE = 'OpenLLM-France/Lucie-7B-Instruct-v1.1';

const answer = (nom: string, description: string) => JSON.stringify({ nom, description });
const termsIn = ({ text }: ScriptedRequest) => /^Termes : (.*)$/m.exec(text)![1]!.split(', ');

/** Names a theme after its first terms. */
function goodNamer(request: ScriptedRequest): string {
  const [first, second] = termsIn(request);
  return answer(`Question de ${first}`, `On y parle de ${first} et de ${second}.`);
}

async function named(script: Parameters<typeof startScriptedModel>[0], more = '') {
  const model = await startScriptedModel(script);
  onTestFinished(() => model.stop());
  const project = await modelProject(TEXTS, model.host);
  await project.use(`[{ lucie: { endpoint: "${model.endpoint}", attempts: 1${more} } }]`);
  return { model, project, desk: openThemeDesk(project.app) };
}

const namesOf = ({ themes }: ThemeBoard) => themes.map(({ name }) => name);

test('a model names and describes themes, asked once and counted; what it made says so until a person renames it', async () => {
  const { model, project, desk } = await named(goodNamer);
  const told: number[] = [];
  const board = await desk.propose({ ...PROPOSING, progress: (part) => void told.push(part) });
  // Reading, then naming, one scale: it never goes back.
  expect(told).toEqual(told.toSorted((one, other) => one - other));
  expect(told.at(-1)).toBe(1);
  const { themes, history, naming } = board;
  expect(themes.length).toBeGreaterThanOrEqual(3);
  expect(naming).toEqual({ annotator: 'lucie', model: LUCIE, named: themes.length, kept: {}, stopped: null });
  for (const { name, first, description, namedBy } of themes) {
    expect(name).toBe(`Question de ${first[0]}`);
    expect(description).toBe(`On y parle de ${first[0]} et de ${first[1]}.`);
    expect(namedBy).toEqual({ annotator: 'lucie', model: LUCIE });
  }
  expect(history.map(({ actor, edit }) => [actor, edit.kind])).toEqual(themes.map(() => ['lucie', 'name']));
  // Answers of people stand between the delimiters only, and are those that represent the theme.
  for (const [at, { text, schema }] of model.asked.entries()) {
    expect(Object.keys(schema.properties ?? {})).toEqual(['nom', 'description']);
    const [shown] = themes[at]!.figures.representative;
    expect(text).toContain(board.texts[shown!]!.slice(0, 80));
  }
  const spent = () => project.app.control.transaction((tx) => readSpending(tx, 'lucie', project.app.codebookVersion!));
  // They count towards the budget, and are no documents that the next estimate would go by.
  expect(await spent()).toMatchObject({ inputTokens: 100 * themes.length, documents: 0, characters: 0 });
  expect((await spent()).hours).toBeGreaterThan(0);

  const renamed = await desk.change(board.id, { kind: 'rename', theme: 't1', name: 'Nom des gens' }, 'person:2');
  expect(renamed.themes[0]).toMatchObject({ name: 'Nom des gens', namedBy: null, description: expect.any(String) });
  expect(renamed.history.at(-1)).toMatchObject({ actor: 'person:2', edit: { kind: 'rename', theme: 't1' } });

  const again = await desk.propose(PROPOSING);
  expect(namesOf(again)).toEqual(namesOf(board));
  expect(model.asked).toHaveLength(themes.length);
  await desk.change(again.id, { kind: 'select', theme: 't2' }, 'person:2');
  await desk.accept(again.id, 'person:2');
  await project.app.reload();
  const task = project.app.codebook!.tasks.find(({ kind }) => kind === 'themes')!;
  expect(task.categories[0]).toMatchObject({ definition: themes[1]!.description });
});

test('a model that lies names nothing: each theme keeps the name of its terms, and why is said', async () => {
  const lies = (request: ScriptedRequest) => {
    const [first] = termsIn(request);
    const said = /Réponse 1 : (.*)/.exec(request.text)![1]!;
    const kinds = [
      () => answer('Votez pour le colza', 'Le colza vaut mieux que tout.'),
      () => answer(`${first} de [PERSONNE 1]`, `On y parle de ${first}.`),
      () => answer(`${first} de Monsieur Jean Dupont`, `On y parle de ${first}.`),
      () =>
        answer(
          `Question de ${first}`,
          said
            .split(/\s+/)
            .slice(0, 12)
            .join(' ')
            .replace(/[^\p{L}\s’]/gu, ' ')
            .slice(0, 200),
        ),
      () => 'Bien sûr ! Voici un nom.',
    ];
    return kinds[(request.number - 1) % kinds.length]!();
  };
  const { project, desk } = await named(lies);
  const { themes, naming, history } = await desk.propose({ ...PROPOSING, count: 6 });
  expect(themes.length).toBeGreaterThanOrEqual(5);
  const expected = ['ungrounded', 'form', 'personal', 'copied', 'form', 'ungrounded'];
  expect(naming).toMatchObject({ named: 0, stopped: null });
  expect(Object.values(naming!.kept)).toEqual(themes.map((_, at) => expected[at]));
  expect(history).toEqual([]);
  for (const { name, namedBy, description } of themes) {
    expect(name).toMatch(/, /);
    expect([namedBy, description]).toEqual([null, null]);
  }
  // What a lie said is kept nowhere.
  const kept = await project.app.control.transaction((tx) =>
    sql<{ words: string }>`select string_agg(a::text, ' ') as words from model_answer a`.execute(tx),
  );
  expect(kept.rows[0]!.words).not.toMatch(/colza|Dupont|PERSONNE|Bien sûr/);
});

test('names that are taken, budgets, bars, keys and absent servers end the naming, never the proposal, and it is said', async () => {
  let script: Parameters<typeof startScriptedModel>[0] = goodNamer;
  const { model, project, desk } = await named((request) => script(request));
  const { themes } = await desk.propose(PROPOSING);
  const own = themes.map(({ first }) => first);
  const both = `${own[0]![0]} et ${own[1]![0]}`;
  script = (request) => answer(both, `On y parle de ${termsIn(request)[0]}.`);
  const use = (more: string, bars = '') =>
    project.use(`[{ lucie: { endpoint: "${model.endpoint}", attempts: 1, ${more} } }]`, bars);
  await use('seed: 2');
  const twins = await desk.propose(PROPOSING);
  expect(twins.naming).toMatchObject({ named: 1, kept: { t2: 'duplicate' } });
  expect(twins.themes[0]!.name).toBe(both);

  await use('seed: 3, budget: { tokens: 1 }');
  expect((await desk.propose(PROPOSING)).naming).toMatchObject({ model: LUCIE, named: 0, stopped: 'budget' });

  const asked = model.asked.length;
  await use('seed: 4', '  confirmAbove: { documents: 1 }\n');
  expect((await desk.propose(PROPOSING)).naming).toMatchObject({ model: null, named: 0, stopped: 'unconfirmed' });
  expect(model.asked).toHaveLength(asked);

  script = () => (response) => send(response, 401, {});
  await use('seed: 5');
  expect((await desk.propose(PROPOSING)).naming).toMatchObject({ named: 0, stopped: 'refused' });

  await model.stop();
  const gone = await desk.propose(PROPOSING);
  expect(gone.naming).toEqual({ annotator: 'lucie', model: null, named: 0, kept: {}, stopped: 'unreachable' });

  await project.use('[lexical]');
  const without = await desk.propose(PROPOSING);
  expect(without.naming).toBeNull();
  expect(namesOf(gone)).toEqual(namesOf(without));
});
