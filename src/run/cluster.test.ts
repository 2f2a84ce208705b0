import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { bringSnapshot, documentOf, RECIPE } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import type { JsonObject } from '../model/json.ts';
import { signatureOf } from '../refine/signature.ts';
import type { Database } from '../store/database.ts';
import { documentRows } from '../store/document-rows.ts';
import { insertDocuments } from '../store/documents.ts';
import { clusterDocuments } from './cluster.ts';

const FORM =
  'Nous demandons le maintien de la ligne de bus 12, qui relie chaque jour le hameau du Moulin au collège et au marché. Sans elle les élèves marchent quarante minutes, les personnes âgées ne sortent plus et les commerces du bourg perdent leurs clients.';
const WORDS = [
  ...new Set(
    `${FORM} Le projet de parc éolien inquiète les riverains du plateau car aucune étude ne parle du bruit la nuit ni
    des oiseaux migrateurs pendant que la réunion publique fut annoncée trop tard pour venir après une journée entière de
    travail à quarante kilomètres de là sous une pluie battante`.match(/\p{L}+/gu),
  ),
];

const silent = { started: () => undefined, progress: () => undefined, finished: () => undefined };

/** Texts that are strangers, near copies, exact copies and fillings of one form, in all proportions. */
const someText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { minLength: 20, maxLength: 60 }).map((words) => words.join(' ')),
  fc.tuple(fc.nat(3), fc.nat(30)).map(([kind, at]) => edited(FORM, kind, at)),
  fc.array(fc.constantFrom(...WORDS), { minLength: 30, maxLength: 60 }).map((words) => `${FORM} ${words.join(' ')}`),
  fc.nat(5).map((at) => `${FORM} ${WORDS.toReversed().join(' ')} ${WORDS.slice(at, at + 20).join(' ')}`),
);

function edited(text: string, kind: number, at: number): string {
  const words = text.split(' ');
  if (kind === 0) return text;
  if (kind === 1) return words.toSpliced(at, 2 + kind).join(' ');
  if (kind === 2) return words.toSpliced(at, 1, 'vraiment', 'tout').join(' ');
  return words.slice(0, Math.ceil(words.length * 0.7)).join(' ');
}

interface Arrival {
  readonly text: string;
  readonly key: string;
}

/** A feed's snapshot: later ones leave the earlier standing, but for items of the same key. */
async function arrive(database: Database, arrivals: readonly Arrival[], hour: number): Promise<void> {
  await database.transaction(async (tx) => {
    const brought = await bringSnapshot(tx, {
      texts: arrivals.map(({ text, key }) => `${key} ${hour} ${text}`),
      keys: arrivals.map(({ key }) => key),
      supersede: false,
      fetchedAt: new Date(Date.UTC(2026, 2, 1, hour)).toISOString(),
    });
    await insertDocuments(
      tx,
      documentRows(
        arrivals.map(({ text, key }, at) => {
          const { bands, fingerprint } = signatureOf(text);
          const day = `2026-03-${String(1 + (at % 28)).padStart(2, '0')}`;
          return documentOf(brought, at, {
            ...{ text, key, bands, fingerprint, week: '2026-03-02' },
            published: { value: day, precision: 'day' },
          });
        }),
      ),
    );
  });
}

const look = (database: Database, whole = false) =>
  clusterDocuments({ database, recipes: [RECIPE], signal: new AbortController().signal }, silent, { whole });

/** Everything that is kept of copies. */
async function kept(database: Database): Promise<unknown> {
  return database.transaction(async (tx) => {
    const rowsOf = async (query: ReturnType<typeof sql<{ row: unknown }>>) => (await query.execute(tx)).rows;
    return {
      members: await rowsOf(sql<{ row: unknown }>`
        select to_jsonb(document_cluster) as row from document_cluster order by document`),
      groups: await rowsOf(
        sql<{ row: unknown }>`select to_jsonb(copy_group) as row from copy_group order by kind, label`,
      ),
      wordings: await rowsOf(sql<{ row: unknown }>`
        select jsonb_build_array(fingerprint, cluster, model) as row from copy_wording order by fingerprint`),
      documents: await rowsOf(
        sql<{ row: unknown }>`select to_jsonb(copy_document) as row from copy_document order by document`,
      ),
      packed: await rowsOf(sql<{ row: unknown }>`
        select jsonb_build_array(sum(wordings), sum(keys)) as row from copy_block`),
    };
  });
}

