// Looks at everything a project rests on and says, line by line, what works and what to do about what does not.

import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { DataSensError } from '../model/error.ts';
import { verifyActs } from '../store/acts.ts';
import { serverVersion } from '../store/database.ts';
import type { App } from './app.ts';
import { openApp } from './app.ts';
import { checkProject } from './check.ts';
import { failureCode } from './failure.ts';
import { openProject } from './project.ts';

export interface Symptom {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failure';
  /** What was seen. */
  readonly seen: string;
  /** What to do; empty when all is well. */
  readonly remedy: string;
}

const GIB = 1024 ** 3;

/** Examines the project at `start`; needs no project to look at the machine. */
export async function examine(start: string, signal: AbortSignal): Promise<readonly Symptom[]> {
  const machine = [node(), memory(), await disk(start)];
  const settings = await look('settings', async () => {
    const { problems, declared } = await checkProject(start);
    if (problems.length === 0)
      return ok('settings', `${declared.sources.length} source(s), ${declared.releases.length} release(s)`);
    return {
      name: 'settings',
      state: 'failure',
      seen: `${problems.length} mistake(s)`,
      remedy: 'run `datasens check`',
    };
  });
  if (settings.state === 'failure') return [...machine, settings];
  let app: App;
  try {
    app = await openApp(openProject(start), { signal });
  } catch (error) {
    return [...machine, settings, failed('database', error)];
  }
  try {
    return [
      ...machine,
      settings,
      await look('database', async () => ok('database', await app.database.transaction(serverVersion))),
      await look('objects', () => objects(app)),
      await look('keys', async () => keys(app)),
      await look('acts', () => acts(app)),
      ok('egress', egressOf(app)),
    ];
  } finally {
    await app.close();
  }
}

function node(): Symptom {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24) return ok('node', `Node ${process.versions.node}`);
  return {
    name: 'node',
    state: 'failure',
    seen: `Node ${process.versions.node}`,
    remedy: 'run bin/datasens, which brings Node 24',
  };
}

function memory(): Symptom {
  const gib = totalmem() / GIB;
  const seen = `${gib.toFixed(1)} GiB, ${availableParallelism()} core(s)`;
  if (gib >= 2) return ok('machine', seen);
  return { name: 'machine', state: 'warning', seen, remedy: 'DataSens wants 2 GiB of memory' };
}

async function disk(folder: string): Promise<Symptom> {
  await access(folder, constants.R_OK);
  const { bavail, bsize } = await statfs(folder);
  const gib = (bavail * bsize) / GIB;
  if (gib >= 1) return ok('disk', `${gib.toFixed(1)} GiB free`);
  return { name: 'disk', state: 'warning', seen: `${gib.toFixed(2)} GiB free`, remedy: 'free some disk space' };
}

async function objects(app: App): Promise<Symptom> {
  const key = `doctor/${randomUUID()}`;
  const written = Buffer.from(key);
  await app.objects.put(key, written);
  const read = await app.objects.get(key);
  await app.objects.remove(key);
  if (written.equals(read)) return ok('objects', 'written, read back and removed');
  throw new DataSensError('store-corrupt', 'the object store does not give back what was written');
}

function keys(app: App): Symptom {
  if (app.keyring.organisationKey.byteLength === 32)
    return ok('keys', 'organisation key present; keep a copy of it apart');
  throw new DataSensError('secret-missing', 'the organisation key is not 32 bytes');
}

async function acts(app: App): Promise<Symptom> {
  const { count, broken } = await app.database.transaction(verifyActs);
  if (broken === null) return ok('acts', `${count} act(s), chain intact`);
  return {
    name: 'acts',
    state: 'failure',
    seen: `chain broken at act ${broken}`,
    remedy: 'someone changed the journal: compare with a backup',
  };
}

function egressOf(app: App): string {
  const hosts = app.project.settings.sovereignty.textMayGoTo;
  return hosts.length === 0 ? 'no text leaves this machine' : `text may go to ${hosts.join(', ')}, nowhere else`;
}

const ok = (name: string, seen: string): Symptom => ({ name, state: 'ok', seen, remedy: '' });

async function look(name: string, work: () => Promise<Symptom>): Promise<Symptom> {
  try {
    return await work();
  } catch (error) {
    return failed(name, error);
  }
}

function failed(name: string, error: unknown): Symptom {
  const seen = error instanceof DataSensError ? error.message : failureCode(error);
  return { name, state: 'failure', seen, remedy: error instanceof DataSensError ? (error.remedy ?? '') : '' };
}
