// The programs of PostgreSQL, run under the server's account: initdb, postgres, and the signals that stop it.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { DataSensError } from '../model/error.ts';
import type { ServerAccount } from './server-account.ts';
import type { ServerPlace } from './server-place.ts';

/** The superuser of the embedded cluster, and the name of its database. */
export const SERVER_USER = 'datasens';
const LOG_LIMIT_BYTES = 8 * 1024 * 1024;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socket: string;
  /** True once it takes connections. */
  readonly ready: boolean;
}

/** What `postmaster.pid` says: pid, data folder, start time, port, socket folder, address, memory, state, one a line. */
export async function readPostmaster(place: Pick<ServerPlace, 'data'>): Promise<Postmaster | null> {
  const text = await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return lines.length < 5 || !(pid > 0)
    ? null
    : {
        pid,
        port: Number(lines[3]),
        socket: lines[4] ?? '',
        ready: lines[7]?.trim() === 'ready',
      };
}

/** Creates the cluster if there is none. It appears whole: a killed initdb leaves nothing that looks like one. */
export async function initialise(place: ServerPlace, binaries: string, account: ServerAccount): Promise<void> {
  if (await stat(join(place.data, 'PG_VERSION')).catch(() => null)) return;
  const draft = await mkdtemp(join(place.home, 'initdb-'));
  if (account.other) await chown(draft, account.uid, account.gid);
  try {
    const password = await passwordOf(place);
    const auth =
      password === null ? ['--auth=trust'] : ['--auth=scram-sha-256', `--pwfile=${join(place.home, 'password')}`];
    const major = Number(/(\d+)/.exec(await run(join(binaries, 'postgres'), ['--version'], account))?.[1]);
    const options = ['-D', draft, '-U', SERVER_USER, '-E', 'UTF8', '--no-instructions', ...auth];
    // Bytes decide order and Unicode decides letters, the same on every machine; machines without the system locale
    // C.UTF-8 lose nothing but the search's knowledge of rare punctuation.
    const builtin =
      major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
    try {
      await run(join(binaries, 'initdb'), [...options, ...builtin, '--lc-ctype=C.UTF-8'], account);
    } catch (error) {
      if (!(error as Error).message.includes('locale')) throw error;
      await run(join(binaries, 'initdb'), [...options, ...builtin], account);
    }
    await rename(draft, place.data).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Starts a postmaster that outlives this process. */
export async function launch(place: ServerPlace, binaries: string, account: ServerAccount): Promise<ChildProcess> {
  await forgetReusedPid(place);
  const size = await stat(place.log).catch(() => null);
  if (size !== null && size.size > LOG_LIMIT_BYTES) await truncate(place.log);
  const log = await open(place.log, 'a', 0o600);
  try {
    const listening =
      process.platform === 'win32'
        ? ['-c', 'listen_addresses=127.0.0.1', '-p', String(await freePort())]
        : ['-c', 'listen_addresses=', '-c', 'unix_socket_permissions=0700', '-k', place.socket, '-p', '5432'];
    const child = spawn(join(binaries, 'postgres'), ['-D', place.data, ...listening, ...SETTINGS.flatMap(asOption)], {
      ...identity(account),
      cwd: place.home,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    });
    child.on('error', () => undefined);
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['shared_buffers', '256MB'],
  ['max_wal_size', '2GB'],
  ['synchronous_commit', 'on'],
  ['fsync', 'on'],
  ['jit', 'off'],
  ['max_connections', '200'],
  ['work_mem', '32MB'],
  ['maintenance_work_mem', '128MB'],
  ['timezone', 'UTC'],
  // Rows named in DETAIL and statements hold citizens' words: neither goes to the log.
  ['log_error_verbosity', 'terse'],
  ['log_min_error_statement', 'panic'],
  ['log_checkpoints', 'off'],
  ['log_min_messages', 'warning'],
];

function asOption([name, value]: readonly [string, string]): readonly string[] {
  return ['-c', `${name}=${value}`];
}

/** A password where the socket cannot be protected by a folder (Windows); null elsewhere. */
export async function passwordOf(place: Pick<ServerPlace, 'home'>): Promise<string | null> {
  if (process.platform !== 'win32') return null;
  const path = join(place.home, 'password');
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null) return known;
  const password = randomBytes(24).toString('hex');
  await writeFile(path, password, { mode: 0o600, flag: 'wx' });
  return password;
}

/** After a reboot the pid of an old server may be another program's, which PostgreSQL would take for a live server. */
async function forgetReusedPid(place: ServerPlace): Promise<void> {
  const postmaster = await readPostmaster(place);
  if (postmaster === null || process.platform !== 'linux') return;
  const name = await readFile(`/proc/${postmaster.pid}/comm`, 'utf8').catch(() => null);
  if (name !== null && name.trim() !== 'postgres') await rm(join(place.data, 'postmaster.pid'), { force: true });
}

function identity(account: ServerAccount): { readonly uid?: number; readonly gid?: number } {
  return account.other ? { uid: account.uid, gid: account.gid } : {};
}

async function run(program: string, options: readonly string[], account: ServerAccount): Promise<string> {
  const child = spawn(program, options, { ...identity(account), cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).catch((cause) => {
    throw new DataSensError('store-unavailable', `${basename(program)} could not be started`, { cause });
  });
  if (code === 0) return output;
  throw new DataSensError('store-unavailable', `${basename(program)} failed (exit ${code}): ${errors.trim()}`, {
    remedy: 'Read the message above; `datasens doctor` looks for the usual causes.',
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 5432;
}
