// Releases live in the object store; what reads files (DuckDB, verify) gets them in a local folder, checked by hash.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DataSensError } from '../model/error.ts';
import type { Release } from '../model/release.ts';
import type { App } from './app.ts';

/** Where a release's files are kept in the object store. */
export function releasePrefix(release: Pick<Release, 'id'>): string {
  return `releases/${release.id}`;
}

/** Copies every file of a written release to the object store. */
export async function storeRelease(app: App, release: Release, folder: string): Promise<void> {
  for (const path of await filesOf(folder)) {
    await app.objects.putFile(`${releasePrefix(release)}/${path}`, join(folder, path));
  }
}

/** The local folder of a release, fetched when it is not there yet. @throws store-corrupt where a hash differs */
export async function localRelease(app: App, release: Release): Promise<string> {
  const folder = join(app.project.private, 'releases', release.id);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  for (const { path, sha256 } of release.manifest.files) {
    const target = join(partial, path);
    await mkdir(dirname(target), { recursive: true });
    await app.objects.getToFile(`${releasePrefix(release)}/${path}`, target);
    if ((await hashOf(target)) !== sha256) {
      throw new DataSensError('store-corrupt', `release ${release.id}: ${path} is not what was published`, {
        remedy: 'run `datasens publish` again, and look for what changed the object store',
      });
    }
  }
  for (const name of ['manifest.json', 'SHA256SUMS']) {
    await app.objects.getToFile(`${releasePrefix(release)}/${name}`, join(partial, name));
  }
  await rename(partial, folder).catch(async (cause: NodeJS.ErrnoException) => {
    // Another process brought the same release first: theirs is as good.
    if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause;
    await rm(partial, { recursive: true, force: true });
  });
  return folder;
}

/** Puts a freshly written release where `localRelease` looks for it. */
export async function keepLocally(app: App, release: Release, folder: string): Promise<string> {
  const target = join(app.project.private, 'releases', release.id);
  await mkdir(dirname(target), { recursive: true });
  if (existsSync(target)) await rm(folder, { recursive: true, force: true });
  else await rename(folder, target);
  return target;
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
