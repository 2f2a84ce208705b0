// What goes wrong in the world (not in the data: that is a Finding). One type, a closed list of codes.

export const ERROR_CODES = [
  'usage', // the command line is not understood
  'settings-invalid', // datasens.yaml has mistakes
  'settings-missing', // no datasens.yaml here or above
  'secret-missing', // an environment variable or key file is absent
  'input-missing', // a file or folder named by a source does not exist
  'input-unreadable', // a file exists but is not what its format says
  'input-too-large', // a limit on size, depth, time or expansion was hit
  'input-unsupported', // no reader for this format
  'input-suspect', // a place gave far less than before: kept apart until a person accepts it
  'egress-refused', // the host is not declared, or the address is not public
  'remote-unavailable', // a server did not answer, or answered 5xx or 429
  'remote-refused', // a server answered 4xx
  'store-unavailable', // the database or object store cannot be reached
  'store-corrupt', // what was read back is not what was written
  'locked', // another process is doing the same work
  'not-found', // no such source, document, run or release
  'refused', // the policy refuses
  'unauthenticated', // whoever asks has not signed in, or not rightly
  'throttled', // too many tries: wait
  'quality-gate', // measured quality is below the settings' bar
  'verification-failed', // a release does not match its manifest
  'partial', // some of the work failed; the rest is done
  'cancelled', // the person or a signal stopped it
  'internal', // a bug
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

interface ErrorDetail {
  readonly cause?: unknown;
  /** True where trying again later may succeed; set where it is known, never guessed from a message. */
  readonly retryable?: boolean;
  /** What to do next, in one sentence. */
  readonly remedy?: string;
}

/** A failure of the world. The message says what happened, to what; `remedy` says what to do. No personal text in either. */
export class DataSensError extends Error {
  override readonly name = 'DataSensError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.retryable = detail.retryable ?? false;
    this.remedy = detail.remedy;
  }
}
