import { expect, test } from 'vitest';
import { bringSnapshot, documentOf, RECIPE } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import { signatureOf } from '../refine/signature.ts';
import type { Database } from '../store/database.ts';
import { readDocumentPage } from '../store/document-page.ts';
import { documentRows } from '../store/document-rows.ts';
import { insertDocuments } from '../store/documents.ts';
import { clusterDocuments } from './cluster.ts';
import { openCopiesReader } from './copies-reader.ts';

const FORM =
  'Nous demandons le maintien de la ligne de bus 12, qui relie chaque jour le hameau du Moulin au collège et au marché. Sans elle les élèves marchent quarante minutes, les personnes âgées ne sortent plus et les commerces du bourg perdent leurs clients.';
const OWN = [
  'Je suis infirmière de nuit et je prends cette ligne à cinq heures depuis onze ans, été comme hiver, avec deux collègues du même village qui n’ont pas de voiture ni de permis, et mon fils la prend le dimanche soir pour rejoindre son internat.',
  'Retraité depuis peu, je vais voir ma femme à la maison de repos trois fois par semaine ; le taxi me coûterait la moitié de ma pension et nos enfants habitent tous à trois cents kilomètres d’ici, si bien que personne ne pourrait m’y conduire.',
];
const PAGE = { cursor: null, limit: 10 };

async function bring(database: Database, texts: readonly string[]) {
  await database.transaction(async (tx) => {
    const brought = await bringSnapshot(tx, { texts: texts.map((text, at) => `${at} ${text}`) });
    await insertDocuments(
      tx,
      documentRows(
        texts.map((text, at) =>
          documentOf(brought, at, {
            ...signatureOf(text),
            ...{ text, week: '2026-03-02', published: { value: `2026-03-0${2 + (at % 3)}`, precision: 'day' } },
          }),
        ),
      ),
    );
  });
  const silent = { started: () => undefined, progress: () => undefined, finished: () => undefined };
  await clusterDocuments({ database, recipes: [RECIPE], signal: new AbortController().signal }, silent);
}

test('a campaign is read from the list down to what each wording adds', async () => {
  const database = await testDatabase();
  const edited = FORM.replace('chaque jour', 'chaque matin et chaque soir');
  await bring(database, [
    ...Array<string>(9).fill(FORM),
    edited,
    ...OWN.map((own) => `${FORM} ${own}`),
    'Une contribution toute seule, sans aucun rapport avec les autres, au sujet de la cantine bio et de ses prix.',
  ]);
  const reader = openCopiesReader(database);
  const list = await reader.clusters({ only: null, ...PAGE });
  expect(list.totals).toEqual({ clusters: 1, copies: 9, models: 1, campaigns: 2 });
  expect(list.items.map(({ kind, documents, wordings }) => [kind, documents, wordings])).toEqual([
    ['partial', 12, 4],
    ['near', 10, 2],
  ]);
  expect(list.items[1]).toMatchObject({
    campaign: true,
    share: 1,
    firstOn: '2026-03-02',
    lastOn: '2026-03-04',
    dated: 10,
  });
  expect((await reader.clusters({ only: 'partial', ...PAGE })).items).toHaveLength(1);
  const [first, second] = [
    await reader.clusters({ only: null, cursor: null, limit: 1 }),
    await reader.clusters({
      only: null,
      cursor: (await reader.clusters({ only: null, cursor: null, limit: 1 })).nextCursor,
      limit: 1,
    }),
  ];
  expect([...first.items, ...second.items]).toEqual(list.items);
  expect(second.nextCursor).toBeNull();

  const near = (await reader.cluster(list.items[1]!.id, PAGE))!;
  expect(near.members.map(({ documents, reference }) => [documents, reference])).toEqual([
    [9, near.text === FORM],
    [1, near.text !== FORM],
  ]);
  const model = (await reader.cluster(list.items[0]!.id, PAGE))!;
  const added = model.members.flatMap(({ text, distinct }) => distinct.map(({ start, end }) => text.slice(start, end)));
  for (const own of OWN) expect(added).toContain(own.slice(0, -1));
  const pages = [await reader.cluster(model.id, { cursor: null, limit: 3 })];
  pages.push(await reader.cluster(model.id, { cursor: pages[0]!.nextCursor, limit: 3 }));
  expect(pages.flatMap((page) => page!.members)).toEqual(model.members);
  const document = await database.transaction((tx) => readDocumentPage(tx, model.document as never));
  expect(document?.model).toMatchObject({ documents: 12, share: 1 });
});

test('what was never given is refused or absent', async () => {
  const database = await testDatabase();
  const reader = openCopiesReader(database);
  expect(await reader.clusters({ only: null, ...PAGE })).toEqual({
    totals: { clusters: 0, copies: 0, models: 0, campaigns: 0 },
    items: [],
    nextCursor: null,
  });
  expect(await reader.cluster(`near-${'0'.repeat(64)}`, PAGE)).toBeNull();
  expect(await reader.cluster('elsewhere', PAGE)).toBeNull();
  await expect(reader.clusters({ only: null, cursor: 'x', limit: 3 })).rejects.toMatchObject({ code: 'usage' });
});