describe('copies', () => {
  test('in whatever order and however many runs texts come, leave or change, the result is that of comparing all', async () => {
    const database = await testDatabase();
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.record({ text: someText, key: fc.nat(12).map(String) }), { minLength: 1, maxLength: 12 }),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        async (runs) => {
          await database.transaction(async (tx) => {
            for (const table of ['document', 'snapshot', 'snapshot_record', 'batch'] as const) {
              if (table !== 'snapshot_record') await tx.deleteFrom(table).execute();
            }
          });
          await look(database);
          for (const [hour, arrivals] of runs.entries()) {
            await arrive(database, [...new Map(arrivals.map((item) => [item.key, item])).values()], hour);
            await look(database);
          }
          const step = await kept(database);
          await look(database, true);
          expect(step).toEqual(await kept(database));
        },
      ),
      { numRuns: Number(process.env.COPIES_RUNS ?? 15) },
    );
  }, 240_000);

  test('the order of arrival changes nothing, beyond the number of texts that each is compared with', async () => {
    const texts = Array.from({ length: 150 }, (_, at) => ({
      // Half are strangers that share a form too short to join them, half are copies of three letters.
      text:
        at % 2 === 0
          ? `${FORM.slice(0, 118)} ${Array.from({ length: 30 }, (_, word) => WORDS[(at * 7 + word * word * (at + 3)) % WORDS.length]).join(' ')}`
          : `${edited(FORM, 2, at % 29)} ${WORDS.slice((at % 3) * 10, (at % 3) * 10 + 8).join(' ')}`,
      key: String(at),
    }));
    const outcomes: unknown[] = [];
    for (const order of [texts, texts.toReversed(), [...texts.slice(75), ...texts.slice(0, 75)]]) {
      const database = await testDatabase();
      for (let start = 0; start < order.length; start += 50) {
        await arrive(database, order.slice(start, start + 50), 0);
        await look(database);
      }
      const { wordings } = (await kept(database)) as { wordings: unknown };
      outcomes.push(wordings);
    }
    expect((outcomes[0] as unknown[]).length).toBeGreaterThanOrEqual(75);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  }, 120_000);

  test('a text pushed out of those that all are compared with, and one that takes such a place, are looked at again', async () => {
    const database = await testDatabase();
    // One key for all; the fingerprints say who is first. The last two are copies, the others strangers.
    const strangers = Array.from({ length: 64 }, (_, at) => ({
      text: Array.from({ length: 30 }, (_, word) => `mot${at}x${word}`).join(' '),
      fingerprint: `${String(at).padStart(2, '0')}00000000000000`,
    }));
    const copies = ['a', 'b'].map((name) => ({ text: `${FORM} ${name}`, fingerprint: `${name}000000000000000` }));
    const bring = (items: readonly { readonly text: string; readonly fingerprint: string }[], location: string) =>
      database.transaction(async (tx) => {
        const brought = await bringSnapshot(tx, {
          ...{ texts: items.map(({ text }) => text), location, supersede: true },
          fetchedAt: new Date(Date.UTC(2026, 2, 1, hour++)).toISOString(),
        });
        await insertDocuments(
          tx,
          documentRows(items.map((item, at) => documentOf(brought, at, { ...item, bands: [2] }))),
        );
      });
    let hour = 0;
    await bring([...strangers.slice(0, 63), ...copies], 'a.csv');
    expect(await look(database)).toMatchObject({ clusters: 1 });
    await bring(strangers.slice(63), 'b.csv');
    expect(await look(database)).toMatchObject({ compared: 1, clusters: 0 });
    await bring([{ text: 'vide', fingerprint: 'ff00000000000000' }], 'b.csv');
    expect(await look(database)).toMatchObject({ compared: 1, clusters: 1 });
    expect(await look(database, true)).toMatchObject({ clusters: 1 });
  });

  test('what no run needs to look at again is not compared again', async () => {
    const database = await testDatabase();
    await arrive(
      database,
      [
        { text: FORM, key: 'a' },
        { text: `${FORM} Merci.`, key: 'b' },
      ],
      0,
    );
    expect(await look(database)).toMatchObject({ compared: 2, clusters: 1, copies: 1 });
    expect(await look(database)).toMatchObject({ compared: 0, clusters: 1, copies: 1 });
    await arrive(
      database,
      [
        {
          text: 'Une autre version, corrigée par son auteur, sans rapport avec la ligne ni le bus du hameau',
          key: 'b',
        },
      ],
      1,
    );
    expect(await look(database)).toMatchObject({ compared: 1, clusters: 0, copies: 0 });
  });

  test('how many are compared is told, and only grows', async () => {
    const database = await testDatabase();
    await arrive(
      database,
      Array.from({ length: 40 }, (_, at) => ({ text: `${FORM} ${'mot '.repeat(at % 4)}`, key: `k${at}` })),
      0,
    );
    const told: JsonObject[] = [];
    await clusterDocuments(
      { database, recipes: [RECIPE], signal: new AbortController().signal },
      { ...silent, progress: (stage, body) => void told.push({ stage, ...body }) },
    );
    const compared = told.map((body) => Number(body.compared));
    expect(told[0]).toMatchObject({ stage: 'copies', documents: 40 });
    expect(compared).toEqual(compared.toSorted((left, right) => left - right));
    expect(Math.max(...compared)).toBeGreaterThan(20);
    expect(Math.max(...compared)).toBeLessThanOrEqual(40);
  });
});
