// What every command shares: global options, an interrupt that stops cleanly, one way to answer and to fail.

import type { Command } from 'commander';
import { type App, type AppEffects, openApp } from '../run/app.ts';
import { openProject } from '../run/project.ts';
import { type Answer, type OutputOptions, writeAnswer, writeFailure } from './output.ts';

export interface GlobalOptions extends OutputOptions {
  /** Folder of the project, or any folder below it. */
  readonly project: string;
}

/** Runs a command's work, writes its answer or its failure, and sets the exit code. */
export async function answer(
  command: Command,
  work: (options: GlobalOptions, signal: AbortSignal) => Promise<Answer | null>,
): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const result = await work(options, interrupt.signal);
    if (result !== null) writeAnswer(result, options);
  } catch (error) {
    writeFailure(error, options);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Opens the project's app for the time of `work`. */
export async function withApp<Result>(
  options: GlobalOptions,
  effects: AbortSignal | AppEffects,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  const app = await openApp(
    openProject(options.project),
    effects instanceof AbortSignal ? { signal: effects } : effects,
  );
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
