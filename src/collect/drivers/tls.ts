// TLS of the servers that drivers dial: an address that was judged, under the name that the settings give.

import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { TlsMode } from './sql-session.ts';

interface TlsServer {
  readonly address: string;
  readonly servername: string;
  readonly tls: TlsMode;
  readonly authority: string | null;
}

/** Options of a TLS connection to the judged address; the certificate must be of the name in the settings. */
export function tlsOptions({ address, servername, tls, authority }: TlsServer): ConnectionOptions {
  return {
    host: address,
    // An address has no server name (RFC 6066 §3): its certificate is checked against the address.
    ...(isIP(servername) === 0 ? { servername } : {}),
    rejectUnauthorized: tls === 'verify',
    ...(authority === null ? {} : { ca: authority }),
  };
}

/** Whether a server without a word about TLS in its settings is this machine. */
export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** True where a connection failed because of the other's certificate or of TLS itself. */
export function isTlsFailure(code: string): boolean {
  return (
    /^(?:ERR_TLS_|ERR_SSL_|CERT_)|_CERT(?:_|$)|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^EPROTO$/.test(code) ||
    code === 'HANDSHAKE_NO_SSL_SUPPORT' ||
    code === 'HANDSHAKE_SSL_ERROR'
  );
}
