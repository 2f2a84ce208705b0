// Where a project's embedded PostgreSQL keeps its data and its socket, and how the server's account gets there.

import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readlink, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { isReachable, letPass, type ServerAccount } from './server-account.ts';

export interface ServerPlace {
  /** Folder of the account, 0700: data, log, password, socket. */
  readonly home: string;
  readonly data: string;
  readonly log: string;
  /** Folder of the socket, 0700. */
  readonly socket: string;
  /** Taken by the process that starts the server; in a folder of ours. */
  readonly lock: string;
}

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, its closing zero included. */
const SOCKET_PATH_BYTES = 103;
const SOCKET_NAME = '.s.PGSQL.5432';
/** Where data goes when the project lies below a folder that only root may enter, such as /root. */
const SYSTEM_FOLDER = '/var/lib/datasens';

/** Makes the folders that are absent and gives them to the account. */
export async function preparePlace(folder: string, account: ServerAccount): Promise<ServerPlace> {
  const named = resolve(folder);
  await mkdir(dirname(dirname(named)), { recursive: true });
  await mkdir(dirname(named), { recursive: true, mode: 0o700 });
  // `.datasens` is ours and holds keys: the server may pass through it, not list it.
  if (account.other && basename(dirname(named)) === '.datasens') await letPass(dirname(named));
  const home = await homeOf(named, account);
  await own(home, account);
  const socket = await socketFolder(home, named, account);
  return { home, data: join(home, 'data'), log: join(home, 'server.log'), socket, lock: `${named}.lock` };
}

async function homeOf(named: string, account: ServerAccount): Promise<string> {
  const elsewhere = await readlink(named).catch(() => null);
  if (elsewhere !== null) return elsewhere;
  if (await isReachable(dirname(named), account)) return named;
  await mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o711 }).catch((cause) => {
    throw new DataSensError('store-unavailable', `The database's account may not enter ${dirname(named)}`, {
      cause,
      remedy: 'Move the project out of a closed home folder, or run DataSens as an ordinary user.',
    });
  });
  await letPass(SYSTEM_FOLDER);
  const home = join(SYSTEM_FOLDER, hashOf(named));
  // The link says where the data went; whoever removes the project can follow it.
  await symlink(home, named).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return home;
}

async function socketFolder(home: string, named: string, account: ServerAccount): Promise<string> {
  const inside = join(home, 'socket');
  const short = Buffer.byteLength(join(inside, SOCKET_NAME)) <= SOCKET_PATH_BYTES;
  const runtime = account.other ? undefined : process.env.XDG_RUNTIME_DIR;
  const socket = short ? inside : join(runtime ?? tmpdir(), `datasens-${hashOf(named)}`);
  await own(socket, account);
  return socket;
}

/** Makes a folder that only the account may enter; refuses one that somebody else made there first. */
async function own(folder: string, account: ServerAccount): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(folder);
  const owners = [account.uid, process.getuid?.()];
  if (!found.isDirectory() || (process.getuid !== undefined && !owners.includes(found.uid))) {
    throw new DataSensError('store-unavailable', `${folder} is not a folder of ours`, {
      remedy: 'Run DataSens as the user who started the database, or remove that folder.',
    });
  }
  if (account.other && found.uid !== account.uid) await chown(folder, account.uid, account.gid);
  if (process.getuid !== undefined && (found.mode & 0o777) !== 0o700) await chmod(folder, 0o700);
}

function hashOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
