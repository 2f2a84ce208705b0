// PostgreSQL's codes (SQLSTATE, and those of sockets) as troubles. Of a message only names of the settings are kept.

import type { FoundTrouble, SqlTrouble } from './sql-failure.ts';
import { isTlsFailure } from './tls.ts';

const STATES: Readonly<Record<string, SqlTrouble>> = {
  '28000': 'credentials',
  '28P01': 'credentials',
  '3D000': 'database',
  '42P01': 'table',
  '3F000': 'table',
  '42703': 'column',
  '42501': 'right',
  '25006': 'writing',
  '42601': 'syntax',
  '42883': 'syntax',
  '57014': 'slow',
  '55P03': 'locked',
  '40P01': 'locked',
  '53300': 'busy',
  '57P03': 'busy',
  '57P01': 'lost',
  '57P02': 'lost',
  '57P05': 'lost',
};

/** What a failure of the driver is; null where it is none of the database. */
export function postgresTrouble(error: unknown, rowsBegun: boolean): FoundTrouble | null {
  if (!(error instanceof Error)) return null;
  const { code = '', message } = error as Error & { readonly code?: string };
  if (/^[0-9A-Z]{5}$/.test(code) && 'severity' in error) {
    // A statement that writes inside a query is refused before the session has to be asked.
    const writes = code === '0A000' && message.includes('data-modifying');
    const trouble = writes ? 'writing' : (STATES[code] ?? (code.startsWith('08') ? 'lost' : 'other'));
    const name = trouble === 'table' || trouble === 'column' || trouble === 'right' ? namedIn(message) : null;
    return { trouble, code, name };
  }
  if (message.includes('does not support SSL')) return { trouble: 'tls', code: 'no TLS offered', name: null };
  if (isTlsFailure(code)) return { trouble: 'tls', code, name: null };
  // The driver's own words for a socket that closed or never opened carry no code.
  if (code === '' && !/^(?:Connection terminated|timeout expired|Client has encountered)/.test(message)) return null;
  return { trouble: rowsBegun ? 'lost' : 'unreachable', code: code || 'connection closed', name: null };
}

/** `relation "avis" does not exist`, `column avis.texte does not exist`, `permission denied for table avis`. */
function namedIn(message: string): string | null {
  const found = /^(?:relation|column|schema) "?([^"]+?)"? does not exist|^permission denied for \w+ (\S+)$/.exec(
    message,
  );
  return found?.[1] ?? found?.[2] ?? null;
}
