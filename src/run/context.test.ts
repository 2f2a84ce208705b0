import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import { type JsonObject, textIn } from '../model/json.ts';
import { verifyRelease } from '../publish/verify.ts';
import { type JoinedContext, streamContext } from '../store/context-join.ts';
import { openContextReader } from './context-reader.ts';
import { openDuckDb } from './duckdb.ts';
import { runJourney } from './journey.ts';

const avis = sourceOf('avis', 'file', '{ path: avis.csv, map: { id: id, text: avis, date: jour, territory: lieu } }');
const CONTEXT = `context:
  sources:
    meteo:
      collector: file
      with: { path: meteo.csv }
      licence: lov2
      date: jour
      territory: { field: lieu }
      values:
        temperature: { field: tmax, unit: °C }
    agenda:
      collector: file
      with: { path: agenda.csv }
      licence: lov2
      date: { from: debut, to: fin }
      territory: { field: lieu }
      values:
        agenda: { field: nom, kind: event }
`;
const AVIS = `id;avis;jour;lieu
1;Le bus est en retard le matin;2026-05-14;38185
2;La piscine est fermée;2026-05-14;67482
3;Le marché est agréable;2026-05-15;38
4;Rien à dire de plus;2026;38185
`;
const METEO = `jour,lieu,tmax
2026-05-14,38185,21.5
2026-05-14,38,18
2026-05-15,38,19
2026-05,France,15
`;
const AGENDA = `debut,fin,lieu,nom
2026-05-10,2026-05-20,zone A,Quinzaine du livre
2026-05-14,2026-05-14,Grenoble (38),Foire
2026-05-14,2026-05-14,Isère,Foire
`;

const collect = ({ app }: TestProject) =>
  runJourney(app, { command: 'test', steps: ['collect', 'refine', 'govern'], index: false }, () => undefined);

async function contextBy(project: TestProject): Promise<Readonly<Record<string, readonly string[]>>> {
  const { app } = project;
  return app.database.transaction(async (tx) => {
    const { rows } = await keysOf(tx);
    const keys = new Map(rows.map(({ id, key }) => [id, key]));
    const found: Record<string, readonly string[]> = {};
    for await (const { document, context } of streamContext(tx, app.recipes, app.context!.readings)) {
      found[keys.get(document)!] = context.map(spelled);
    }
    return found;
  });
}

type Tx = Parameters<Parameters<TestProject['app']['database']['transaction']>[0]>[0];

async function keysOf(tx: Tx) {
  const rows = await tx.selectFrom('document').select(['id', 'key']).execute();
  return { rows: rows.map(({ id, key }) => ({ id: id.toString('hex'), key: key! })) };
}

function releaseOf(counts: JsonObject): string {
  return textIn(counts['publish opinion'] as JsonObject, 'release')!;
}

function spelled({ series, placeKind, place, value, label }: JoinedContext['context'][number]): string {
  return `${series}: ${value ?? label} (${placeKind} ${place})`;
}

async function projectWith(files: Readonly<Record<string, string>>): Promise<TestProject> {
  const project = await testProject(avis, files);
  const settings = readFileSync(join(project.root, 'datasens.yaml'), 'utf8');
  project.put('datasens.yaml', `${settings}${CONTEXT}`);
  await project.app.reload();
  return project;
}

test('each document has the context of its day and of the most specific place, events adding up', {
  timeout: 180_000,
}, async () => {
  const project = await projectWith({ 'avis.csv': AVIS, 'meteo.csv': METEO, 'agenda.csv': AGENDA });
  const run = await collect(project);
  expect(run).toMatchObject({ state: 'done', counts: { context: { sources: 2, values: 7, unread: 0 } } });
  expect(run.counts.collect).toMatchObject({ records: 4 });
  expect(await contextBy(project)).toEqual({
    1: [
      'agenda: Foire (commune 38185)',
      'agenda: Quinzaine du livre (zone A)',
      'temperature: 21.5 (commune 38185)',
      'jours-feries: Ascension (country FR)',
    ],
    2: ['temperature: 15 (country FR)', 'jours-feries: Ascension (country FR)'],
    3: ['agenda: Quinzaine du livre (zone A)', 'temperature: 19 (department 38)'],
  });
  const again = await collect(project);
  expect(again.counts.context).toMatchObject({ records: 0, values: 0 });
});

