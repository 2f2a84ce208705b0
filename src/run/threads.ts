// A pool of worker threads for what costs CPU: decrypting, reading, refining, annotating.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { Retraced, RetraceTask } from './retrace.ts';
import type { AnnotateTask, AnnotateTaskResult, RefineTask, RefineTaskResult } from './thread-task.ts';

export interface Threads {
  refine(task: RefineTask, transfer: readonly ArrayBuffer[]): Promise<RefineTaskResult>;
  annotate(task: AnnotateTask): Promise<AnnotateTaskResult>;
  retrace(task: RetraceTask): Promise<Retraced>;
  readonly size: number;
  close(): Promise<void>;
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
    size,
    async close() {
      await pool?.destroy();
      pool = null;
    },
  };
}
