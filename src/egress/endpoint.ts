// Judges a server that a driver dials by itself (database, mail): declared, resolved once, and nowhere it must not be.

import { isIP } from 'node:net';
import { DataSensError } from '../model/error.ts';
import { addressKind } from './address.ts';
import type { Resolve } from './connector.ts';
import { approveEndpoint, hostOf, isLocalName, portOf, readUrl } from './policy.ts';
import { refusalError, refuse } from './refusal.ts';

export interface ApprovedEndpoint {
  /** The judged address to dial. */
  readonly address: string;
  readonly port: number;
  /** The name in the settings, for TLS. */
  readonly servername: string;
}

/**
 * Approves `endpoint` against the URLs that the sources declare. Every address of its name is judged: private ones may be
 * dialled, since the settings name the server; loopback only by a name of this machine; metadata services never.
 * @throws egress-refused, remote-unavailable (retryable)
 */
export async function judgeEndpoint(
  endpoint: string,
  declared: readonly string[],
  resolve: Resolve,
): Promise<ApprovedEndpoint> {
  const refusal = approveEndpoint(endpoint, declared);
  if (refusal !== null) throw refusalError(refusal);
  const url = readUrl(endpoint)!;
  const host = hostOf(url);
  const port = Number(portOf(url));
  const addresses = isIP(host) === 0 ? await addressesOf(host, resolve) : [host];
  for (const address of addresses) {
    const kind = addressKind(address);
    const reachable = kind === 'loopback' ? host === address || isLocalName(host) : kind !== 'forbidden';
    if (!reachable) throw refusalError(refuse(`${host}:${port}`, 'address-not-public'));
  }
  return { address: addresses[0]!, port, servername: host };
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  const answers = await resolve(host).catch((cause: unknown) => {
    throw unresolved(host, cause);
  });
  if (answers.length === 0) throw unresolved(host, undefined);
  return answers.map(({ address }) => address);
}

function unresolved(host: string, cause: unknown): DataSensError {
  return new DataSensError('remote-unavailable', `egress: ${host} has no address`, {
    cause,
    retryable: true,
    remedy: 'check the name of the server, and that this machine reaches the network it is in',
  });
}
