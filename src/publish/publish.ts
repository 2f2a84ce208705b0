// Writes a release: data in every format, datasheet, recipe, codebook, and a manifest that says what each file must be.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Cleared } from '../model/clearance.ts';
import type { OpenDuckDb } from '../model/duckdb.ts';
import { DataSensError } from '../model/error.ts';
import type { ReleaseId } from '../model/identity.ts';
import { canonicalJson, type Json, type JsonObject } from '../model/json.ts';
import type { Manifest, Release, ReleaseFile, ReleaseRow } from '../model/release.ts';
import { contextFile, writeContext } from './context-files.ts';
import { datasheet } from './datasheet.ts';
import type { ExportWriter } from './exporter.ts';
import { labelColumns, withLabels } from './label-columns.ts';
import { openProfile } from './profile.ts';
import type { PublishOptions } from './publication.ts';

export interface PublishEffects {
  readonly signal: AbortSignal;
  readonly openDuckDb: OpenDuckDb;
}

/**
 * Writes the cleared rows, which come in increasing order of document id, and everything that explains them. Nothing in a
 * release depends on the clock, the machine or its folders: the same rows and options give the same bytes.
 * @throws refused when there is no row; internal when rows are out of order
 */
export async function publish(
  rows: AsyncIterable<Cleared<ReleaseRow>>,
  options: PublishOptions,
  { signal, openDuckDb }: PublishEffects,
): Promise<Release> {
  const { folder, codebook, recipe } = options;
  await mkdir(join(folder, 'data'), { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'datasens-export-'));
  try {
    const added = labelColumns(codebook);
    const profile = openProfile(added.map(({ task }) => task));
    const columns = withLabels(added, codebook);
    const writers: ExportWriter[] = [];
    for (const format of options.formats) {
      const own = join(scratch, format.name);
      await mkdir(own);
      writers.push(await format.open(join(folder, 'data', format.file), { openDuckDb, scratch: own }, columns));
    }
    let previous = '';
    for await (const row of rows) {
      signal.throwIfAborted();
      if (row.document <= previous)
        throw new DataSensError('internal', `release ${options.name}: rows are out of order`);
      previous = row.document;
      profile.add(row);
      for (const writer of writers) await writer.write(row);
    }
    for (const writer of writers) await writer.close();
    if (previous === '') throw new DataSensError('refused', `release ${options.name}: no document is cleared`);
    const { context, formats } = options;
    const files = { formats, folder, scratch };
    const hasContext =
      context !== undefined && (await writeContext({ ...files, each: context.each }, { openDuckDb, signal })) > 0;
    await writeJson(join(folder, 'recipe.json'), recipe);
    if (codebook) await writeJson(join(folder, 'codebook.json'), codebook as unknown as Json);
    for (const language of ['fr', 'en'] as const) {
      await writeFile(
        join(folder, `datasheet.${language}.md`),
        datasheet(language, options, { ...profile.result(), hasContext }),
      );
    }
    return await seal(options, profile.result().documents, hasContext);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Hashes every file and writes the manifest; the release is named by the manifest's own hash. */
async function seal(options: PublishOptions, documents: number, hasContext: boolean): Promise<Release> {
  const { folder, formats } = options;
  const mediaTypes = new Map<string, string>(
    formats.flatMap((format) =>
      [format.file, contextFile(format)].map((file) => [`data/${file}`, format.mediaType] as const),
    ),
  );
  const files: ReleaseFile[] = [];
  for (const path of await listFiles(folder)) {
    const { size } = await stat(join(folder, path));
    const mediaType =
      mediaTypes.get(path) ?? (path.endsWith('.md') ? 'text/markdown; charset=utf-8' : 'application/json');
    files.push({ path, sha256: await hashFile(join(folder, path)), sizeBytes: size, mediaType });
  }
  const labels = labelColumns(options.codebook);
  const manifest: Manifest = {
    format: 'datasens-release@1',
    name: options.name,
    organisation: options.organisation,
    title: options.title,
    documents,
    files,
    coverage: options.coverage,
    sources: options.sources,
    codebook: options.codebook as unknown as JsonObject | null,
    policy: options.policy,
    recipe: options.recipe,
    ...(options.measured === undefined ? {} : { measured: options.measured }),
    ...(labels.length === 0 ? {} : { labels }),
    generator: options.generator,
    ...(hasContext ? { context: options.context!.series as unknown as readonly JsonObject[] } : {}),
  };
  const bytes = `${canonicalJson(manifest as unknown as Json)}\n`;
  await writeFile(join(folder, 'manifest.json'), bytes);
  const id = createHash('sha256').update(bytes).digest('hex') as ReleaseId;
  const sums = [...files.map(({ sha256, path }) => `${sha256}  ${path}`), `${id}  manifest.json`];
  await writeFile(join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  return { id, manifest };
}

/** Paths of the files below a folder, relative to it, with forward slashes, sorted. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** Hexadecimal sha256 of a file, streamed. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function writeJson(path: string, value: Json): Promise<void> {
  return writeFile(path, `${canonicalJson(value)}\n`);
}
