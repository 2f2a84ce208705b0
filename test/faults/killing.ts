// Kills a subject at random moments, again and again, until it has survived enough of it; then asks what it did.

import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

export interface Subject {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface KillResult {
  /** Times the process was killed while it worked. */
  readonly kills: number;
  /** Times it came to its end by itself. */
  readonly completions: number;
}

interface KillOptions {
  /** Stop after this many kills. */
  readonly kills: number;
  /** The moment of each kill is drawn between these, in milliseconds after the start. */
  readonly betweenMs: readonly [earliest: number, latest: number];
  /** In [0, 1); seeded, so that a failure can be played again. */
  readonly random: () => number;
  /** Called when a round came to its end by itself, to begin anew (another project). */
  readonly onCompletion: () => Promise<void>;
}

/** Starts the subject, kills it with SIGKILL at a random moment, starts it again …; a last start is left to end. */
export async function killRepeatedly(subject: () => Subject, options: KillOptions): Promise<KillResult> {
  let kills = 0;
  let completions = 0;
  while (kills < options.kills) {
    const [earliest, latest] = options.betweenMs;
    const killed = await runOnce(subject(), earliest + options.random() * (latest - earliest));
    if (killed) kills += 1;
    else {
      completions += 1;
      await options.onCompletion();
    }
  }
  if (await runOnce(subject(), null)) throw new Error('unreachable: nothing kills the last start');
  return { kills, completions: completions + 1 };
}

/** True where the process was killed before it ended. @throws where it ended with a failure of its own */
async function runOnce(subject: Subject, killAfterMs: number | null): Promise<boolean> {
  const child = spawn(subject.command, subject.arguments, {
    env: { ...process.env, ...subject.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const timer = new AbortController();
  if (killAfterMs !== null) {
    wait(killAfterMs, undefined, { signal: timer.signal }).then(
      () => child.kill('SIGKILL'),
      () => undefined,
    );
  }
  const { code, signal } = await ended;
  timer.abort();
  if (signal === 'SIGKILL') return true;
  if (code !== 0) throw new Error(`the subject ended with ${code ?? signal}: ${said}`);
  return false;
}
