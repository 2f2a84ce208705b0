// The records of one message: itself, then once more for each attachment that is read. The same bytes cost nothing twice.

import { hash } from 'node:crypto';
import type { Collected } from './collector.ts';
import type { MailConfig } from './mail-config.ts';
import { automaticSign } from './mail-item.ts';
import { headersOf, mayHaveAttachments, parseMail } from './mail-parts.ts';

/** Records of a message; `key` is how its source calls it, its Message-ID or its hash where that says nothing. */
export async function messageRecords(
  bytes: Uint8Array,
  key: string | null,
  { attachments }: MailConfig,
): Promise<readonly Collected[]> {
  const name = key ?? ownKey(bytes);
  const records: Collected[] = [{ kind: 'record', bytes, key: name }];
  if (!attachments || !mayHaveAttachments(bytes)) return records;
  const mail = await parseMail(bytes);
  if (automaticSign(mail.email) !== null) return records;
  for (const { number, format } of mail.attachments) {
    // A part of the one record: its document stays the same whichever of its neighbours are read.
    const part = `attachment-${number}`;
    if (format !== null) records.push({ kind: 'record', bytes, key: `${name}#${part}`, part });
  }
  return records;
}

/** Number of the attachment that a key means, from 1; null where it means the message. */
export function attachmentNumber(key: string | null): number | null {
  const number = /#attachment-(\d{1,5})$/.exec(key ?? '')?.[1];
  return number === undefined ? null : Number(number);
}

function ownKey(bytes: Uint8Array): string {
  const headers = Buffer.from(headersOf(bytes)).toString('latin1');
  const id = /^message-id:[ \t\r\n]{0,20}<?([\x21-\x7e]{1,300})/im.exec(headers)?.[1]?.replace(/>$/, '');
  // `#` is ours: a sender must not make a message pass for its own attachment.
  return id?.replaceAll('#', '%23') ?? hash('sha256', bytes).slice(0, 32);
}
