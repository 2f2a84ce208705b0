import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCodedApp, publishApp } from '../../test/coded-app.ts';
import { annotationOf, bringDocuments, RECIPE } from '../../test/corpus.ts';
import { barometer, queryBarometer } from '../decide/barometer.ts';
import type { Annotation } from '../model/annotation.ts';
import type { Codebook, TaskKind } from '../model/codebook.ts';
import type { DocumentId } from '../model/identity.ts';
import { verifyRelease } from '../publish/verify.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { indexDocumentsOfBatch, readFacets, type SearchFilter, searchDocuments } from '../store/search.ts';
import type { App } from './app.ts';
import { openDuckDb } from './duckdb.ts';
import { maskLabels } from './gate.ts';

const category = (id: string) => ({
  ...{ id, title: { fr: `« ${id} »`, en: id }, definition: `Ce qui touche à ${id}.` },
  ...{ includes: [], excludes: [], examples: [] },
});
const task = (id: string, kind: TaskKind, categories: readonly string[]) => ({
  ...{ id, kind, title: { fr: `La question ${id}`, en: `The question ${id}` }, none: null, abstention: true },
  categories: categories.map(category),
});
const codebook: Codebook = {
  name: 'essai',
  version: 1,
  title: { fr: 'Essai', en: 'Trial' },
  tasks: [
    task('theme', 'several-labels', ['eau', 'gare', 'velo']),
    task('canal-cite', 'one-label', ['mairie', 'presse']),
    task('lieux', 'spans', ['lieu']),
  ],
};

const several = (document: DocumentId, labels: readonly string[], rest: Partial<Annotation> = {}) =>
  annotationOf(document, { task: 'theme', label: labels[0]!, labels, ...rest });

/** Five documents: two themes, one, two, an abstention, nothing. */
async function bring(app: App): Promise<readonly DocumentId[]> {
  return app.database.transaction(async (tx) => {
    const texts = ['La gare et la fuite.', 'Une fuite.', 'Le vélo à la gare.', 'Illisible.', 'Rien.'];
    const { brought, documents } = await bringDocuments(tx, texts);
    const ids = documents.map(({ id }) => id);
    const judgements = [
      several(ids[0]!, ['eau', 'gare']),
      annotationOf(ids[0]!, { task: 'canal-cite', label: 'mairie' }),
      annotationOf(ids[0]!, {
        task: 'lieux',
        label: 'lieu',
        evidence: [{ start: 3, end: 7, label: 'lieu', weight: 1 }],
      }),
      several(ids[1]!, ['eau']),
      annotationOf(ids[1]!, { task: 'canal-cite', label: 'abstention' }),
      annotationOf(ids[3]!, { task: 'theme', label: 'abstention' }),
    ];
    await insertAnnotations(tx, annotationRows(judgements));
    await indexDocumentsOfBatch(tx, brought.batch, RECIPE);
    // Said after the document was indexed: search follows.
    await insertAnnotations(tx, annotationRows([several(ids[2]!, ['gare', 'velo'])]));
    return ids;
  });
}

