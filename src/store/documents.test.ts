import { expect, test } from 'vitest';
import {
  annotationOf,
  bringClusters,
  bringDocuments,
  bringSnapshot,
  CODEBOOK,
  documentOf,
  hashOf,
  RECIPE,
  SOURCE,
} from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import type { Clearance } from '../model/clearance.ts';
import type { DocumentId, PolicyId } from '../model/identity.ts';
import { annotationRows } from './annotation-rows.ts';
import { insertAnnotations } from './annotations.ts';
import { saveClearances } from './clearances.ts';
import { countSources, readCoverage } from './coverage.ts';
import { readDocumentPage } from './document-page.ts';
import { documentRows } from './document-rows.ts';
import { insertDocuments, pageForClearance, pageReleasable } from './documents.ts';
import { readEvaluated } from './evaluated.ts';

const POLICY = hashOf('policy') as PolicyId;
const SCOPE = { recipes: [RECIPE], codebook: CODEBOOK, policy: POLICY };

const cleared = (document: DocumentId): Clearance => ({ kind: 'cleared', document, policy: POLICY });

test('documents are paged for the policy in id order, each once', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents } = await bringDocuments(tx, ['a', 'b', 'c', 'd', 'éé']);
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await pageForClearance(tx, { recipes: [RECIPE], after, limit: 2 });
      seen.push(...page.map(({ document }) => document));
      if (page.length < 2) break;
      after = page.at(-1)!.document;
    }
    expect(seen).toEqual(documents.map(({ id }) => id).sort());
    const [subject] = (await pageForClearance(tx, { recipes: [RECIPE], after: null, limit: 9 })).filter(
      ({ document }) => document === documents[4]!.id,
    );
    expect(subject).toMatchObject({
      source: SOURCE,
      textLength: 2,
      superseded: false,
      fetchedAt: '2026-03-01T08:00:00.000Z',
    });
  });
});

test('what a later version of the place or of the item replaced is superseded', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const derive = async (plan: Parameters<typeof bringSnapshot>[1]) => {
      const brought = await bringSnapshot(tx, plan);
      await insertDocuments(
        tx,
        documentRows(
          plan.texts.map((text, ordinal) => documentOf(brought, ordinal, { text, key: plan.keys?.[ordinal] ?? null })),
        ),
      );
    };
    const feed = { location: 'https://flux.example/rss', supersede: false };
    await derive({
      ...feed,
      texts: ['première version', 'autre'],
      keys: ['1', '2'],
      fetchedAt: '2026-01-01T00:00:00Z',
    });
    await derive({ ...feed, texts: ['deuxième version'], keys: ['1'], fetchedAt: '2026-01-02T00:00:00Z' });
    await derive({ texts: ['ailleurs'], keys: ['2'], location: 'b.csv', fetchedAt: '2026-01-03T00:00:00Z' });
    await derive({ texts: ['ligne ôtée', 'ligne gardée'], location: 'c.csv', fetchedAt: '2026-01-01T00:00:00Z' });
    await derive({ texts: ['ligne gardée'], location: 'c.csv', fetchedAt: '2026-01-02T00:00:00Z' });
    const page = await pageForClearance(tx, { recipes: [RECIPE], after: null, limit: 99 });
    const stored = await tx.selectFrom('document').select(['id', 'text']).execute();
    const texts = new Map(stored.map(({ id, text }) => [id.toString('hex'), text]));
    const superseded = page.filter((subject) => subject.superseded).map(({ document }) => texts.get(document));
    expect(superseded.sort()).toEqual(['ligne ôtée', 'première version']);
  });
});

