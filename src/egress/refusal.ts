// Why the door stayed shut, as a value that travels from where it is decided to where it is recorded.

import { DataSensError } from '../model/error.ts';

export const EGRESS_REFUSALS = [
  'url-unreadable',
  'scheme', // neither http nor https
  'credentials', // user or password inside the URL
  'port',
  'host-undeclared', // the settings name no such host for this purpose
  'address-not-public', // literal, resolved or connected address is no public one, nor declared
  'text-in-clear', // citizens' text over plain http to a public address
  'redirect-of-text', // a request that carries text was sent elsewhere
  'redirect-limit',
] as const;
export type EgressRefusal = (typeof EGRESS_REFUSALS)[number];

export interface Refusal {
  readonly kind: 'refused';
  /** Host and port, no path and no query: these may hold secrets or names. */
  readonly host: string;
  readonly reason: EgressRefusal;
}

const WORDS: Readonly<Record<EgressRefusal, string>> = {
  'url-unreadable': 'it is no URL',
  scheme: 'only http and https are spoken',
  credentials: 'the URL holds credentials',
  port: 'the port was not declared',
  'host-undeclared': 'the settings do not name this host',
  'address-not-public': 'its address is not on the public internet',
  'text-in-clear': 'text does not travel over plain http',
  'redirect-of-text': 'a request that carries text is not redirected',
  'redirect-limit': 'it redirects too often',
};

export function refuse(host: string, reason: EgressRefusal): Refusal {
  return { kind: 'refused', host, reason };
}

/** The refusal as the error that stages see; the value is its cause. */
export function refusalError(refusal: Refusal): DataSensError {
  return new DataSensError('egress-refused', `egress: ${refusal.host} refused: ${WORDS[refusal.reason]}`, {
    cause: refusal,
    remedy:
      refusal.reason === 'host-undeclared'
        ? 'name the host in the source, or under sovereignty.textMayGoTo where text is sent'
        : 'check the address that the settings give',
  });
}

/** The refusal inside a thrown value, or null. */
export function refusalIn(error: unknown): Refusal | null {
  if (!(error instanceof DataSensError) || error.code !== 'egress-refused') return null;
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'reason' in cause ? (cause as Refusal) : null;
}
