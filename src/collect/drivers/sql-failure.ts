// What goes wrong with a database, told without a word of what it holds: a server's own message may quote a row.

import { DataSensError } from '../../model/error.ts';
import { nearest } from '../../model/nearest.ts';

/** `unreachable` and after may pass by themselves. */
export type SqlTrouble =
  | 'credentials'
  | 'database'
  | 'table'
  | 'column'
  | 'right'
  | 'writing'
  | 'syntax'
  | 'tls'
  | 'other'
  | 'unreachable'
  | 'busy'
  | 'locked'
  | 'slow'
  | 'lost';

export interface FoundTrouble {
  readonly trouble: SqlTrouble;
  /** The server's own code, e.g. SQLSTATE. */
  readonly code: string;
  /** A name out of the settings (table, column, user) that the trouble is about. */
  readonly name: string | null;
}

export interface SqlFailure extends FoundTrouble {
  /** `host:port/database`, or the path of a file. */
  readonly server: string;
  /** Names that could have been meant. */
  readonly known?: readonly string[];
  /** Seconds that were waited. */
  readonly waitedSeconds?: number;
}

const PASSING = new Set<SqlTrouble>(['unreachable', 'busy', 'locked', 'slow', 'lost']);

/** The failure of a server as people read it. */
export function sqlError(failure: SqlFailure): DataSensError {
  const retryable = PASSING.has(failure.trouble);
  const [message, remedy] = wordsOf(failure);
  return new DataSensError(retryable ? 'remote-unavailable' : 'remote-refused', message, { retryable, remedy });
}

/** The same of a database that is a file of the project. */
export function sqlFileError(failure: SqlFailure): DataSensError {
  const [message, remedy] = wordsOf(failure);
  return new DataSensError('input-unreadable', message, { retryable: PASSING.has(failure.trouble), remedy });
}

function wordsOf(failure: SqlFailure): readonly [message: string, remedy: string] {
  const { trouble, server, code, name, known = [], waitedSeconds = 0 } = failure;
  const called = name === null ? '' : ` \`${name}\``;
  const close = name === null ? null : nearest(name, known);
  const hint = close === null ? '' : `; did you mean \`${close}\`?`;
  switch (trouble) {
    case 'credentials':
      return [
        `${server} refused the account${called} (${code})`,
        'check `user`, and that the variable or file of `password` holds its password of today',
      ];
    case 'database':
      return [`${server}: there is no such database (${code})`, 'correct the name at the end of `url`'];
    case 'table':
      return [`${server} has no table${called}${hint}`, 'correct `table` or `query` in the settings of this source'];
    case 'column':
      return [
        `${server}: there is no column${called}${hint}`,
        'correct `query`, `key` or `incremental.column` in the settings of this source',
      ];
    case 'right':
      return [
        `${server}: this account has no right to read${called} (${code})`,
        'ask the administrator of the database for the right to read it, and for no other',
      ];
    case 'writing':
      return [
        `${server} refused to write: the session is read-only (${code})`,
        '`query` must only read: leave out functions that write and locks (`for update`)',
      ];
    case 'syntax':
      return [
        `${server} does not understand \`query\`${called} (${code})`,
        'try the query in a client of the database',
      ];
    case 'tls':
      return [
        `${server}: no TLS that can be trusted (${code})`,
        'give the name of its certificate in `url`, and the certificate of your authority in `ca`; `tls: off` only inside a network that you trust',
      ];
    case 'unreachable':
      return [`${server} does not answer (${code})`, 'is it running, and does this machine reach it on this port?'];
    case 'busy':
      return [`${server} takes no more connections, or is just starting (${code})`, 'try again later'];
    case 'locked':
      return [`${server}: the table is locked by another work (${code})`, 'try again when that work has ended'];
    case 'slow':
      return [
        `${server} gave no row within ${waitedSeconds} s (${code})`,
        'an index on the columns of the query may help; `timeoutSeconds` says how long to wait',
      ];
    case 'lost':
      return [
        `the connection to ${server} was lost (${code})`,
        'run again: what was stored stays, and the reading is taken up where it was',
      ];
    case 'other':
      return [`${server} refused the reading (${code})`, 'the log of the database says why'];
    default:
      return trouble satisfies never;
  }
}
