// A lock file that dies with its holder: which of several commands starts the embedded PostgreSQL.

import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';

/**
 * Takes the lock, or returns null where a living process holds it. It saves two processes from the same work; it is not
 * what keeps data safe: PostgreSQL's own lock and the renaming of a whole data folder do that.
 */
export async function takeLock(path: string): Promise<(() => Promise<void>) | null> {
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(draft, String(process.pid), { mode: 0o600 });
  try {
    if (await claim(draft, path)) return () => rm(path, { force: true });
    const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
    if (holder > 0 && isAlive(holder)) return null;
    // Renamed rather than removed: of two processes that see the same dead holder, only one renames its file.
    await rename(path, `${draft}.dead`).catch(() => undefined);
    await rm(`${draft}.dead`, { force: true });
    return (await claim(draft, path)) ? () => rm(path, { force: true }) : null;
  } finally {
    await rm(draft, { force: true });
  }
}

/** True where the process exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A hard link appears with its content, or not at all. */
async function claim(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
