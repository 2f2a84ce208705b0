// Mailboxes in one file: messages one after the other, each after a line that begins with `From ` (RFC 4155).

/** An address, and a time where there is more: a sentence that begins with `From ` has none. */
const ENVELOPE = /^From \S{1,320}(?:\s.{0,80}\d\d:\d\d.{0,80})?\s{0,3}$/;
const LONGEST_LINE = 1000;
/** What may be the start of a separator is looked at again with the next chunk. */
const OVERLAP = LONGEST_LINE + 4;

export interface MboxMessage {
  /** Without its `From ` line nor the blank line that ends it; null where it is longer than allowed. */
  readonly bytes: Buffer | null;
  /** From 1. */
  readonly number: number;
}

/** Splits a stream of a mailbox; of a message longer than `maximumBytes` nothing is held. */
export async function* splitMbox(chunks: AsyncIterable<Buffer>, maximumBytes: number): AsyncIterable<MboxMessage> {
  let pending: Buffer = Buffer.alloc(0);
  let scanned = 0;
  let tooLong = false;
  let number = 0;
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const found = nextSeparator(pending, Math.max(0, scanned - OVERLAP));
      if (found === null) break;
      number += 1;
      yield messageOf(pending.subarray(0, found.end), number);
      pending = pending.subarray(found.next);
      scanned = 0;
      tooLong = false;
    }
    scanned = pending.length;
    if (pending.length <= maximumBytes) continue;
    tooLong = true;
    pending = Buffer.from(pending.subarray(Math.max(0, pending.length - OVERLAP)));
    scanned = pending.length;
  }
  if (pending.length > 0 || tooLong) {
    number += 1;
    yield messageOf(pending, number);
  }

  function messageOf(bytes: Buffer, at: number): MboxMessage {
    if (tooLong || bytes.length > maximumBytes) return { bytes: null, number: at };
    const envelope = bytes.subarray(0, 5).toString('latin1') === 'From ' ? bytes.indexOf(0x0a) + 1 : 0;
    return { bytes: bytes.subarray(envelope), number: at };
  }
}

/** Gives back the lines that begin with `From `, which a mailbox quotes as `>From ` (mboxrd). */
export function unquoteFrom(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!buffer.includes('>From ')) return bytes;
  return Buffer.from(buffer.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}

/** The end of a message, its last line included, and the start of the next one. */
function nextSeparator(bytes: Buffer, from: number): { readonly end: number; readonly next: number } | null {
  for (let at = bytes.indexOf('\nFrom ', from); at >= 0; at = bytes.indexOf('\nFrom ', at + 1)) {
    const line = bytes.indexOf(0x0a, at + 1);
    if (line < 0) return null;
    const blank = bytes[at - 1] === 0x0a ? at - 1 : bytes[at - 1] === 0x0d && bytes[at - 2] === 0x0a ? at - 2 : -1;
    if (blank < 0 || line - at > LONGEST_LINE) continue;
    if (ENVELOPE.test(bytes.subarray(at + 1, line).toString('latin1'))) return { end: blank + 1, next: at + 1 };
  }
  return null;
}
