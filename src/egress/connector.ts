// Connects a socket only where every address that a name resolves to, and the peer that answered, may be reached.

import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { bareHost, type EgressPolicy, judgeAddress, type Reach } from './policy.ts';
import { refusalError, refuse } from './refusal.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All the addresses of a name, as the system's resolver gives them. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;
/** Makes the connector that dials, given the lookup it must use. */
export type Dial = (lookup: LookupFunction) => buildConnector.connector;

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/** Dials by TCP or TLS. HTTP/2 stays off: one connection would carry requests of several hosts. */
export function dialWithin(connectMs: number): Dial {
  return (guarded) => buildConnector({ lookup: guarded, timeout: connectMs, allowH2: false });
}

interface Guard {
  readonly policy: EgressPolicy;
  readonly reach: Reach;
  readonly resolve: Resolve;
  readonly dial: Dial;
}

/**
 * A connector for undici. The address that is dialled is one that was judged (no second resolution to rebind), one bad
 * answer condemns the name, and the peer's address is judged again once connected, before a byte is sent.
 */
export function guardedConnector({ policy, reach, resolve, dial }: Guard): buildConnector.connector {
  const connect = dial((hostname, options, callback) => {
    void answersFor(hostname).then(
      (answers) => {
        if (options.all) callback(null, [...answers]);
        else callback(null, answers[0]!.address, answers[0]!.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  });
  return (options, callback) => {
    connect(options, (...result) => {
      const [failure, socket] = result;
      if (failure !== null) return callback(failure, null);
      const host = bareHost(options.hostname);
      const reason = judgeAddress(socket.remoteAddress ?? '', { host, reach, policy });
      if (reason === null) return callback(null, socket);
      socket.destroy();
      callback(refusalError(refuse(host, reason)), null);
    });
  };

  async function answersFor(hostname: string): Promise<readonly ResolvedAddress[]> {
    const answers = await resolve(hostname);
    if (answers.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
    const host = bareHost(hostname);
    for (const { address } of answers) {
      const reason = judgeAddress(address, { host, reach, policy });
      if (reason !== null) throw refusalError(refuse(host, reason));
    }
    return answers;
  }
}
