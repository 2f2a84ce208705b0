// The cookie that holds a session's token: never read by scripts, sent by no other site.

import { ABSOLUTE_MS } from '../run/session-limits.ts';

/**
 * Over https the `__Host-` prefix keeps other names of the domain from setting it (RFC 6265bis §4.1.3.2); on the loopback
 * there is no https to require.
 */
function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-datasens' : 'datasens';
}

/** The token of a Cookie header, or null. */
export function readToken(header: string | undefined, isSecure: boolean): string | null {
  const prefix = `${cookieName(isSecure)}=`;
  const found = (header ?? '').split(';').find((part) => part.trimStart().startsWith(prefix));
  return found === undefined ? null : found.trim().slice(prefix.length);
}

/** The Set-Cookie header of a token; null ends it. Strict: pages ask for data themselves, so that links from elsewhere work. */
export function writeToken(token: string | null, isSecure: boolean): string {
  const age = token === null ? 0 : ABSOLUTE_MS / 1000;
  const secure = isSecure ? '; Secure' : '';
  return `${cookieName(isSecure)}=${token ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure}`;
}
