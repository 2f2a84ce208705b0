// Releases, the indicators computed from them, and the figures measured against a truth file.

import { sql } from 'kysely';
import type { ReleaseId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Manifest, Release } from '../model/release.ts';
import type { Tx } from './database.ts';
import { bytesOf, jsonText } from './values.ts';

export interface StoredRelease extends Release {
  /** Where its files are in the object store. */
  readonly objectPrefix: string;
  /** Instant of publication, ISO 8601 UTC. */
  readonly createdAt: string;
}

export interface StoredMeasurement {
  readonly name: string;
  readonly body: JsonObject;
  readonly at: string;
}

/** Keeps a release; publishing the same again makes it the latest. */
export async function saveRelease(tx: Tx, release: Release & { readonly objectPrefix: string }): Promise<void> {
  await sql`
    insert into release (id, name, manifest, object_prefix)
    values (${bytesOf(release.id)}, ${release.manifest.name}, ${jsonText(release.manifest)}, ${release.objectPrefix})
    on conflict (organisation, id) do update set created_at = clock_timestamp()`.execute(tx);
}

/** The release published last, of this name or of any. */
export async function latestRelease(tx: Tx, name?: string): Promise<StoredRelease | null> {
  const [latest] = await listReleases(tx, { ...(name === undefined ? {} : { name }), limit: 1 });
  return latest ?? null;
}

/** Releases, newest first. */
export async function listReleases(
  tx: Tx,
  page: { readonly name?: string; readonly limit: number },
): Promise<readonly StoredRelease[]> {
  const query = tx.selectFrom('release').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(page.limit);
  const rows = await (page.name === undefined ? query : query.where('name', '=', page.name)).execute();
  return rows.map(releaseOf);
}

export async function readRelease(tx: Tx, id: ReleaseId): Promise<StoredRelease | null> {
  const row = await tx.selectFrom('release').selectAll().where('id', '=', bytesOf(id)).executeTakeFirst();
  return row === undefined ? null : releaseOf(row);
}

export async function saveIndicator(
  tx: Tx,
  indicator: { readonly release: ReleaseId; readonly name: string; readonly body: JsonObject },
): Promise<void> {
  await sql`
    insert into indicator (release, name, body)
    values (${bytesOf(indicator.release)}, ${indicator.name}, ${jsonText(indicator.body)})
    on conflict (organisation, release, name) do update
      set body = excluded.body, computed_at = clock_timestamp()`.execute(tx);
}

export async function saveMeasurement(tx: Tx, figure: Pick<StoredMeasurement, 'name' | 'body'>): Promise<void> {
  await tx
    .insertInto('measurement')
    .values({ name: figure.name, body: jsonText(figure.body) })
    .execute();
}

/** The latest figure of each name, by name. */
export async function readMeasurements(tx: Tx): Promise<readonly StoredMeasurement[]> {
  const { rows } = await sql<{ name: string; body: JsonObject; at: Date }>`
    select distinct on (name) name, body, at from measurement order by name, id desc`.execute(tx);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

function releaseOf(row: {
  readonly id: Buffer;
  readonly manifest: unknown;
  readonly object_prefix: string;
  readonly created_at: Date;
}): StoredRelease {
  return {
    id: row.id.toString('hex') as ReleaseId,
    manifest: row.manifest as Manifest,
    objectPrefix: row.object_prefix,
    createdAt: row.created_at.toISOString(),
  };
}
