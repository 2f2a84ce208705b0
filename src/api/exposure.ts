// Where the workbench may listen: on the loopback as it is; elsewhere with accounts, and https in front.

import { DataSensError } from '../model/error.ts';

export interface Exposure {
  /** Address to listen on. */
  readonly host: string;
  /** The https address that people open; null on the loopback alone. */
  readonly origin: URL | null;
}

/**
 * What was asked, checked.
 * @param isOpen true where there are no accounts
 * @throws usage where the address is none, refused where it would let strangers in or send passwords in clear
 */
export function exposureOf(
  { host, origin: given }: { readonly host: string; readonly origin?: string | undefined },
  isOpen: boolean,
): Exposure {
  const origin = given === undefined ? null : parseOrigin(given);
  const isLocal = /^(?:localhost|::1|127(?:\.\d{1,3}){3})$/.test(host);
  if (isLocal && origin === null) return { host, origin };
  if (isOpen) {
    throw new DataSensError('refused', 'without accounts the workbench is for this machine alone', {
      remedy: 'make the first account with `datasens account add <sign-in> --roles admin`, then try again',
    });
  }
  if (origin === null) {
    throw new DataSensError('refused', `${host} can be reached from other machines, and passwords would go in clear`, {
      remedy: 'put a TLS proxy in front, and say its address with --origin https://…',
    });
  }
  return { host, origin };
}

function parseOrigin(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  const isOrigin = url !== null && url.origin === given.replace(/\/$/, '').toLowerCase();
  if (isOrigin && url.protocol === 'https:') return url;
  throw new DataSensError('usage', `--origin ${given} is no https address`, {
    remedy: 'give what people type, without a path: https://datasens.ville.example',
  });
}