test('a newer file replaces its values, and another reading of the same bytes needs no new collection', {
  timeout: 180_000,
}, async () => {
  const project = await projectWith({ 'avis.csv': AVIS, 'meteo.csv': METEO, 'agenda.csv': AGENDA });
  await collect(project);
  project.put('meteo.csv', METEO.replace('38185,21.5', '38185,22.5').replace('2026-05,France,15\n', ''));
  await collect(project);
  const changed = await contextBy(project);
  expect(changed['1']).toContain('temperature: 22.5 (commune 38185)');
  expect(changed['2']).toEqual(['jours-feries: Ascension (country FR)']);

  const settings = readFileSync(join(project.root, 'datasens.yaml'), 'utf8');
  project.put(
    'datasens.yaml',
    settings.replace('temperature: { field', 'chaleur: { field').replace('context:', 'context:\n  holidays: false'),
  );
  await project.app.reload();
  const run = await collect(project);
  expect(run.counts.context).toMatchObject({ records: 3, values: 3 });
  expect((await contextBy(project))['3']).toEqual([
    'agenda: Quinzaine du livre (zone A)',
    'chaleur: 19 (department 38)',
  ]);
});

test('a source of context that cannot be read stops nothing', { timeout: 180_000 }, async () => {
  const project = await projectWith({ 'avis.csv': AVIS, 'meteo.csv': 'jour,lieu,tmax\nhier,38,douze\n' });
  const run = await collect(project);
  expect(run.state).toBe('partial');
  expect(run.counts).toMatchObject({ context: { values: 0, unread: 1, refusals: 1 }, govern: { cleared: 4 } });
});

test('a release carries the context of its days and places, the same bytes each time, and the barometer its weeks', {
  timeout: 180_000,
}, async () => {
  const project = await projectWith({ 'avis.csv': AVIS, 'meteo.csv': METEO, 'agenda.csv': AGENDA });
  const settings = readFileSync(join(project.root, 'datasens.yaml'), 'utf8');
  project.put('datasens.yaml', `${settings}publish: { opinion: {} }\n`);
  await project.app.reload();
  const steps = ['collect', 'refine', 'govern', 'publish', 'decide'] as const;
  const publish = () => runJourney(project.app, { command: 'test', steps, index: false }, () => undefined);
  const first = await publish();
  const again = await publish();
  expect(again.counts['publish opinion']).toEqual(first.counts['publish opinion']);
  const release = releaseOf(first.counts);
  const folder = join(project.root, '.datasens/releases', release);
  expect((await verifyRelease(folder, { openDuckDb })).problems).toEqual([]);
  const lines = readFileSync(join(folder, 'data/context.csv'), 'utf8').trimEnd().split('\r\n');
  expect(lines[0]).toBe(
    'source,source_title,licence,series,title,kind,unit,weekly,first_day,last_day,place_kind,place,value,label,record',
  );
  expect(lines.map((line) => line.split(',').slice(8, 13).join(' '))).toContain(
    '2026-05-14 2026-05-14 "commune" "38185" 21.5',
  );
  // Alsace-Moselle has no holiday of its own that week.
  expect(lines.filter((line) => line.includes('jours-feries'))).toHaveLength(1);

  const reader = openContextReader(project.app);
  const { items, names } = await reader.barometerContext({});
  expect(items.map(({ series, weeks, marks }) => [series, weeks, marks.map(({ label }) => label)])).toEqual([
    ['agenda', [], ['Quinzaine du livre', 'Foire']],
    ['temperature', [{ week: '2026-05-11', value: 21.5, range: { low: 21.5, high: 21.5 }, places: 1 }], []],
    ['jours-feries', [], ['Ascension']],
  ]);
  expect(items[0]!.marks[1]!.places).toEqual([
    { kind: 'commune', code: '38185' },
    { kind: 'department', code: '38' },
  ]);
  expect(names).toEqual({ 'commune 38185': 'Grenoble', 'department 38': 'Isère' });
  const east = await reader.barometerContext({ department: '67' });
  expect(east.items.map(({ series, weeks }) => [series, weeks.map(({ value }) => value)])).toEqual([
    ['temperature', [15]],
    ['jours-feries', []],
  ]);
  const figures = readFileSync(join(project.root, '.datasens/indicators', release, 'barometer-context.csv'), 'utf8');
  expect(figures.split('\r\n')).toHaveLength(6);
});

test('without context nothing is added to a release', { timeout: 180_000 }, async () => {
  const project = await testProject(avis, { 'avis.csv': AVIS });
  const settings = readFileSync(join(project.root, 'datasens.yaml'), 'utf8');
  project.put('datasens.yaml', `${settings}publish: { opinion: {} }\n`);
  await project.app.reload();
  const steps = ['collect', 'refine', 'govern', 'publish', 'decide'] as const;
  const { counts } = await runJourney(project.app, { command: 'test', steps, index: false }, () => undefined);
  const folder = join(project.root, '.datasens/releases', releaseOf(counts));
  expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).not.toContain('context');
  expect(readFileSync(join(folder, 'datasheet.fr.md'), 'utf8')).not.toContain('Contexte');
  expect(await openContextReader(project.app).barometerContext({})).toEqual({ items: [], names: {} });
});
