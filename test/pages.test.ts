// Pages of one PDF through the real engine: the same bytes many times over are kept once, and each page is a document.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabaseUrl } from './database.ts';
import { linesOf, makePdf } from './pdf-file.ts';

const root = resolve(import.meta.dirname, '..');
const PAGES = 12;

async function collectAndRefine(folder: string) {
  const run = async (command: string) => {
    const { stdout } = await promisify(execFile)(join(root, 'bin/datasens'), ['--project', folder, command, '--quiet']);
    return (JSON.parse(stdout) as { readonly data: { readonly counts: Readonly<Record<string, object>> } }).data.counts;
  };
  return { ...(await run('collect')), ...(await run('refine')) };
}

test('each page of a PDF is a document of its own, and the file is kept once', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-pages-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const database = await testDatabaseUrl();
  await writeFile(
    join(folder, 'datasens.yaml'),
    `organisation: Val-Clair
store: { database: "${database}" }
sources:
  bilan:
    collector: pdf
    with: { path: bilan.pdf, by: page }
    licence: lov2
    purpose: essai
    legalBasis: mission d'intérêt public
    retention: 3 years
`,
  );
  const pages = Array.from({ length: PAGES }, (_, at) => ({
    words: linesOf([`Cette page parle du quartier numéro ${at + 1} et de ses écoles.`], { x: 70, y: 100 }),
  }));
  // Longer than what a flush holds: the file must not be flushed once a page.
  const pdf = Buffer.concat([
    makePdf({ pages }),
    Buffer.from('\n%'),
    Buffer.from(randomBytes(3 * 2 ** 20).toString('hex')),
  ]);
  await writeFile(join(folder, 'bilan.pdf'), pdf);

  expect(await collectAndRefine(folder)).toMatchObject({
    collect: { snapshots: 1, records: PAGES, newRecords: 1, refusals: 0 },
    refine: { documents: PAGES, failed: 0 },
  });
  const packs = await readdir(join(folder, '.datasens/objects'), { recursive: true });
  const sizes = packs
    .filter((name) => name.endsWith('.pack'))
    .map((name) => stat(join(folder, '.datasens/objects', name)));
  const kept = (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
  expect(kept).toBeLessThan(pdf.length * 1.1);
  expect(await keysAndTexts(database)).toEqual(
    pages.map(({ words }, at) => ({ key: `page-${at + 1}`, text: words[0]!.text })),
  );
});

async function keysAndTexts(database: string) {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const { rows } = await client.query('select key, text from document order by ordinal');
    return rows;
  } finally {
    await client.end();
  }
}
