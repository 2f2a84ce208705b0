// Turns what the database driver throws into DataSensError, leaving the rows' words out.

import { DataSensError } from '../model/error.ts';

/** Errors of node's sockets that mean the server cannot be reached, or is gone. */
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** Of the driver, which gives these no code. */
const SOCKET_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

const DISK_FULL = 'The disk of the database is full: free some space, then run the same command again.';

interface ServerError {
  readonly code?: string;
  readonly message?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
}

/** The error to throw instead; DataSensErrors and errors that are not the database's are returned as they are. */
export function translateFailure(error: unknown): unknown {
  if (error instanceof DataSensError || !(error instanceof Error)) return error;
  const { code = '', message = '', table, column, constraint } = error as ServerError;
  if (SOCKET_CODES.has(code) || SOCKET_MESSAGES.test(message)) {
    return unavailable('The database does not answer', error, 'Is it running? `datasens doctor` says.');
  }
  if (!/^[0-9A-Z]{5}$/.test(code)) return error;
  const [place] = [constraint, column, table].filter((name) => name !== undefined);
  // Messages of class 42 speak of statements, all others may quote a value: a citizen's words.
  const scrubbed = code.startsWith('42')
    ? error
    : new Error(`SQLSTATE ${code}${place === undefined ? '' : ` at ${place}`}`);
  if (/^(08|57P|53)/.test(code)) {
    const remedy = code === '53100' ? DISK_FULL : 'Try again; `datasens doctor` says more.';
    return unavailable(`The database cannot serve (SQLSTATE ${code})`, scrubbed, remedy);
  }
  if (code === '57014') return unavailable('A statement took too long and was stopped', scrubbed, 'Try again.');
  if (/^(28|3D)/.test(code)) {
    return new DataSensError('store-unavailable', `The database refused the connection (SQLSTATE ${code})`, {
      cause: scrubbed,
      remedy: 'Check user, password and database name of store.database.',
    });
  }
  // 40: serialisation failure or deadlock; the transaction was undone whole and may be tried again.
  if (code.startsWith('40'))
    return unavailable(`The database undid a transaction (SQLSTATE ${code})`, scrubbed, 'Try again.');
  if (/^(XX|F0)/.test(code)) {
    return new DataSensError('store-corrupt', `The database found damage (SQLSTATE ${code})`, {
      cause: scrubbed,
      remedy: 'Stop writing, copy the database folder, then restore a backup.',
    });
  }
  return new DataSensError('internal', `The database refused a statement (${(scrubbed as Error).message})`, {
    cause: scrubbed,
  });
}

function unavailable(message: string, cause: unknown, remedy: string): DataSensError {
  return new DataSensError('store-unavailable', message, { cause, retryable: true, remedy });
}
