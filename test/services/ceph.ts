// A real S3: Ceph's RADOS gateway on loopback, its cluster in memory and in a temporary folder. Debian: radosgw, ceph-mon,
// ceph-osd, ceph-common.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort, isInstalled } from './programs.ts';

const run = promisify(execFile);
const PROGRAMS = ['monmaptool', 'ceph-mon', 'ceph-osd', 'ceph', 'radosgw', 'radosgw-admin'];
const START_TIMEOUT_MS = 90_000;

export interface Ceph {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  stop(): Promise<void>;
}

/** Why no Ceph can be started here, or null. With REQUIRE_REAL=1 this is an error. */
export function cephMissing(): string | null {
  const missing = PROGRAMS.filter((name) => !isInstalled(name));
  const reason =
    missing.length > 0
      ? `not installed: ${missing.join(', ')}`
      : process.getuid?.() !== 0
        ? 'Ceph is started by root only'
        : null;
  if (reason !== null && process.env.REQUIRE_REAL === '1') throw new Error(`REQUIRE_REAL=1, but ${reason}`);
  return reason;
}

/** Starts monitor, storage and gateway, and makes a user. Takes about three seconds. */
export async function startCeph(): Promise<Ceph> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-ceph-'));
  const daemons: ChildProcess[] = [];
  const stop = async () => {
    const living = daemons.filter((daemon) => daemon.exitCode === null && daemon.signalCode === null);
    const ends = living.map((daemon) => new Promise((resolve) => daemon.once('exit', resolve)));
    // Nothing of it is kept: no need to ask politely.
    for (const daemon of living) daemon.kill('SIGKILL');
    await Promise.all(ends);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [monitorPort, gatewayPort] = [await freePort(), await freePort()];
    const conf = join(folder, 'ceph.conf');
    const fsid = randomUUID();
    await writeFile(conf, configuration(folder, fsid, monitorPort, gatewayPort));
    for (const name of ['mon', 'osd', 'run']) await mkdir(join(folder, name));
    const ceph = (program: string, ...options: string[]) => run(program, ['-c', conf, ...options], { timeout: 60_000 });
    const daemon = (program: string, ...options: string[]) =>
      void daemons.push(spawn(program, ['-c', conf, '-f', ...options], { stdio: 'ignore' }));

    const map = join(folder, 'monmap');
    await run('monmaptool', [
      '--create',
      '--clobber',
      '--addv',
      'a',
      `[v1:127.0.0.1:${monitorPort}]`,
      '--fsid',
      fsid,
      map,
    ]);
    await ceph('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map, '--mon-data', join(folder, 'mon'));
    daemon('ceph-mon', '-i', 'a', '--mon-data', join(folder, 'mon'));
    // A monitor still forming its quorum may refuse the first question (EPERM) rather than keep it waiting.
    await untilDone(() => ceph('ceph', '--connect-timeout', '45', '-s'), daemons);
    // The same identity for the map and for the storage, else "wrong fsid".
    const osd = randomUUID();
    await ceph('ceph', 'osd', 'new', osd, '0');
    await ceph('ceph-osd', '-i', '0', '--mkfs', '--osd-data', join(folder, 'osd'), '--osd-uuid', osd);
    await ceph('ceph', 'osd', 'crush', 'add', 'osd.0', '1', 'root=default', 'host=localhost');
    daemon('ceph-osd', '-i', '0', '--osd-data', join(folder, 'osd'));
    daemon('radosgw', '-n', 'client.rgw.a');
    const endpoint = `http://127.0.0.1:${gatewayPort}`;
    await answering(endpoint, daemons);
    const [accessKey, secretKey] = ['testkey', 'testsecret'];
    await ceph(
      'radosgw-admin',
      '-n',
      'client.rgw.a',
      'user',
      'create',
      '--uid=datasens',
      '--display-name=DataSens',
      `--access-key=${accessKey}`,
      `--secret=${secretKey}`,
    );
    return { endpoint, accessKey, secretKey, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function configuration(folder: string, fsid: string, monitorPort: number, gatewayPort: number): string {
  return `[global]
fsid = ${fsid}
mon host = v1:127.0.0.1:${monitorPort}
mon initial members = a
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
osd_pool_default_size = 1
osd_pool_default_min_size = 1
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
osd_crush_chooseleaf_type = 0
osd_crush_update_on_start = false
osd_class_update_on_start = false
osd_pool_default_pg_num = 4
mon_max_pg_per_osd = 1000
mon_data_avail_crit = 1
paxos_propose_interval = 0.05
paxos_min_wait = 0.01
osd_objectstore = memstore
memstore_device_bytes = 1073741824
ms_bind_msgr2 = false
ms_bind_ipv6 = false
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
run_dir = ${folder}/run
log_file = ${folder}/$name.log
admin_socket = ${folder}/run/$name.asok
[client.rgw.a]
rgw_frontends = beast endpoint=127.0.0.1:${gatewayPort}
rgw_data = ${folder}/run
rgw_enable_usage_log = false
`;
}

async function untilDone(ask: () => Promise<unknown>, daemons: readonly ChildProcess[]): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const refusal = await ask().then(
      () => null,
      (error: unknown) => error,
    );
    if (refusal === null) return;
    refuseDead(daemons);
    if (Date.now() > deadline) throw refusal;
    await wait(500);
  }
}

function refuseDead(daemons: readonly ChildProcess[]): void {
  const dead = daemons.find((daemon) => daemon.exitCode !== null || daemon.signalCode !== null);
  if (dead !== undefined) throw new Error(`${dead.spawnargs[0]} ended (${dead.exitCode ?? dead.signalCode})`);
}

async function answering(endpoint: string, daemons: readonly ChildProcess[]): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(endpoint).catch(() => null);
    await answer?.body?.cancel();
    if (answer !== null) return;
    refuseDead(daemons);
    if (Date.now() > deadline) throw new Error('the RADOS gateway did not start');
    await wait(100);
  }
}
