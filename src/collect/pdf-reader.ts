// Reads PDFs in threads that are killed when they take too long: what a document does to its reader stays there.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PdfContent, PdfFailure, PdfHead, PdfPage } from './pdf-content.ts';
import type { PdfAnswer, PdfQuestion } from './pdf-thread.ts';

export interface PdfLimits {
  /** Pages read at most; 0 reads the head only. */
  readonly maximumPages: number;
  /** For the whole of it. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type PdfReading =
  | { readonly kind: 'content'; readonly content: PdfContent }
  | { readonly kind: 'failure'; readonly failure: PdfFailure };

export interface PdfReader {
  /** Reads a PDF; what cannot be read is a failure, and so is a head that takes too long. @throws the signal's reason */
  read(bytes: Uint8Array, limits: PdfLimits): Promise<PdfReading>;
}

/** A thread that waits this long for its next PDF ends. */
const IDLE_MS = 10_000;
/** Where the thread's heap ends: a document that needs more is refused, and the run goes on. */
const HEAP_MB = 1024;
/** What one PDF may make the process grow by: unpacked streams are outside of any heap's limit. */
const GROWTH_BYTES = 1.5 * 2 ** 30;
const WATCH_MS = 200;

/** A reader whose thread starts with the first PDF, is kept for the next one, and never keeps the process open. */
export function openPdfReader(): PdfReader {
  let idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | null = null;

  function take(): Worker {
    if (idle === null) {
      return new Worker(join(import.meta.dirname, 'pdf-thread.ts'), {
        execArgv: ['--disable-warning=ExperimentalWarning'],
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
        stdout: true,
        stderr: true,
      });
    }
    const { worker, timer } = idle;
    clearTimeout(timer);
    idle = null;
    return worker;
  }

  function giveBack(worker: Worker): void {
    if (idle !== null) {
      void worker.terminate();
      return;
    }
    worker.unref();
    const timer = setTimeout(() => {
      idle = null;
      void worker.terminate();
    }, IDLE_MS).unref();
    idle = { worker, timer };
    // An idle thread has nothing left to fail at; were it to, the next PDF starts another.
    worker.once('error', () => {
      if (idle?.worker === worker) idle = null;
    });
  }

  return {
    read(bytes, { maximumPages, timeoutMs, signal }) {
      signal?.throwIfAborted();
      const worker = take();
      worker.ref();
      return new Promise((resolve, reject) => {
        let head: PdfHead | null = null;
        const pages: PdfPage[] = [];

        const settle = (kill: boolean) => {
          clearTimeout(timer);
          clearInterval(watch);
          signal?.removeEventListener('abort', abort);
          // Each by its name: a worker listens to itself, and hears nothing more without that.
          for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
          if (kill) void worker.terminate();
          else giveBack(worker);
        };
        const fail = (failure: PdfFailure, kill: boolean) => {
          settle(kill);
          resolve({ kind: 'failure', failure });
        };
        const finish = (cut: PdfContent['cut'], kill: boolean) => {
          if (head === null) return fail(cut === 'time' || cut === 'memory' ? cut : 'unreadable', kill);
          settle(kill);
          resolve({ kind: 'content', content: { ...head, pages, cut } });
        };
        const abort = () => {
          settle(true);
          reject(signal!.reason);
        };

        const before = process.memoryUsage.rss();
        const watch = setInterval(() => {
          if (process.memoryUsage.rss() - before > GROWTH_BYTES) finish('memory', true);
        }, WATCH_MS);
        const timer = setTimeout(() => finish('time', true), timeoutMs);
        signal?.addEventListener('abort', abort, { once: true });
        worker.on('message', (answer: PdfAnswer) => {
          if (answer.kind === 'head') head = answer.head;
          if (answer.kind === 'page') pages.push(answer.page);
          if (answer.kind === 'failure') fail(answer.failure, false);
          if (answer.kind !== 'end') return;
          if (answer.broken) finish('broken', true);
          else finish(head !== null && maximumPages > 0 && head.pageCount > pages.length ? 'pages' : null, false);
        });
        worker.once('error', () => finish('broken', true));
        worker.once('exit', () => finish('broken', true));
        worker.postMessage({ bytes: new Uint8Array(bytes), maximumPages } satisfies PdfQuestion);
      });
    },
  };
}
