// Trains in a thread of its own: texts are handed over batch by batch, and never all held here.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DataSensError } from '../model/error.ts';
import type { FromTrainer, Learned, ToTrainer, TrainingTask, TrainingText } from './training-task.ts';

const BATCH = 200;

interface TrainingEffects {
  readonly progress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Sends every example, then waits for what became of them. @throws cancelled, internal */
export async function trainApart(
  task: TrainingTask,
  examples: AsyncIterable<TrainingText>,
  { progress, signal }: TrainingEffects,
): Promise<Learned> {
  const worker = new Worker(join(import.meta.dirname, 'training-thread.ts'), { workerData: task });
  const cancel = () => void worker.terminate();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const next = answers(worker, progress);
    await next();
    let batch: TrainingText[] = [];
    const send = async (message: ToTrainer) => {
      worker.postMessage(message);
      return await next();
    };
    for await (const example of examples) {
      batch.push(example);
      if (batch.length < BATCH) continue;
      await send({ kind: 'examples', examples: batch });
      batch = [];
    }
    if (batch.length > 0) await send({ kind: 'examples', examples: batch });
    return (await send({ kind: 'train' })) as Learned;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new DataSensError('cancelled', 'training was stopped; nothing was kept', { cause: error });
  } finally {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}

/** Waits for each answer in turn; progress is told and is no answer. */
function answers(worker: Worker, progress: (share: number) => void): () => Promise<FromTrainer> {
  const arrived: FromTrainer[] = [];
  let failure: Error | null = null;
  let wake = () => {};
  worker.on('message', (message: FromTrainer) => {
    if (message.kind === 'progress') progress(message.share);
    else arrived.push(message);
    wake();
  });
  worker.on('error', (error) => {
    failure = new DataSensError('internal', 'the thread that trains failed', { cause: error });
    wake();
  });
  worker.on('exit', () => {
    failure ??= new DataSensError('internal', 'the thread that trains ended early');
    wake();
  });
  return async () => {
    while (arrived.length === 0) {
      if (failure !== null) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return arrived.shift()!;
  };
}
