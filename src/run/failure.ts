// What may be said of a failure in events, logs and answers: its code and message when it is ours, never foreign text.

import { DataSensError, type ErrorCode } from '../model/error.ts';

/** The closed code of any thrown value. */
export function failureCode(error: unknown): ErrorCode {
  if (error instanceof DataSensError) return error.code;
  if (error instanceof Error && error.name === 'AbortError') return 'cancelled';
  return 'internal';
}