test('a release row carries labels, copies and provenance; a refused document is not in it', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { brought, documents } = await bringDocuments(tx, ['un', 'un', 'deux', 'refusé'], {});
    const ids = documents.map(({ id }) => id);
    const copy = documentOf(brought, 1, { copy: 1, text: 'un', attributes: { b: '2', a: '1' } });
    await insertDocuments(tx, documentRows([copy]));
    const [first] = [ids[0]!, copy.id].sort();
    const member = { cluster: first!, size: 2, campaign: false };
    await bringClusters(tx, [
      { document: ids[0]!, ...member, representative: ids[0] === first },
      { document: copy.id, ...member, representative: copy.id === first },
    ]);
    await insertAnnotations(
      tx,
      annotationRows([
        annotationOf(ids[0]!, { task: 'theme', label: 'ecologie', score: 0.7 }),
        annotationOf(ids[0]!, { label: 'negatif', score: 0.3 }),
        annotationOf(ids[0]!, { label: 'neutre', annotator: 'person:a', provisional: false, score: 1 }),
        annotationOf(ids[2]!, { label: 'abstention', score: 0 }),
      ]),
    );
    await saveClearances(tx, [
      ...[ids[0]!, copy.id, ids[2]!].map(cleared),
      { kind: 'refused', document: ids[3]!, policy: POLICY, reasons: ['text-empty', 'licence-forbids'] },
    ]);
    const page = await pageReleasable(tx, { ...SCOPE, after: null, limit: 10 });
    expect(page.map(({ row }) => row.document)).toEqual([ids[0], copy.id, ids[2]].sort());
    const rows = new Map(page.map(({ row, clearance }) => [clearance.document, row]));
    expect(rows.get(ids[0]!)).toMatchObject({
      text: 'un',
      theme: 'ecologie',
      themeScore: 0.7,
      tone: 'neutre',
      toneScore: 1,
      annotators: 'lexical, person:a',
      provisional: true,
      cluster: first,
      clusterSize: 2,
      record: documents[0]!.record,
      recipe: RECIPE,
    });
    expect(rows.get(copy.id)).toMatchObject({
      attributes: '{"a":"1","b":"2"}',
      theme: null,
      annotators: '',
      provisional: false,
    });
    expect(rows.get(ids[2]!)).toMatchObject({
      tone: 'abstention',
      toneScore: 0,
      cluster: null,
      clusterSize: 1,
      representative: true,
    });
    expect(await pageReleasable(tx, { ...SCOPE, after: page[1]!.row.document, limit: 10 })).toHaveLength(1);
    expect(await readCoverage(tx, SCOPE)).toEqual({
      collected: 4,
      readable: 4,
      distinct: 3,
      annotated: 2,
      validated: 1,
      published: 3,
      excluded: { 'licence-forbids': 1, 'text-empty': 1 },
    });
    expect(await readCoverage(tx, { ...SCOPE, codebook: null })).toMatchObject({ annotated: 0, validated: 0 });
    expect(await countSources(tx, [RECIPE])).toMatchObject([{ name: SOURCE, snapshots: 1, records: 4, documents: 4 }]);
  });
});

test('parts of a text are kept with it, and nothing where it has none', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const segments = [
      { start: 0, end: 3 },
      { start: 3, end: 6 },
    ];
    const passages = [{ start: 3, end: 6, language: 'br' }];
    const { documents } = await bringDocuments(tx, ['abcdef'], { segments, passages });
    const { documents: plain } = await bringDocuments(tx, ['ghi']);
    expect(await readDocumentPage(tx, documents[0]!.id)).toMatchObject({ segments, passages });
    expect(await readDocumentPage(tx, plain[0]!.id)).toMatchObject({ segments: [], passages: [] });
  });
});

test('an answer of the policy replaces the one before', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents } = await bringDocuments(tx, ['a']);
    const document = documents[0]!.id;
    await saveClearances(tx, [cleared(document)]);
    await saveClearances(tx, [{ kind: 'refused', document, policy: POLICY, reasons: ['superseded'] }]);
    expect(await readCoverage(tx, SCOPE)).toMatchObject({ published: 0, excluded: { superseded: 1 } });
    await saveClearances(tx, [cleared(document)]);
    expect(await readCoverage(tx, SCOPE)).toMatchObject({ published: 1, excluded: {} });
  });
});

test('what is measured against a truth file carries keys, labels and marks', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents } = await bringDocuments(tx, ['a'], { key: '7', personal: { person: 2, email: 1 } });
    await insertAnnotations(tx, annotationRows([annotationOf(documents[0]!.id)]));
    expect(await readEvaluated(tx, [RECIPE], CODEBOOK)).toEqual([
      { source: SOURCE, key: '7', title: null, text: 'a', theme: null, tone: 'positif', cluster: null, marks: 3 },
    ]);
  });
});
