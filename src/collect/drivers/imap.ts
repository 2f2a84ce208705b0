// A folder of a mail server, examined and never changed: EXAMINE, BODY.PEEK (RFC 9051 §6.3.3, §6.4.5).

import { ImapFlow } from 'imapflow';
import { DataSensError } from '../../model/error.ts';
import { nearest } from '../../model/nearest.ts';
import type { TlsMode } from './sql-session.ts';
import { isTlsFailure, tlsOptions } from './tls.ts';

export interface MailServer {
  readonly address: string;
  readonly port: number;
  readonly servername: string;
  /** TLS from the first byte (imaps), else by STARTTLS unless `tls` is off. */
  readonly secure: boolean;
  readonly tls: TlsMode;
  readonly authority: string | null;
  readonly user: string;
  readonly password: string;
  readonly timeoutMs: number;
  /** Longest message that is ever asked for. */
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

export interface MailboxMessage {
  readonly uid: number;
  readonly sizeBytes: number;
  /** Null where it is longer than allowed. */
  readonly bytes: Buffer | null;
}

export interface Mailbox {
  /** UIDs mean the same messages for as long as this does not change. */
  readonly uidValidity: string;
  /** UIDs after `uid`, in order, received on or after a day where one is given. */
  uidsAfter(uid: number, since: string | null): Promise<readonly number[]>;
  /** Messages by their UIDs, in order, some at a time; those that were deleted meanwhile are missing. */
  messages(uids: readonly number[]): AsyncIterable<readonly MailboxMessage[]>;
  close(): Promise<void>;
}

/** Messages that sizes are asked of at once, and bytes of those that are then fetched together. */
const BATCH_MESSAGES = 100;
const BATCH_BYTES = 8 * 2 ** 20;

/** Opens a folder (`INBOX`, `Plaintes/2026`) read-only. @throws remote-refused, remote-unavailable */
export async function openMailbox(server: MailServer, folder: readonly string[]): Promise<Mailbox> {
  const where = `${server.servername}:${server.port}`;
  const client = new ImapFlow({
    host: server.address,
    port: server.port,
    secure: server.secure,
    ...(server.secure ? {} : { doSTARTTLS: server.tls !== 'off' }),
    tls: tlsOptions(server),
    auth: { user: server.user, pass: server.password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: server.timeoutMs,
    greetingTimeout: server.timeoutMs,
    socketTimeout: server.timeoutMs,
    maxLiteralSize: server.maximumBytes + 1024,
  });
  // A connection that breaks fails what is asked next.
  client.on('error', () => undefined);
  const stop = () => client.close();
  server.signal.addEventListener('abort', stop, { once: true });
  const close = async (): Promise<void> => {
    server.signal.removeEventListener('abort', stop);
    client.close();
  };
  try {
    await client.connect();
    const opened = await client.mailboxOpen([...folder], { readOnly: true }).catch(async (error) => {
      throw await explained(error);
    });
    return { uidValidity: String(opened.uidValidity), uidsAfter, messages, close };
  } catch (error) {
    await close();
    throw failed(error);
  }

  async function uidsAfter(uid: number, since: string | null): Promise<readonly number[]> {
    const query = { uid: `${uid + 1}:*`, ...(since === null ? {} : { since: new Date(since) }) };
    const found = await client.search(query, { uid: true }).catch((error: unknown) => {
      throw failed(error);
    });
    // `12:*` names the last message whatever its number.
    return (found || []).filter((candidate) => candidate > uid).sort((left, right) => left - right);
  }

  async function* messages(uids: readonly number[]): AsyncIterable<readonly MailboxMessage[]> {
    try {
      for (let from = 0; from < uids.length; from += BATCH_MESSAGES) {
        const asked = uids.slice(from, from + BATCH_MESSAGES).join(',');
        const sizes = await client.fetchAll(asked, { uid: true, size: true }, { uid: true });
        for (const group of groupsOf(sizes.map(({ uid, size = 0 }) => ({ uid, sizeBytes: size })))) {
          yield await fetchGroup(group);
        }
      }
    } catch (error) {
      throw failed(error);
    }
  }

  async function fetchGroup(
    group: readonly { readonly uid: number; readonly sizeBytes: number }[],
  ): Promise<readonly MailboxMessage[]> {
    const short = group.filter(({ sizeBytes }) => sizeBytes <= server.maximumBytes).map(({ uid }) => uid);
    const found = new Map<number, Buffer>();
    if (short.length > 0) {
      const fetched = await client.fetchAll(short.join(','), { uid: true, source: true }, { uid: true });
      for (const { uid, source } of fetched) if (source !== undefined) found.set(uid, source);
    }
    return group
      .map(({ uid, sizeBytes }) => ({ uid, sizeBytes, bytes: found.get(uid) ?? null }))
      .filter(({ bytes, sizeBytes }) => bytes !== null || sizeBytes > server.maximumBytes);
  }

  function failed(error: unknown): Error {
    server.signal.throwIfAborted();
    return mailError(error, { where, user: server.user });
  }

  /** The folder is not there: what is, is asked for. */
  async function explained(error: unknown): Promise<Error> {
    const { responseStatus, mailboxMissing } = error as { responseStatus?: string; mailboxMissing?: boolean };
    if (responseStatus !== 'NO' && !mailboxMissing) return failed(error);
    const known = (await client.list().catch(() => [])).map(({ path }) => path);
    const name = folder.join('/');
    const close = nearest(name, known);
    const hint = close === null ? `; its folders are ${known.slice(0, 30).join(', ')}` : `; did you mean \`${close}\`?`;
    return new DataSensError('remote-refused', `${where} has no folder \`${name}\` to read${hint}`, {
      remedy: 'correct the folder at the end of `mailbox`, or ask for the right to read it',
    });
  }
}

function* groupsOf(messages: readonly { readonly uid: number; readonly sizeBytes: number }[]) {
  let group: { readonly uid: number; readonly sizeBytes: number }[] = [];
  let weight = 0;
  for (const message of messages.toSorted((left, right) => left.uid - right.uid)) {
    if (group.length > 0 && weight + message.sizeBytes > BATCH_BYTES) {
      yield group;
      group = [];
      weight = 0;
    }
    group.push(message);
    weight += message.sizeBytes;
  }
  if (group.length > 0) yield group;
}

/** Told without the server's own words, which may quote a message. */
function mailError(error: unknown, { where, user }: { readonly where: string; readonly user: string }): Error {
  if (!(error instanceof Error) || error instanceof DataSensError) return error as Error;
  const details = error as Error & {
    readonly code?: string;
    readonly authenticationFailed?: boolean;
    readonly tlsFailed?: boolean;
    readonly responseStatus?: string;
    readonly serverResponseCode?: string;
  };
  const code = details.serverResponseCode ?? details.code ?? details.responseStatus ?? 'no answer';
  if (details.authenticationFailed) {
    return new DataSensError('remote-refused', `${where} refused the account \`${user}\` (${code})`, {
      remedy: 'check `user`, and that `password` names the password of today (some servers want one for applications)',
    });
  }
  if (details.tlsFailed || isTlsFailure(code)) {
    return new DataSensError('remote-refused', `${where}: no TLS that can be trusted (${code})`, {
      remedy: 'name the certificate of your authority in `ca`; `tls: off` only inside a network that you trust',
    });
  }
  if (details.responseStatus !== undefined) {
    return new DataSensError('remote-refused', `${where} refused the reading (${code})`, {
      remedy: 'try again later; the log of the mail server says why',
    });
  }
  return new DataSensError('remote-unavailable', `${where} does not answer, or the connection was lost (${code})`, {
    retryable: true,
    remedy: 'is it running, and does this machine reach it on this port? What was stored stays',
  });
}
