// The embedded PostgreSQL once more, as a ministry's would be: on a port of loopback, with accounts, passwords and TLS.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { chooseAccount } from '../../src/store/server-account.ts';
import { findBinaries } from '../../src/store/server-binaries.ts';
import { makeCertificate } from './certificate.ts';
import { freePort } from './programs.ts';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;
const OWNER = 'proprietaire';
const OWNER_PASSWORD = 'secret-proprietaire';

export interface ListeningPostgres {
  readonly port: number;
  /** PEM of the authority that its certificate (of `localhost`) is from. */
  readonly authority: string;
  /** Runs statements in the database `essai` as its owner; rows of the last one. */
  run(...statements: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Starts a server with a database `essai` and an account `lecteur` (password `secret-lecteur`) that may read `public`. */
export async function startListeningPostgres(): Promise<ListeningPostgres> {
  const account = await chooseAccount();
  const identity = account.other ? { uid: account.uid, gid: account.gid } : {};
  const binaries = await findBinaries(account);
  const folder = await mkdtemp(join(tmpdir(), 'datasens-postgres-'));
  let server: ChildProcess | null = null;
  const stop = async () => {
    if (server !== null && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server!.once('exit', resolve));
      // SIGQUIT is PostgreSQL's immediate shutdown: its children end with it.
      server.kill('SIGQUIT');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await chmod(folder, 0o711);
    const give = async (path: string) => {
      await chmod(path, 0o600);
      if (account.other) await chown(path, account.uid, account.gid);
    };
    const data = join(folder, 'data');
    const password = join(folder, 'password');
    const { authority, certificate, key } = await makeCertificate(folder, 'localhost');
    await writeFile(password, OWNER_PASSWORD);
    for (const path of [password, certificate, key]) await give(path);
    if (account.other) await chown(folder, account.uid, account.gid);
    const auth = ['--auth=scram-sha-256', `--pwfile=${password}`];
    await run(
      join(binaries, 'initdb'),
      ['-D', data, '-U', OWNER, '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions', ...auth],
      { ...identity, cwd: '/' },
    );
    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'fsync=off',
      'ssl=on',
      `ssl_cert_file=${certificate}`,
      `ssl_key_file=${key}`,
    ];
    server = spawn(
      join(binaries, 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...identity, cwd: '/', stdio: 'ignore' },
    );
    const runIn = async (database: string, statements: readonly string[]) => {
      const client = new pg.Client({ host: '127.0.0.1', port, database, user: OWNER, password: OWNER_PASSWORD });
      client.on('error', () => undefined);
      await client.connect();
      try {
        let rows: readonly Record<string, unknown>[] = [];
        for (const statement of statements) ({ rows } = await client.query(statement));
        return rows;
      } finally {
        await client.end();
      }
    };
    await answering(() => runIn('postgres', ['select 1']), server);
    await runIn('postgres', ['create database essai', `create role lecteur login password 'secret-lecteur'`]);
    await runIn('essai', ['alter default privileges in schema public grant select on tables to lecteur']);
    return { port, authority, run: (...statements) => runIn('essai', statements), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answering(ask: () => Promise<unknown>, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const failure = await ask().then(
      () => null,
      (error: unknown) => error,
    );
    if (failure === null) return;
    if (server.exitCode !== null) throw new Error(`postgres ended (${server.exitCode})`);
    if (Date.now() > deadline) throw failure;
    await wait(50);
  }
}