test('every label of a document is published, counted and found', async () => {
  const app = await openCodedApp(codebook);
  const ids = await bring(app);
  const { release, folder } = await publishApp(app);

  expect(release.manifest.labels).toEqual([
    { name: 'labels_theme', task: 'theme', type: 'list' },
    { name: 'label_canal_cite', task: 'canal-cite', type: 'text' },
  ]);
  const file = join(folder, 'data/documents.parquet');
  const duckDb = await openDuckDb();
  const { connection } = duckDb;
  const described = await connection.runAndReadAll('describe select * from read_parquet($file)', { file });
  const types = new Map(described.getRowObjects().map((row) => [row.column_name, row.column_type]));
  expect(types.get('labels_theme')).toBe('VARCHAR[]');
  const read = await connection.runAndReadAll(
    'select document, labels_theme, label_canal_cite, theme from read_parquet($file)',
    { file },
  );
  const rows = new Map(read.getRowObjectsJson().map(({ document, ...row }) => [document, row]));
  duckDb.close();
  expect(ids.map((id) => rows.get(id)!.labels_theme)).toEqual([['eau', 'gare'], ['eau'], ['gare', 'velo'], null, null]);
  expect(ids.map((id) => rows.get(id)!.label_canal_cite)).toEqual(['mairie', null, null, null, null]);
  expect(rows.get(ids[2]!)!.theme).toBe('gare');

  const csv = await readFile(join(folder, 'data/documents.csv'), 'utf8');
  expect(csv.split('\r\n')[0]).toContain(',tone_score,labels_theme,label_canal_cite,annotators,');
  expect(csv.split('\r\n').find((line) => line.includes(ids[0]!))).toContain(',"eau|gare","mairie",');
  const french = await readFile(join(folder, 'datasheet.fr.md'), 'utf8');
  expect(french).toMatch(
    /\| `labels_theme` \| list \| toutes les catégories de la question « La question theme ».*`\\\|`/,
  );
  expect(french).toContain('« La question theme » : un document compte dans chacune de ses catégories.');
  expect(french).toMatch(
    /\| La question theme \| n \|\n[|-]+\n\| \(aucun\) \| 2 \|\n\| eau \| 2 \|\n\| gare \| 2 \|\n\| velo \| 1 \|/,
  );
  expect((await verifyRelease(folder, { openDuckDb })).problems).toEqual([]);

  const figures = await barometer({ ...release, folder }, {}, { openDuckDb });
  expect(figures.severalThemes).toBe(true);
  const raw = figures.cells.filter(({ counting, week, department }) => counting === 'raw' && !week && !department);
  expect(raw.map(({ theme, n, base, share }) => [theme, n, base, share])).toEqual([
    [null, 5, 5, 1],
    ['eau', 2, 5, 0.4],
    ['gare', 2, 5, 0.4],
    ['non-annote', 2, 5, 0.4],
    ['velo', 1, 5, 0.2],
  ]);
  const query = { filter: { theme: 'gare' }, by: ['department'], counting: 'raw' } as const;
  const { cells } = await queryBarometer({ ...release, folder }, query, { openDuckDb });
  expect(cells).toMatchObject([{ department: 'inconnu', n: 2, base: 5 }]);

  await app.database.transaction(async (tx) => {
    const filter: SearchFilter = { q: '', recipes: [RECIPE], fold: false };
    const found = await searchDocuments(tx, { ...filter, theme: 'gare', cursor: null, limit: 10 });
    expect(found.items.map(({ id }) => id).sort()).toEqual([ids[0], ids[2]].sort());
    const { facets, total } = await readFacets(tx, filter);
    expect(total).toBe(5);
    expect(facets.theme).toEqual([
      { value: 'eau', n: 2 },
      { value: 'gare', n: 2 },
      { value: 'abstention', n: 1 },
      { value: 'velo', n: 1 },
    ]);
  });
});

test('a bar keeps back one label of several, and the whole of a task that it forbids', async () => {
  const app = await openCodedApp(codebook, ', require: { people: 3 }');
  await bring(app);
  const { release, folder } = await publishApp(app);
  expect(release.manifest.measured!.withheld.map(({ task, label }) => [task, label])).toEqual([
    ['theme', null],
    ['canal-cite', null],
  ]);
  expect(await readFile(join(folder, 'data/documents.csv'), 'utf8')).not.toMatch(/eau|gare"|mairie/);
  const row = {
    ...{ theme: 'eau', themeScore: 1, tone: null, toneScore: null, provisional: true },
    labels: { theme: ['eau', 'gare'], 'canal-cite': 'mairie' },
  };
  const kept = {
    task: 'theme',
    label: 'eau',
    reason: 'precision',
    measured: 0.1,
    bar: 0.5,
    n: 40,
    missing: null,
  } as const;
  const masked = maskLabels(row, { evaluation: 'e', require: {}, withheld: [kept] });
  expect(masked).toMatchObject({ theme: null, themeScore: null, labels: { theme: ['gare'], 'canal-cite': 'mairie' } });
  expect(
    maskLabels({ ...row, labels: { theme: ['eau'] } }, { evaluation: 'e', require: {}, withheld: [kept] }),
  ).toMatchObject({
    labels: {},
    provisional: false,
  });
});
