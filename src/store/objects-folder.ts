// Objects in a folder: written aside, flushed to disk, then renamed into place.

import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { checkKey, folderOf, notFound } from './object-key.ts';
import type { ByteRange, Objects } from './objects.ts';

const DISK_FULL = 'The disk is full: free some space, then run the same command again.';

/** Opens (creating it, 0700) a folder of objects. */
export async function openFolder(folder: string): Promise<Objects> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw new DataSensError('store-unavailable', `The object folder ${folder} cannot be made`, { cause });
  });
  const pathOf = (key: string) => join(folder, checkKey(key));

  return {
    put: (key, bytes) =>
      translate(key, () =>
        placeWhole(pathOf(key), async (draft) => {
          const file = await open(draft, 'wx', 0o600);
          try {
            await file.writeFile(bytes);
            await file.sync();
          } finally {
            await file.close();
          }
        }),
      ),
    putFile: (key, path) => translate(key, () => placeWhole(pathOf(key), (draft) => copyWhole(path, draft))),
    get: (key, range) => translate(key, () => read(key, pathOf(key), range)),
    getToFile: (key, path) => translate(key, () => placeWhole(path, (draft) => copyWhole(pathOf(key), draft))),
    stat: (key) =>
      translate(key, async () => {
        const found = await stat(pathOf(key)).catch(absent);
        return found?.isFile() ? { sizeBytes: found.size } : null;
      }),
    remove: (key) => translate(key, () => rm(pathOf(key), { force: true })),
    list: (prefix) => list(folder, prefix),
  };
}

/** Lets `write` fill a draft beside `path`, then makes it `path`, so that a crash leaves the old object or the new. */
export async function placeWhole(path: string, write: (draft: string) => Promise<void>): Promise<void> {
  const parent = dirname(path);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await write(draft);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(parent);
}

async function copyWhole(from: string, draft: string): Promise<void> {
  await copyFile(from, draft, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const file = await open(draft, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function read(key: string, path: string, range: ByteRange | undefined): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = range?.start ?? 0;
    const end = Math.min(range?.end ?? size, size);
    const bytes = Buffer.allocUnsafeSlow(Math.max(0, end - start));
    for (let done = 0; done < bytes.byteLength; ) {
      const { bytesRead } = await file.read(bytes, done, bytes.byteLength - done, start + done);
      if (bytesRead === 0) throw new DataSensError('store-corrupt', `${key} became shorter while it was read`);
      done += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

async function* list(folder: string, prefix: string): AsyncIterable<string> {
  // Only the folder that the prefix names needs reading.
  const under = folderOf(prefix);
  yield* walk(join(folder, under), under);

  async function* walk(path: string, base: string): AsyncIterable<string> {
    const entries = (await readdir(path, { withFileTypes: true }).catch(absent)) ?? [];
    // A folder sorts as its name with a slash: the order of the keys it holds.
    const named = entries.map((entry) => ({ entry, name: entry.isDirectory() ? `${entry.name}/` : entry.name }));
    named.sort((left, right) => (left.name < right.name ? -1 : 1));
    for (const { entry, name } of named) {
      const key = base + name;
      if (entry.isDirectory()) {
        if (key.startsWith(prefix) || prefix.startsWith(key)) yield* walk(join(path, entry.name), key);
      } else if (entry.isFile() && key.startsWith(prefix) && !key.endsWith('.tmp')) yield key;
    }
  }
}

async function translate<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DataSensError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw notFound(key, error);
    const remedy = code === 'ENOSPC' || code === 'EDQUOT' ? DISK_FULL : 'Check the folder and its rights.';
    throw new DataSensError('store-unavailable', `The object folder failed on ${key} (${code})`, {
      cause: error,
      remedy,
    });
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}

/** The name of a renamed file is on disk once its folder is. Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
