// A disk that is full while a run writes: said with what to do, and the run goes on from there once there is room.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runJourney } from '../../src/run/journey.ts';
import { retryRequest } from '../../src/run/retry.ts';
import { openFolder } from '../../src/store/objects-folder.ts';
import { listRuns } from '../../src/store/runs.ts';
import { sourceOf, testProject } from '../project.ts';

const STEPS = ['collect', 'refine'] as const;
const MOUNT = '/bin/mount';
const UNMOUNT = '/bin/umount';
const silent = () => undefined;

/** A small file system needs the right to mount one. */
function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'datasens-disk-'));
  const mounted = spawnSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync(UNMOUNT, [folder]);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
}

// Skipped where no file system can be mounted: there is no other honest way to fill a disk.
test.skipIf(!canMount())(
  'a full object folder stops the run with a remedy, keeps what was stored, and is taken up',
  {
    timeout: 120_000,
  },
  async () => {
    const disk = await mkdtemp(join(tmpdir(), 'datasens-disk-'));
    onTestFinished(() => rm(disk, { recursive: true, force: true }));
    execFileSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    onTestFinished(() => void spawnSync(UNMOUNT, ['-l', disk]));
    mkdirSync(join(disk, 'objects'));
    const rows = Array.from(
      { length: 12_000 },
      (_, n) => `Avis ${n} sur la piscine et le bus et le parc et la mairie du ${n}.`,
    );
    const project = await testProject(sourceOf('avis', 'file', '{ path: avis.csv, map: { text: avis } }'), {
      'avis.csv': ['avis', ...rows].join('\n'),
    });
    const app = { ...project.app, objects: await openFolder(join(disk, 'objects')) };
    await expect(runJourney(app, { command: 'run', steps: STEPS }, silent)).rejects.toMatchObject({
      code: 'store-unavailable',
      remedy: expect.stringContaining('disk is full'),
    });
    const [run] = await app.database.transaction((tx) => listRuns(tx, 1));
    expect(run).toMatchObject({ state: 'failed', error: { code: 'store-unavailable' } });
    const stored = (run!.counts.collect as { newRecords: number }).newRecords;
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(rows.length);

    execFileSync(MOUNT, ['-o', 'remount,size=64m', disk]);
    const request = await app.database.transaction((tx) => retryRequest(tx, run!));
    const { state, counts } = await runJourney(app, request, silent);
    expect(state).toBe('done');
    expect(counts.collect).toMatchObject({ known: stored, newRecords: rows.length - stored, received: rows.length });
  },
);
