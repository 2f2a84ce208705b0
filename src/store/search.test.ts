import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { annotationOf, bringClusters, bringDocuments, CODEBOOK, hashOf, RECIPE } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import type { PolicyId, RecipeId } from '../model/identity.ts';
import { annotationRows } from './annotation-rows.ts';
import { insertAnnotations } from './annotations.ts';
import { saveClearances } from './clearances.ts';
import type { Tx } from './database.ts';
import { readDocumentPage } from './document-page.ts';
import { indexDocumentsOfBatch, readFacets, type SearchPage, searchDocuments } from './search.ts';
import { saveCodebook, savePolicy, saveRecipe } from './sources.ts';

const page = (partial: Partial<SearchPage> = {}): SearchPage => ({
  q: '',
  recipes: [RECIPE],
  fold: false,
  cursor: null,
  limit: 20,
  ...partial,
});

async function corpus(tx: Tx) {
  await saveCodebook(tx, CODEBOOK, {});
  const texts = [
    "L'école du village manque de places pour les élèves",
    'Les transports scolaires sont en retard chaque matin',
    'La piste cyclable est dangereuse près de l’École',
    'Merci pour le marché du dimanche',
  ];
  const { brought, documents } = await bringDocuments(tx, texts);
  await tx
    .updateTable('document')
    .set({ published: '2026-05-12', published_precision: 'day', week: '2026-05-11', department: '35' })
    .where('id', '=', Buffer.from(documents[0]!.id, 'hex'))
    .execute();
  const indexed = await indexDocumentsOfBatch(tx, brought.batch, RECIPE);
  return { brought, documents, indexed };
}

const search = async (tx: Tx, partial: Partial<SearchPage>) =>
  (await searchDocuments(tx, page(partial))).items.map(({ id }) => id);

test('French words are found whatever their accents, case, number and elision', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents, brought, indexed } = await corpus(tx);
    const [school, , path] = documents.map(({ id }) => id);
    expect(indexed).toBe(4);
    expect(await indexDocumentsOfBatch(tx, brought.batch, RECIPE)).toBe(0);
    for (const q of ['ecole', 'ÉCOLES', "l'école"]) {
      expect((await search(tx, { q })).sort()).toEqual([school, path].sort());
    }
    expect(await search(tx, { q: 'école -village' })).toEqual([path]);
    for (const q of ['"piste cyclable"', '« piste cyclable »']) expect(await search(tx, { q })).toEqual([path]);
    expect(await search(tx, { q: '"cyclable piste"' })).toEqual([]);
    expect(await search(tx, { q: 'introuvable' })).toEqual([]);
    expect(await search(tx, { q: "'; drop table document; -- & | ! ( \0" })).toEqual([]);
    expect(await search(tx, { recipes: [hashOf('other') as RecipeId] })).toEqual([]);
    expect(await search(tx, { from: '2026-05-01', to: '2026-05-31', department: '35' })).toEqual([school]);
    expect(await search(tx, { to: '2030-01-01' })).toEqual([school]);
  });
});

test('excerpts mark the words found, as plain text in pieces', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { brought } = await bringDocuments(tx, ['<b>L’école</b> \uE000piège\uE001 & école']);
    await indexDocumentsOfBatch(tx, brought.batch, RECIPE);
    const { items } = await searchDocuments(tx, page({ q: 'ecole' }));
    expect(items[0]!.excerpt.map(({ text }) => text).join('')).toContain('piège & école');
    expect(items[0]!.excerpt.filter(({ match }) => match).map(({ text }) => text)).toEqual(['école', 'école']);
  });
});

test('pages follow each other without gap or repeat, by date and by rank', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents } = await corpus(tx);
    for (const q of ['', 'ecole or transports or marché']) {
      const seen: string[] = [];
      for (let cursor: string | null = null; ; ) {
        const found = await searchDocuments(tx, page({ q, cursor, limit: 1 }));
        seen.push(...found.items.map(({ id }) => id));
        cursor = found.nextCursor;
        if (cursor === null) break;
      }
      expect(seen.toSorted()).toEqual(documents.map(({ id }) => id).sort());
      if (q === '') expect(seen[0]).toBe(documents[0]!.id);
    }
    await expect(searchDocuments(tx, page({ cursor: 'AAAA' }))).rejects.toMatchObject({ code: 'usage' });
  });
});

