// Kills a run with SIGKILL at 100 random moments, resumes it each time, and compares with a run left in peace.
// DATASENS_BENCH_KILLS changes the number; the seed is printed, so that a failure can be played again.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { removeServer, startServer } from '../src/store/server.ts';
import { type Outcome, readOutcome, writeKillProject } from '../test/faults/kill-project.ts';
import { killRepeatedly } from '../test/faults/killing.ts';
import { report } from './report.ts';

const KILLS = Number(process.env.DATASENS_BENCH_KILLS ?? 100);
const SEED = Number(process.env.DATASENS_BENCH_SEED ?? 2026);
const ROWS = 3000;
const datasens = resolve(import.meta.dirname, '../bin/datasens');

const home = await mkdtemp(join(tmpdir(), 'datasens-kills-'));
let round = 0;
let wrong = 0;
let survived = 0;
try {
  const calm = await newProject();
  const startedAt = performance.now();
  await promisify(execFile)(datasens, ['--project', calm, 'run', '--quiet']);
  const calmMs = performance.now() - startedAt;
  const expected = await outcomeOf(calm);
  let folder = await newProject();
  const { kills } = await killRepeatedly(
    () => ({ command: datasens, arguments: ['--project', folder, 'run', '--quiet'] }),
    {
      kills: KILLS,
      betweenMs: [300, calmMs],
      random: seeded(SEED).next,
      async onCompletion() {
        await judge(folder, expected);
        folder = await newProject();
      },
    },
  );
  await judge(folder, expected);
  report({ name: `kill.seed${SEED}.kills`, value: kills, unit: 'kills', n: kills });
  report({ name: `kill.seed${SEED}.runsBroughtToTheirEnd`, value: survived, unit: 'runs', n: kills });
  report({ name: `kill.seed${SEED}.lostOrDoubled`, value: wrong, unit: 'runs', n: survived });
} finally {
  await rm(home, { recursive: true, force: true });
}

async function newProject(): Promise<string> {
  round += 1;
  const folder = join(home, String(round));
  await writeKillProject(folder, 'embedded', ROWS);
  return folder;
}

async function outcomeOf(folder: string): Promise<Outcome> {
  const postgres = join(folder, '.datasens/postgres');
  const outcome = await readOutcome((await startServer(postgres)).url);
  await removeServer(postgres);
  return outcome;
}

async function judge(folder: string, expected: Outcome): Promise<void> {
  const outcome = await outcomeOf(folder);
  survived += 1;
  if (!isDeepStrictEqual(outcome, expected)) {
    wrong += 1;
    process.stderr.write(`${JSON.stringify({ outcome, expected })}\n`);
  }
  await rm(folder, { recursive: true, force: true });
}
