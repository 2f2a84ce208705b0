// What may be said of a failure in events, logs and answers: its code and message when it is ours, never foreign text.

import { DataSensError, type ErrorCode } from '../model/error.ts';

/** The closed code of any thrown value. */
export function failureCode(error: unknown): ErrorCode {
  if (isDiskFull(error)) return 'store-unavailable';
  if (error instanceof DataSensError) return error.code;
  if (error instanceof Error && error.name === 'AbortError') return 'cancelled';
  return 'internal';
}

export type FailureWords = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string | null;
};

/** The failure as the workbench may show it: our own words carry no person's, others' are left out. */
export function failureWords(error: unknown): FailureWords {
  const named = namedFailure(error);
  const code = failureCode(named);
  if (named instanceof DataSensError) return { code, message: named.message, remedy: named.remedy ?? null };
  if (code === 'cancelled') return { code, message: 'the process that ran it was asked to stop', remedy: TAKE_UP };
  const errno = (named as { code?: unknown } | null)?.code;
  const known = typeof errno === 'string' && /^E[A-Z]{2,20}$/.test(errno) ? ` (${errno})` : '';
  return { code, message: `an unexpected failure${known}`, remedy: 'run again with --debug, and open an issue' };
}

const TAKE_UP = 'what it did is kept; take it up again with `datasens runs retry`';

/** One bad source or batch never stops a run; what it writes to does. */
export function stopsRun(error: unknown): boolean {
  const code = failureCode(error);
  return code === 'store-unavailable' || code === 'store-corrupt';
}

/** A full disk says so, whoever met it; any other error, and the store's own, are returned as they are. */
export function namedFailure(error: unknown): unknown {
  if (!isDiskFull(error) || (error instanceof DataSensError && error.code === 'store-unavailable')) return error;
  return new DataSensError('store-unavailable', 'the disk is full', {
    cause: error,
    retryable: true,
    remedy: 'free some space, then run the same command again: it goes on from what is stored',
  });
}

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);

function isDiskFull(error: unknown): boolean {
  for (let depth = 0, current = error; current instanceof Error && depth < 5; depth += 1, current = current.cause) {
    const { code = '' } = current as { code?: string };
    if (DISK_FULL.has(code) || /SQLSTATE 53100|No space left on device/i.test(current.message)) return true;
  }
  return false;
}
