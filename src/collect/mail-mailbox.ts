// A folder of a mail server as a snapshot of what came since the last one, by UIDVALIDITY and UID (RFC 9051 §2.3.1.1).

import { createHash } from 'node:crypto';
import type { Json } from '../model/json.ts';
import { readAuthority } from './authority.ts';
import type { CollectEffects, Collected } from './collector.ts';
import { openMailbox } from './drivers/imap.ts';
import { isThisMachine } from './drivers/tls.ts';
import type { MailConfig } from './mail-config.ts';
import { tooLong } from './mail-files.ts';
import { messageRecords } from './mail-records.ts';

interface Reached {
  readonly uidValidity: string;
  readonly uid: number;
}

/** Messages that came since the last collection. @throws remote-refused, remote-unavailable, egress-refused, secret-missing */
export async function* collectMailbox(config: MailConfig, effects: CollectEffects): AsyncIterable<Collected> {
  const url = new URL(config.mailbox!);
  const { address, port, servername } = await effects.endpoint(config.mailbox!);
  const folder = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const location = `${url.protocol}//${url.hostname}:${port}/${folder.join('/')}`;
  const secure = url.protocol === 'imaps:';
  const mailbox = await openMailbox(
    {
      address,
      port,
      servername,
      secure,
      tls: config.tls ?? (isThisMachine(servername) && !secure ? 'off' : 'verify'),
      authority: config.ca === undefined ? null : readAuthority(effects.root, config.ca),
      user: config.user!,
      password: effects.secret(config.password!),
      timeoutMs: config.timeoutSeconds * 1000,
      maximumBytes: config.maximumMessageBytes,
      signal: effects.signal,
    },
    folder,
  );
  try {
    const key = `mail:${location}`;
    const before = ((await effects.state(key)) ?? null) as Reached | null;
    // Another UIDVALIDITY numbers messages anew: all are read again, and those of the same bytes are not doubled.
    const from = before?.uidValidity === mailbox.uidValidity ? before.uid : 0;
    const uids = await mailbox.uidsAfter(from, config.since ?? null);
    if (uids.length === 0) return;
    const opening = {
      location,
      fetchedAt: effects.clock().toISOString(),
      mediaType: 'message/rfc822',
      charset: null,
      headers: { uidvalidity: mailbox.uidValidity },
      context: { format: 'imap' },
    };
    yield { kind: 'opening', opening };
    const whole = createHash('sha256');
    let sizeBytes = 0;
    for await (const messages of mailbox.messages(uids)) {
      for (const { uid, bytes } of messages) {
        effects.signal.throwIfAborted();
        if (bytes === null) {
          yield tooLong(location, `message ${uid}`, config.maximumMessageBytes);
          continue;
        }
        whole.update(bytes);
        sizeBytes += bytes.length;
        yield* await messageRecords(bytes, `${mailbox.uidValidity}.${uid}`, config);
      }
    }
    const value: Reached = { uidValidity: mailbox.uidValidity, uid: uids.at(-1)! };
    yield { kind: 'closing', sha256: whole.digest('hex'), sizeBytes, state: { key, value: value as unknown as Json } };
  } finally {
    await mailbox.close();
  }
}
