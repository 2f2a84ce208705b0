// The embedded PostgreSQL of a project: the first command starts it, the next ones attach, and it outlives them all.

import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { DataSensError } from '../model/error.ts';
import { chooseAccount } from './server-account.ts';
import { findBinaries } from './server-binaries.ts';
import { isAlive, takeLock } from './server-lock.ts';
import { preparePlace, type ServerPlace } from './server-place.ts';
import { initialise, launch, passwordOf, readPostmaster, SERVER_USER } from './server-process.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 40;

export interface Server {
  /** Of the database `datasens`, as its owner. */
  readonly url: string;
  /** True where the server was already running. */
  readonly attached: boolean;
  readonly version: string;
}

interface ServerOptions {
  /** Folder of initdb and postgres; the npm package's when absent. */
  readonly binaries?: string;
}

/**
 * Attaches to the server of this folder, or starts it. Several processes may call at once: one starts, the others attach.
 * A server that was killed, or whose dead processes are still being reaped, is started again.
 * @throws store-unavailable with the end of the server's log
 */
export async function startServer(folder: string, options: ServerOptions = {}): Promise<Server> {
  const account = await chooseAccount();
  const place = await preparePlace(folder, account);
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const running = await attach(place);
    if (running !== null) return { ...running, attached: true };
    const unlock = await takeLock(place.lock);
    if (unlock !== null) {
      try {
        if (await isDeaf(place)) await stopPostmaster(place);
        const binaries = options.binaries ?? (await findBinaries(account));
        await initialise(place, binaries, account);
        const child = await launch(place, binaries, account);
        // A refusal to start (a dead server's pid is not reaped yet) ends the child: then it is tried again.
        while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
          const started = await attach(place);
          if (started !== null) return { ...started, attached: false };
          if (Date.now() > deadline) break;
          await wait(POLL_MS);
        }
      } finally {
        await unlock();
      }
    }
    await wait(POLL_MS * 3);
  }
  throw new DataSensError('store-unavailable', `The embedded PostgreSQL did not start: ${await endOfLog(place)}`, {
    retryable: true,
    remedy: `Read ${place.log}.`,
  });
}

/** Stops the server of this folder and waits for its end; does nothing where none runs. */
export async function stopServer(folder: string): Promise<void> {
  await stopPostmaster(await preparePlace(folder, await chooseAccount()));
}

/** Stops the server of this folder and removes all that it keeps, which may lie elsewhere than the folder: see `preparePlace`. */
export async function removeServer(folder: string): Promise<void> {
  const place = await preparePlace(folder, await chooseAccount());
  await stopPostmaster(place);
  for (const path of [place.home, place.socket, folder]) await rm(path, { recursive: true, force: true });
}

/**
 * True where a server runs whose socket is gone, so that nobody can ever reach it: a project's folder was removed under its
 * server and made again, and the old server took the new one's socket with it when it noticed.
 */
async function isDeaf(place: ServerPlace): Promise<boolean> {
  const postmaster = await readPostmaster(place);
  if (postmaster === null || !postmaster.ready || postmaster.socket === '' || !isAlive(postmaster.pid)) return false;
  return (await stat(join(postmaster.socket, `.s.PGSQL.${postmaster.port}`)).catch(() => null)) === null;
}

async function stopPostmaster(place: ServerPlace): Promise<void> {
  const postmaster = await readPostmaster(place);
  if (postmaster === null || !isAlive(postmaster.pid)) return;
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one.
  process.kill(postmaster.pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while ((await readPostmaster(place)) !== null && isAlive(postmaster.pid)) {
    if (Date.now() > deadline) {
      process.kill(postmaster.pid, 'SIGQUIT');
      return;
    }
    await wait(POLL_MS / 2);
  }
}

async function attach(place: ServerPlace): Promise<Omit<Server, 'attached'> | null> {
  const postmaster = await readPostmaster(place);
  if (postmaster === null) return null;
  const password = await passwordOf(place);
  const url =
    password === null
      ? `postgres://${SERVER_USER}@localhost/${SERVER_USER}?host=${encodeURIComponent(postmaster.socket)}&port=${postmaster.port}`
      : `postgres://${SERVER_USER}:${password}@127.0.0.1:${postmaster.port}/${SERVER_USER}`;
  return await probe(url);
}

/** Asks the server its version, creating its database the first time; null where it does not answer yet. */
async function probe(url: string): Promise<{ readonly url: string; readonly version: string } | null> {
  const administration = url.replace(`/${SERVER_USER}?`, '/postgres?').replace(/\/datasens$/, '/postgres');
  for (const target of [url, administration]) {
    const client = new pg.Client({ connectionString: target, connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      if (target === administration) await client.query(`create database ${SERVER_USER}`).catch(ignoreExisting);
      const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
      return { url, version: rows[0]!.version };
    } catch (error) {
      // 3D000: no such database yet. Anything else: not ready, or not there.
      if ((error as { code?: string }).code !== '3D000') return null;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return null;
}

function ignoreExisting(error: { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error;
}

async function endOfLog(place: ServerPlace): Promise<string> {
  const log = await readFile(join(place.log), 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-3).join(' | ') || 'its log is empty';
}
