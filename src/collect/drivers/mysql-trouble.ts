// Codes of MySQL, MariaDB and of their driver as troubles. Of a message only names of the settings are kept.

import type { FoundTrouble, SqlTrouble } from './sql-failure.ts';
import { isTlsFailure } from './tls.ts';

const CODES: Readonly<Record<string, SqlTrouble>> = {
  ER_ACCESS_DENIED_ERROR: 'credentials',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'credentials',
  ER_NOT_SUPPORTED_AUTH_MODE: 'credentials',
  AUTH_SWITCH_PLUGIN_ERROR: 'credentials',
  ER_DBACCESS_DENIED_ERROR: 'database',
  ER_BAD_DB_ERROR: 'database',
  ER_NO_SUCH_TABLE: 'table',
  ER_BAD_FIELD_ERROR: 'column',
  ER_TABLEACCESS_DENIED_ERROR: 'right',
  ER_COLUMNACCESS_DENIED_ERROR: 'right',
  ER_SPECIFIC_ACCESS_DENIED_ERROR: 'right',
  ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: 'writing',
  ER_PARSE_ERROR: 'syntax',
  ER_DUP_FIELDNAME: 'syntax',
  ER_SP_DOES_NOT_EXIST: 'syntax',
  ER_QUERY_TIMEOUT: 'slow',
  ER_STATEMENT_TIMEOUT: 'slow',
  ER_QUERY_INTERRUPTED: 'slow',
  PROTOCOL_SEQUENCE_TIMEOUT: 'slow',
  ER_LOCK_WAIT_TIMEOUT: 'locked',
  ER_LOCK_DEADLOCK: 'locked',
  ER_CON_COUNT_ERROR: 'busy',
  ER_TOO_MANY_USER_CONNECTIONS: 'busy',
  ER_SERVER_SHUTDOWN: 'lost',
  ER_CONNECTION_KILLED: 'lost',
};

/** What a failure of the driver is; null where it is none of the database. */
export function mysqlTrouble(error: unknown, rowsBegun: boolean): FoundTrouble | null {
  if (!(error instanceof Error)) return null;
  const { code, message } = error as Error & { readonly code?: string };
  if (code === undefined) return null;
  if (isTlsFailure(code)) return { trouble: 'tls', code, name: null };
  const known = CODES[code];
  if (known !== undefined) return { trouble: known, code, name: namedIn(message, known) };
  if (code.startsWith('ER_')) return { trouble: 'other', code, name: null };
  return { trouble: rowsBegun ? 'lost' : 'unreachable', code, name: null };
}

/** `Table 'base.avis' doesn't exist`, `Unknown column 'texte' in 'field list'`. */
function namedIn(message: string, trouble: SqlTrouble): string | null {
  if (trouble === 'table') return /^Table '(?:[^'.]+\.)?([^']+)' doesn't exist/.exec(message)?.[1] ?? null;
  if (trouble === 'column') return /^Unknown column '([^']+)' in /.exec(message)?.[1] ?? null;
  return null;
}
