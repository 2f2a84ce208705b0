// A pool of worker threads for what costs CPU: decrypting, reading, refining, annotating.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Discovery, Theme } from '../model/theme.ts';
import type { Retraced, RetraceTask } from './retrace.ts';
import type { DiscoverTask, MergeTask, SplitTask } from './theme-thread.ts';
import type { AnnotateTask, AnnotateTaskResult, RefineTask, RefineTaskResult } from './thread-task.ts';

export interface Threads {
  refine(task: RefineTask, transfer: readonly ArrayBuffer[]): Promise<RefineTaskResult>;
  annotate(task: AnnotateTask): Promise<AnnotateTaskResult>;
  /** Proposes themes; `progress` is told how far it is, in [0, 1]. An abort ends the thread. */
  discoverThemes(task: Omit<DiscoverTask, 'port'>, watch: ThemeWatch): Promise<Discovery>;
  mergeThemes(task: MergeTask): Promise<Theme>;
  splitTheme(task: SplitTask): Promise<readonly Theme[]>;
  retrace(task: RetraceTask): Promise<Retraced>;
  readonly size: number;
  close(): Promise<void>;
}

const THEMES = join(import.meta.dirname, 'theme-thread.ts');

interface ThemeWatch {
  readonly progress: (part: number) => void;
  readonly signal: AbortSignal;
}

/** Threads start with the first task, one per core, and end when idle for 30 s. */
export function openThreads(size: number = availableParallelism()): Threads {
  let pool: Piscina | null = null;
  const started = () => {
    pool ??= new Piscina({
      filename: join(import.meta.dirname, 'thread.ts'),
      minThreads: 1,
      maxThreads: size,
      idleTimeout: 30_000,
      concurrentTasksPerWorker: 1,
      recordTiming: false,
      // Texts are many and short-lived: a small young generation is swept often instead of growing.
      resourceLimits: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 1024 },
    });
    return pool;
  };
  return {
    refine: (task, transfer) => started().run(task, { name: 'refine', transferList: [...transfer] }),
    annotate: (task) => started().run(task, { name: 'annotate' }),
    retrace: (task) => started().run(task, { name: 'retrace' }),
    async discoverThemes(task, { progress, signal }) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', progress);
      try {
        const given = { ...task, port: port2 };
        return await started().run(given, { filename: THEMES, name: 'discover', transferList: [port2], signal });
      } finally {
        port1.close();
      }
    },
    mergeThemes: (task) => started().run(task, { filename: THEMES, name: 'merge' }),
    splitTheme: (task) => started().run(task, { filename: THEMES, name: 'split' }),
    size,
    async close() {
      await pool?.destroy();
      pool = null;
    },
  };
}
