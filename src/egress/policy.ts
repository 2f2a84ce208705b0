// Who may be talked to, and for what. Deny by default: what the settings do not name is not reached.

import { isIP } from 'node:net';
import { type AddressKind, addressKind, isWithin } from './address.ts';
import { type Refusal, refuse } from './refusal.ts';

/** `collect` reads public places; `text` sends citizens' words and goes to declared sovereign hosts only. */
export type EgressPurpose = 'collect' | 'text';

export interface EgressPolicy {
  /** URLs or hosts (`host`, `host:port`) that the sources name. */
  readonly collect: readonly string[];
  /** Hosts that text may be sent to. */
  readonly text: readonly string[];
  /** The organisation's own private networks (`10.2.0.0/16`) that declared names may resolve into. */
  readonly networks?: readonly string[];
  /** Ports besides 80, 443, 8080 and 8443 that any host may be asked on. */
  readonly ports?: readonly number[];
}

/**
 * How far a connection may go: `public` addresses only; `declared` adds the loopback or private address that the settings
 * name; `inside` is declared without the public ones (text over plain http).
 */
export type Reach = 'public' | 'declared' | 'inside';

export interface Approval {
  readonly kind: 'approved';
  readonly url: URL;
  readonly reach: Reach;
}

/** What a driver may speak, with the port that each scheme means. */
const ENDPOINT_PORTS = new Map([
  ['http:', '80'],
  ['https:', '443'],
  ['s3:', '443'],
  ['postgres:', '5432'],
  ['postgresql:', '5432'],
  ['mysql:', '3306'],
  ['mariadb:', '3306'],
  ['imap:', '143'],
  ['imaps:', '993'],
]);

interface Destination {
  readonly host: string;
  /** Port written in the settings, or null. */
  readonly port: string | null;
}

const ORDINARY_PORTS = new Set(['80', '443', '8080', '8443']);

/**
 * Judges one hop of a request, before anything is resolved. `previous` is the hop that redirected here: redirects of
 * collections may lead to any public host (feeds move), but into a private address only within the host that was declared.
 */
export function approve(
  target: string | URL,
  { purpose, policy, previous }: { purpose: EgressPurpose; policy: EgressPolicy; previous: URL | null },
): Approval | Refusal {
  const url = typeof target === 'string' ? readUrl(target) : target;
  if (url === null) return refuse('(unreadable)', 'url-unreadable');
  const port = portOf(url);
  const where = `${url.hostname}:${port}`;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(where, 'scheme');
  if (url.username !== '' || url.password !== '') return refuse(where, 'credentials');
  const host = hostOf(url);
  const isOrdinary = ORDINARY_PORTS.has(port) || (policy.ports ?? []).includes(Number(port));
  const named = policy[purpose].map(destinationOf).filter((entry) => entry?.host === host);
  const declared = named.some((entry) => entry!.port === port || (entry!.port === null && isOrdinary));
  if (!declared && (purpose === 'text' || previous === null)) {
    return refuse(where, named.length > 0 ? 'port' : 'host-undeclared');
  }
  if (!declared && !isOrdinary) return refuse(where, 'port');
  const reach = reachOf(url, { purpose, trusted: declared && (previous === null || previous.host === url.host) });
  const refusal = isIP(host) === 0 ? null : judgeAddress(host, { host, reach, policy });
  return refusal === null ? { kind: 'approved', url, reach } : refuse(where, refusal);
}

/** Null where a connection of this reach to `host` may end at `address`, else the reason why not. */
export function judgeAddress(
  address: string,
  { host, reach, policy }: { host: string; reach: Reach; policy: EgressPolicy },
): 'address-not-public' | 'text-in-clear' | null {
  const kind: AddressKind = addressKind(address);
  switch (kind) {
    case 'public':
      return reach === 'inside' ? 'text-in-clear' : null;
    case 'loopback':
      return reach !== 'public' && (host === address || isLocalName(host)) ? null : 'address-not-public';
    case 'private':
      return reach !== 'public' && (host === address || isWithin(address, policy.networks ?? []))
        ? null
        : 'address-not-public';
    case 'forbidden':
      return 'address-not-public';
    default:
      return kind satisfies never;
  }
}

/**
 * Checks that the endpoint of a database or object driver, which opens its own sockets, was declared and is no metadata
 * address; endpoints may be private. Null where it may be used.
 */
export function approveEndpoint(endpoint: string, declared: readonly string[]): Refusal | null {
  const url = readUrl(endpoint);
  if (url === null) return refuse('(unreadable)', 'url-unreadable');
  const host = hostOf(url);
  const where = url.port === '' ? host : `${host}:${url.port}`;
  if (!ENDPOINT_PORTS.has(url.protocol)) return refuse(where, 'scheme');
  const known = declared
    .map(destinationOf)
    .some((entry) => entry?.host === host && (entry.port === null || entry.port === portOf(url)));
  if (!known) return refuse(where, 'host-undeclared');
  return isIP(host) !== 0 && addressKind(host) === 'forbidden' ? refuse(where, 'address-not-public') : null;
}

/** Host of a URL without brackets nor the root dot, as it is compared. */
export function hostOf(url: URL): string {
  return bareHost(url.hostname);
}

/** A host as it is compared: lower case, without the brackets of IPv6 nor the root dot. */
export function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function reachOf(url: URL, { purpose, trusted }: { purpose: EgressPurpose; trusted: boolean }): Reach {
  if (purpose === 'text' && url.protocol === 'http:') return 'inside';
  return trusted ? 'declared' : 'public';
}

/** Port that a URL names, or its scheme's own. */
export function portOf(url: URL): string {
  return url.port !== '' ? url.port : (ENDPOINT_PORTS.get(url.protocol) ?? '443');
}

function destinationOf(entry: string): Destination | null {
  const url = readUrl(entry.includes('://') ? entry : `http://${entry}`);
  if (url === null) return null;
  // `host:80` is the scheme's default and so vanishes from the URL, yet it was written.
  const written = /:(\d{1,5})(?:\/|$)/.exec(entry.replace(/^[a-z0-9+]+:\/\//i, ''))?.[1];
  return { host: hostOf(url), port: url.port !== '' ? url.port : (written ?? null) };
}

/** True for the names that mean this machine. */
export function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

/** The URL a text is, or null. */
export function readUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
