// Checks a release offline: every file against the manifest, both data files against each other, every cell for formulas.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDb, OpenDuckDb } from '../model/duckdb.ts';
import { DataSensError } from '../model/error.ts';
import { ACTIVE_CELL } from '../model/formula.ts';
import type { ReleaseId } from '../model/identity.ts';
import type { Manifest } from '../model/release.ts';
import type { Column } from './columns.ts';
import { LIST_SEPARATOR, withLabels } from './label-columns.ts';
import { hashFile, listFiles } from './publish.ts';

export interface VerificationProblem {
  readonly path: string;
  readonly problem: string;
}

export interface Verification {
  readonly ok: boolean;
  readonly release: ReleaseId;
  readonly documents: number;
  readonly problems: readonly VerificationProblem[];
}

/**
 * Verifies the release in `folder`, wherever it was copied to.
 * @throws ENOENT where there is no manifest; verification-failed where the manifest is no manifest
 */
export async function verifyRelease(
  folder: string,
  effects: { readonly openDuckDb: OpenDuckDb },
): Promise<Verification> {
  const bytes = await readFile(join(folder, 'manifest.json'));
  const release = createHash('sha256').update(bytes).digest('hex') as ReleaseId;
  const manifest = parseManifest(bytes.toString());
  const problems = [...(await checkFiles(folder, manifest)), ...(await checkSums(folder, release))];
  // Unread or changed files say nothing of their content.
  if (problems.length === 0) problems.push(...(await checkData(folder, manifest, effects.openDuckDb)));
  return { ok: problems.length === 0, release, documents: manifest.documents, problems };
}

function parseManifest(text: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.format === 'datasens-release@1' && Array.isArray(manifest.files)) return manifest;
  } catch {
    // Said below, like any other text that is no manifest.
  }
  throw new DataSensError('verification-failed', 'manifest.json is not the manifest of a release', {
    remedy: 'ask for the release again from where it was published',
  });
}

async function checkFiles(folder: string, manifest: Manifest): Promise<VerificationProblem[]> {
  const problems: VerificationProblem[] = [];
  for (const { path, sha256, sizeBytes } of manifest.files) {
    const file = join(folder, path);
    if (!/^(?:[\w-]+\/)?[\w-]+(?:\.[\w-]+)+$/.test(path))
      problems.push({ path, problem: 'a name that no release has' });
    else if (!existsSync(file)) problems.push({ path, problem: 'missing' });
    else if ((await stat(file)).size !== sizeBytes) problems.push({ path, problem: 'not the size that was published' });
    else if ((await hashFile(file)) !== sha256) problems.push({ path, problem: 'not the bytes that were published' });
  }
  const known = new Set([...manifest.files.map(({ path }) => path), 'manifest.json', 'SHA256SUMS']);
  const extra = (await listFiles(folder)).filter((path) => !known.has(path));
  return [...problems, ...extra.map((path) => ({ path, problem: 'not part of the release' }))];
}

async function checkSums(folder: string, release: ReleaseId): Promise<VerificationProblem[]> {
  const path = 'SHA256SUMS';
  const sums = await readFile(join(folder, path), 'utf8').catch(() => '');
  return sums.includes(`${release}  manifest.json`) ? [] : [{ path, problem: 'does not name this manifest' }];
}

async function checkData(folder: string, manifest: Manifest, openDuckDb: OpenDuckDb): Promise<VerificationProblem[]> {
  const duckDb = await openDuckDb();
  try {
    const has = (path: string) => manifest.files.some((file) => file.path === path);
    const problems: VerificationProblem[] = [];
    const hashes: string[] = [];
    const columns = withLabels(manifest.labels ?? [], null);
    for (const path of ['data/documents.parquet', 'data/documents.csv'].filter(has)) {
      const figures = await readFigures(duckDb, join(folder, path), columns).catch(unreadable);
      if (figures === null) {
        problems.push({ path, problem: 'cannot be read as what it is named' });
        continue;
      }
      hashes.push(figures.hash);
      if (figures.rows !== manifest.documents)
        problems.push({ path, problem: `${figures.rows} rows, not ${manifest.documents}` });
      if (figures.ids !== figures.rows) problems.push({ path, problem: 'document ids are not unique' });
      if (figures.active > 0) problems.push({ path, problem: `${figures.active} cells that a spreadsheet would run` });
    }
    if (new Set(hashes).size > 1)
      problems.push({ path: 'data', problem: 'the CSV and the Parquet file say different things' });
    return problems;
  } finally {
    duckDb.close();
  }
}

interface DataFigures {
  readonly rows: number;
  readonly ids: number;
  /** Order-independent hash of all cells. */
  readonly hash: string;
  readonly active: number;
}

/** DuckDB's own words may quote the file's: they are not passed on. Want of memory says nothing of the file. */
function unreadable(cause: unknown): null {
  if (!(cause instanceof Error) || !/^(?:Invalid|Conversion|IO|Binder) /.test(cause.message)) throw cause;
  return null;
}

/** The longest text that settings allow (10 M UTF-16 units), three bytes each, quotes doubled at worst. */
const LONGEST_LINE_BYTES = 64 * 1024 * 1024;

async function readFigures(
  { connection }: DuckDb,
  file: string,
  columns: readonly Pick<Column, 'name' | 'type'>[],
): Promise<DataFigures> {
  const csv = file.endsWith('.csv');
  const location = `'${file.replaceAll("'", "''")}'`;
  const from = csv
    ? `read_csv(${location}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', max_line_size = ${LONGEST_LINE_BYTES}, buffer_size = ${2 * LONGEST_LINE_BYTES}, auto_detect = false, columns = {${columns.map(({ name }) => `'${name}': 'varchar'`).join(', ')}})`
    : `read_parquet(${location})`;
  const texts = columns.filter(({ type }) => type === 'text' || type === 'list').map(({ name }) => `"${name}"`);
  const cells = columns.map(({ name, type }) => {
    if (type === 'number') return `coalesce(cast(cast("${name}" as double) as varchar), '')`;
    const list = type === 'list' && !csv;
    const text = list
      ? `coalesce(array_to_string("${name}", '${LIST_SEPARATOR}'), '')`
      : `coalesce(cast("${name}" as varchar), '')`;
    return csv && (type === 'text' || type === 'list')
      ? `case when starts_with(${text}, '''') then substr(${text}, 2) else ${text} end`
      : text;
  });
  const active = csv
    ? `sum(${texts.map((name) => `cast(regexp_matches(coalesce(${name}, ''), $active) as integer)`).join(' + ')})`
    : '0';
  const result = await connection.runAndReadAll(
    `select count(*) as n, count(distinct "document") as ids, cast(bit_xor(hash([${cells.join(', ')}])) as varchar) as digest, ${active} as active from ${from}`,
    csv ? { active: ACTIVE_CELL } : {},
  );
  const [row] = result.getRowObjectsJson();
  return { rows: Number(row!.n), ids: Number(row!.ids), hash: String(row!.digest), active: Number(row!.active) };
}