test('labels follow annotations, before and after indexing; facets count them', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents } = await corpus(tx);
    const [first, second] = documents.map(({ id }) => id);
    await insertAnnotations(
      tx,
      annotationRows([
        annotationOf(first!, { label: 'negatif' }),
        annotationOf(first!, { task: 'theme', label: 'jeunesse' }),
        annotationOf(second!, { label: 'negatif' }),
      ]),
    );
    expect((await search(tx, { tone: 'negatif' })).sort()).toEqual([first, second].sort());
    const { total, facets } = await readFacets(tx, page());
    expect(total).toBe(4);
    expect(facets.tone).toEqual([{ value: 'negatif', n: 2 }]);
    expect(facets.theme).toEqual([{ value: 'jeunesse', n: 1 }]);
    expect(facets.department).toEqual([{ value: '35', n: 1 }]);
    expect(facets.language).toEqual([{ value: 'fr', n: 4 }]);
    await insertAnnotations(tx, annotationRows([annotationOf(first!, { label: 'positif', annotator: 'person:a' })]));
    expect(await search(tx, { tone: 'negatif' })).toEqual([second]);
    expect((await readFacets(tx, page({ q: 'école' }))).total).toBe(2);
  });
});

test('folding shows one document of each cluster', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents } = await corpus(tx);
    const [one, two] = documents.map(({ id }) => id);
    const member = { cluster: one!, size: 2, campaign: false };
    await bringClusters(tx, [
      { document: one!, ...member, representative: true },
      { document: two!, ...member, representative: false },
    ]);
    const { items } = await searchDocuments(tx, page({ fold: true }));
    expect(items.map(({ id }) => id)).not.toContain(two);
    expect(items.find(({ id }) => id === one)?.copies).toBe(2);
    expect((await readFacets(tx, page({ fold: true }))).total).toBe(3);
  });
});

test('words are looked up in the index under row-level security', async () => {
  const database = await testDatabase();
  await database.transaction((tx) =>
    sql`
      insert into document_search (document, recipe, source, published_on, language, findings, tsv)
      select sha256(n::text::bytea), '', 'a', '-infinity', 'fr', '{}', to_tsvector('datasens_french', 'mot' || n)
      from generate_series(1, 3000) as n`.execute(tx),
  );
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query('analyze document_search');
  await owner.end();
  await database.transaction(async (tx) => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select document from document_search
      where tsv @@ websearch_to_tsquery('datasens_french', 'mot7')`.execute(tx);
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('document_search_words');
  });
});

test('a document page leads down to the fetch', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents, brought } = await corpus(tx);
    const [one, two] = documents.map(({ id }) => id);
    const policy = hashOf('policy') as PolicyId;
    await saveRecipe(tx, RECIPE, { version: 1 });
    await savePolicy(tx, policy, {});
    await saveClearances(tx, [{ kind: 'refused', document: one!, policy, reasons: ['text-empty'] }]);
    const evidence = [{ start: 2, end: 7, label: 'jeunesse', weight: 1 }];
    await insertAnnotations(tx, annotationRows([annotationOf(one!, { task: 'theme', label: 'jeunesse', evidence })]));
    const member = { cluster: one!, size: 2, campaign: true };
    await bringClusters(tx, [
      { document: one!, ...member, representative: true },
      { document: two!, ...member, representative: false },
    ]);
    expect(await readDocumentPage(tx, one!)).toMatchObject({
      id: one,
      text: "L'école du village manque de places pour les élèves",
      published: '2026-05-12',
      snapshot: {
        id: brought.snapshot,
        location: 'inputs/a.csv',
        fetchedAt: '2026-03-01T08:00:00.000Z',
        sha256: hashOf('whole'),
        sizeBytes: 9,
      },
      record: documents[0]!.record,
      recipe: { id: RECIPE, body: { version: 1 } },
      settings: { licence: 'lov2' },
      clearance: { kind: 'refused', reasons: ['text-empty'] },
      cluster: { size: 2, campaign: true, copies: [{ id: two, representative: false }] },
      annotations: [{ task: 'theme', label: 'jeunesse', evidence }],
      consensus: [{ task: 'theme', label: 'jeunesse', agreement: 1 }],
    });
    expect(await readDocumentPage(tx, hashOf('absent') as typeof one & string)).toBeNull();
  });
});
