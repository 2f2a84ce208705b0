import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterAll, expect, test } from 'vitest';
import { clearedRows, releaseRow } from '../../test/release-rows.ts';
import { disarm, isActive, rearm } from '../model/formula.ts';
import type { ReleaseFile, ReleaseRow } from '../model/release.ts';
import { openDuckDb } from '../run/duckdb.ts';
import csv from './exporters/csv.ts';
import parquet from './exporters/parquet.ts';
import { publish } from './publish.ts';
import { verifyRelease } from './verify.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const NASTY = [
  '=1+1',
  ' @SUM(A1)',
  '\t=cmd',
  "'apostrophe",
  'deux\nlignes',
  'guille"mets',
  'virgule, point',
  '＝1',
  '',
  '\u202Etexte',
  'é€🙂',
  '-',
  '+33 6',
];

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'datasens-publish-'));
  folders.push(made);
  return made;
}

async function write(rows: readonly ReleaseRow[], target: string) {
  const coverage = {
    collected: rows.length,
    readable: rows.length,
    distinct: rows.length,
    annotated: 0,
    validated: 0,
    published: rows.length,
    excluded: { superseded: 2 },
  };
  return publish(
    clearedRows(rows),
    {
      folder: target,
      name: 'opinion',
      title: 'Essai <b>|',
      organisation: 'Val-Clair',
      contact: null,
      formats: [parquet, csv],
      coverage,
      sources: [
        { name: 'avis', title: 'Avis', licence: 'lov2', purpose: 'essai', legalBasis: 'mission', retention: '3 years' },
      ],
      codebook: null,
      policy: { version: 1 },
      recipe: { version: 1 },
      generator: 'datasens test',
    },
    { signal: AbortSignal.timeout(60_000), openDuckDb },
  );
}

/** Makes manifest and sums agree with the files again, as a forger would. */
async function reseal(target: string): Promise<void> {
  const path = join(target, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { files: ReleaseFile[] };
  const files = await Promise.all(
    manifest.files.map(async (file) => {
      const bytes = await readFile(join(target, file.path));
      return { ...file, sha256: sha256(bytes), sizeBytes: bytes.byteLength };
    }),
  );
  const sealed = JSON.stringify({ ...manifest, files });
  await writeFile(path, sealed);
  await writeFile(join(target, 'SHA256SUMS'), `${sha256(Buffer.from(sealed))}  manifest.json\n`);
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const rows = Array.from({ length: 3000 }, (_, at) =>
  releaseRow(at, {
    text: NASTY[at % NASTY.length]!,
    week: at % 5 === 0 ? null : '2026-05-11',
    themeScore: at % 7 === 0 ? null : 1 / (at + 1),
  }),
);

test('the same rows give the same bytes, in any folder', async () => {
  const [left, right] = [await folder(), await folder()];
  const [first, second] = [await write(rows, left), await write(rows.toReversed(), right)];
  expect(second.id).toBe(first.id);
  expect(second.manifest).toEqual(first.manifest);
  expect(JSON.stringify(first.manifest)).not.toContain(left);
});

test('a release verifies, hostile cells and all', async () => {
  const target = await folder();
  const release = await write(rows, target);
  expect(await verifyRelease(target, { openDuckDb })).toEqual({
    ok: true,
    release: release.id,
    documents: 3000,
    problems: [],
  });
});

test('verification names a changed byte, a missing file and a file too many', async () => {
  const target = await folder();
  await write(rows.slice(0, 50), target);
  await appendFile(join(target, 'data/documents.csv'), ' ');
  await rm(join(target, 'recipe.json'));
  await writeFile(join(target, 'extra.txt'), 'x');
  const { ok, problems } = await verifyRelease(target, { openDuckDb });
  expect(ok).toBe(false);
  expect(problems).toEqual([
    { path: 'data/documents.csv', problem: 'not the size that was published' },
    { path: 'recipe.json', problem: 'missing' },
    { path: 'extra.txt', problem: 'not part of the release' },
  ]);
});

test('verification reads what the files say, even where every hash was made anew', async () => {
  const target = await folder();
  await write(rows.slice(0, 50), target);
  const path = join(target, 'data/documents.csv');
  const honest = await readFile(path, 'utf8');
  await writeFile(path, honest.replace('"virgule, point"', '"\u00a0=virgule"'));
  await reseal(target);
  expect((await verifyRelease(target, { openDuckDb })).problems).toEqual([
    { path: 'data/documents.csv', problem: '1 cells that a spreadsheet would run' },
    { path: 'data', problem: 'the CSV and the Parquet file say different things' },
  ]);
  await writeFile(path, honest.slice(0, honest.lastIndexOf('\r\n', honest.length - 3) + 2));
  await reseal(target);
  expect((await verifyRelease(target, { openDuckDb })).problems).toMatchObject([
    { path: 'data/documents.csv', problem: '49 rows, not 50' },
    { path: 'data' },
  ]);
  await writeFile(join(target, 'data/documents.parquet'), 'PAR1 but no more');
  await writeFile(path, honest);
  await reseal(target);
  expect((await verifyRelease(target, { openDuckDb })).problems).toEqual([
    { path: 'data/documents.parquet', problem: 'cannot be read as what it is named' },
  ]);
});

test('a release moved elsewhere verifies, texts of many megabytes and all', async () => {
  const [made, parent] = [await folder(), await folder()];
  const long = 'é"€🙂 '.repeat(2_000_000);
  await write([...rows.slice(0, 20), releaseRow(5000, { text: long })], made);
  await rename(made, join(parent, 'ailleurs'));
  expect((await verifyRelease(join(parent, 'ailleurs'), { openDuckDb })).problems).toEqual([]);
});

test('the CSV read by another reader gives back every cell', async () => {
  const target = await folder();
  await write(rows.slice(0, 200), target);
  const text = await readFile(join(target, 'data/documents.csv'), 'utf8');
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  const texts = new Map(data.map((row) => [row.key, rearm(row.text!)]));
  expect(data.every((row) => !isActive(row.text!))).toBe(true);
  expect(rows.slice(0, 200).every((row) => texts.get(row.key!) === row.text)).toBe(true);
});

test('refuses to publish nothing', async () => {
  await expect(write([], await folder())).rejects.toMatchObject({ code: 'refused' });
});

test('the datasheet says what is there, and foreign words make no mark-up', async () => {
  const target = await folder();
  await write(rows.slice(0, 10), target);
  const french = await readFile(join(target, 'datasheet.fr.md'), 'utf8');
  expect(french).toContain('# Essai \\<b\\>\\|');
  expect(french).toContain('10 documents');
  expect(french).toContain('pseudonymisés, non anonymes');
  expect(french).toContain('| remplacé par une version plus récente | 2 |');
  expect(await readFile(join(target, 'datasheet.en.md'), 'utf8')).toContain('pseudonymised, not anonymous');
});

test('no cell runs in a spreadsheet, and every cell comes back as it was', () => {
  const start = fc.constantFrom(
    '',
    '=',
    '+',
    '-',
    '@',
    "'",
    '\t',
    '\r',
    '\n',
    ' =',
    '＝',
    '＠',
    '\u00a0-',
    '\u200b@',
    '\0=',
    '−',
  );
  fc.assert(
    fc.property(start, fc.string({ unit: 'grapheme' }), (prefix, rest) => {
      const cell = prefix + rest;
      expect(isActive(disarm(cell))).toBe(false);
      expect(rearm(disarm(cell))).toBe(cell);
    }),
    { numRuns: 2000 },
  );
});
