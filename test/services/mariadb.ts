// A real MariaDB of one's own on loopback, in a temporary folder, with TLS. Debian: mariadb-server.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { makeCertificate } from './certificate.ts';
import { freePort, missingPrograms } from './programs.ts';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;

export interface Mariadb {
  readonly port: number;
  /** PEM of the authority that its certificate (of `localhost`) is from. */
  readonly authority: string;
  /** Runs statements in the database `essai` as the owner of the server. */
  run(...statements: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Why no MariaDB can be started here, or null. With REQUIRE_REAL=1 this is an error. */
export function mariadbMissing(): string | null {
  return missingPrograms(['mariadbd', 'mariadb-install-db', 'openssl']);
}

/** Starts a server with a database `essai` and an account `lecteur` (password `secret-lecteur`) that may read it. */
export async function startMariadb(): Promise<Mariadb> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-mariadb-'));
  const { username } = userInfo();
  let server: ChildProcess | null = null;
  const stop = async () => {
    if (server !== null && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server!.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const data = join(folder, 'data');
    const socket = join(folder, 'socket');
    const port = await freePort();
    const { authority, certificate, key } = await makeCertificate(folder, 'localhost');
    await run('mariadb-install-db', [
      '--no-defaults',
      `--datadir=${data}`,
      `--user=${username}`,
      '--auth-root-authentication-method=socket',
      `--auth-root-socket-user=${username}`,
      '--skip-test-db',
    ]);
    server = spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${socket}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--user=${username}`,
        `--ssl-cert=${certificate}`,
        `--ssl-key=${key}`,
        '--innodb-flush-log-at-trx-commit=0',
        `--pid-file=${join(folder, 'pid')}`,
      ],
      { stdio: 'ignore' },
    );
    const owner = (database?: string) =>
      mysql.createConnection({ socketPath: socket, user: username, ...(database ? { database } : {}) });
    const runIn = async (database: string, statements: readonly string[]) => {
      const connection = await owner(database);
      try {
        for (const statement of statements) await connection.query(statement);
      } finally {
        await connection.end();
      }
    };
    await answering(owner, server);
    await runIn('mysql', [
      'create database essai character set utf8mb4',
      "create user lecteur@'127.0.0.1' identified by 'secret-lecteur'",
      "create user lecteur@localhost identified by 'secret-lecteur'",
      "grant select on essai.* to lecteur@'127.0.0.1'",
      'grant select on essai.* to lecteur@localhost',
    ]);
    return { port, authority, run: (...statements) => runIn('essai', statements), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answering(owner: () => Promise<mysql.Connection>, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const connection = await owner().catch(() => null);
    if (connection !== null) return connection.end();
    if (server.exitCode !== null) throw new Error(`mariadbd ended (${server.exitCode})`);
    if (Date.now() > deadline) throw new Error('MariaDB did not start');
    await wait(100);
  }
}
