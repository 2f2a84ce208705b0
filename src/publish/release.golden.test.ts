// A small release held byte for byte. Written anew with DATASENS_GOLDEN=write, never where tests run by themselves.

import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clearedRows, releaseRow } from '../../test/release-rows.ts';
import { openDuckDb } from '../run/duckdb.ts';
import csv from './exporters/csv.ts';
import parquet from './exporters/parquet.ts';
import { listFiles, publish } from './publish.ts';
import { verifyRelease } from './verify.ts';

const golden = join(import.meta.dirname, '../../test/golden/release');

const ROWS = [
  releaseRow(1, { title: 'Pistes cyclables', text: 'Trop de voitures, écrit [PERSONNE 1].', tone: 'negatif' }),
  releaseRow(2, { text: '=HYPERLINK("https://example.fr")', tone: 'abstention', theme: 'hors-theme' }),
  releaseRow(3, { text: '- une idée\n- une autre', week: null, published: '2026', publishedPrecision: 'year' }),
  releaseRow(4, { text: "L'eau est « chère » 🙂", department: null, attributes: '{"canal":"guichet"}' }),
];

const TASK = {
  id: 'tone',
  title: { fr: 'Ton', en: 'Tone' },
  kind: 'one-label',
  none: null,
  abstention: true,
  categories: ['negatif', 'neutre', 'positif'].map((id) => ({
    id,
    title: { fr: id, en: id },
    definition: `Ce qui est ${id}.`,
    includes: [],
    excludes: [],
    examples: [],
  })),
} as const;

test('a release is written as it always was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-golden-'));
  try {
    await publish(
      clearedRows(ROWS),
      {
        folder,
        name: 'opinion',
        title: 'Concertation fictive',
        organisation: 'Val-Clair (fictive)',
        contact: 'dpo@val-clair.example',
        formats: [parquet, csv],
        coverage: {
          ...{ collected: 6, readable: 5, distinct: 4, annotated: 5, validated: 0, published: 4 },
          excluded: { 'personal-residual': 1, 'text-empty': 1 },
        },
        sources: [
          {
            ...{ name: 'avis', title: 'Avis', collector: 'file', licence: 'lov2', purpose: 'concertation fictive' },
            ...{ legalBasis: "mission d'intérêt public", retention: '3 years' },
          },
        ],
        codebook: { name: 'barometre', version: 1, title: { fr: 'Baromètre', en: 'Barometer' }, tasks: [TASK] },
        policy: { version: 1, refuseFindings: ['text-empty', 'personal-residual'] },
        recipe: { sources: { avis: { version: 1 } } },
        generator: 'datasens 0.0.0',
      },
      { signal: AbortSignal.timeout(60_000), openDuckDb },
    );
    if (process.env.DATASENS_GOLDEN === 'write') {
      await rm(golden, { recursive: true, force: true });
      await cp(folder, golden, { recursive: true });
    }
    expect(await listFiles(folder)).toEqual(await listFiles(golden));
    for (const path of await listFiles(golden)) {
      const [written, held] = [await readFile(join(folder, path)), await readFile(join(golden, path))];
      expect(path.endsWith('.parquet') ? written.equals(held) : written.toString()).toEqual(
        path.endsWith('.parquet') ? true : held.toString(),
      );
    }
    expect((await verifyRelease(golden, { openDuckDb })).ok).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
