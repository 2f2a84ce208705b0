// The parts of a message: parsed under limits, and which of its attachments can be read as documents.

import PostalMime, { type Attachment, type Email } from 'postal-mime';

/** A message nested deeper, or with longer headers, is told to be malformed and read no further. */
const LIMITS = { maxNestingDepth: 64, maxHeadersSize: 512 * 1024, forceRfc822Attachments: true } as const;
/** A message of more parts than this is no letter. */
const MAXIMUM_BOUNDARIES = 5000;
/** What is looked through for the end of the headers of a message that cannot be parsed. */
const HEADERS_WITHIN = 256 * 1024;
/** Attachments of one message that are read; the others are only named. */
const MAXIMUM_DOCUMENTS = 20;
const MAXIMUM_DOCUMENT_BYTES = 16 * 2 ** 20;

export type AttachmentFormat = 'text' | 'markdown' | 'html' | 'xlsx' | 'pdf' | 'message';

export interface MailAttachment {
  /** From 1, in the order of the message. */
  readonly number: number;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** How it is read as a document of its own; null where it is only named. */
  readonly format: AttachmentFormat | null;
}

export interface ParsedMail {
  readonly email: Email;
  readonly attachments: readonly MailAttachment[];
  /** False where only the headers could be read. */
  readonly whole: boolean;
}

/** Parses a message. Never rejects: of what is beyond the limits, only the headers are read. */
export async function parseMail(bytes: Uint8Array): Promise<ParsedMail> {
  const email = await parse(bytes);
  if (email !== null) return { email, attachments: attachmentsOf(email), whole: true };
  const headers = await parse(headersOf(bytes));
  return { email: headers ?? { headers: [], headerLines: [], attachments: [] }, attachments: [], whole: false };
}

/** The header block, without the blank line that ends it. */
export function headersOf(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEADERS_WITHIN));
  const ends = ['\r\n\r\n', '\n\n'].map((blank) => head.indexOf(blank)).filter((at) => at >= 0);
  return head.subarray(0, ends.length > 0 ? Math.min(...ends) : head.length);
}

/** True where a message may have attachments; parsing it for nothing is what this saves. */
export function mayHaveAttachments(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return /^content-type:\s{0,20}(?:multipart\/mixed|multipart\/related|multipart\/report|application|text\/(?!plain|html))/im.test(
    buffer.toString('latin1'),
  );
}

async function parse(bytes: Uint8Array): Promise<Email | null> {
  if (countBoundaries(bytes) > MAXIMUM_BOUNDARIES) return null;
  try {
    return await PostalMime.parse(bytes, LIMITS);
  } catch {
    return null;
  }
}

/** Lines that may begin a part; no more are counted than matter. */
function countBoundaries(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf('\n--'); at >= 0 && count <= MAXIMUM_BOUNDARIES; at = buffer.indexOf('\n--', at + 3)) {
    count += 1;
  }
  return count;
}

function attachmentsOf({ attachments }: Email): readonly MailAttachment[] {
  let documents = 0;
  return attachments.map((attachment, at) => {
    const bytes = contentOf(attachment);
    const format = bytes.byteLength > MAXIMUM_DOCUMENT_BYTES ? null : formatOf(attachment);
    if (format !== null) documents += 1;
    return {
      number: at + 1,
      name: attachment.filename ?? '',
      mediaType: attachment.mimeType,
      bytes,
      format: documents > MAXIMUM_DOCUMENTS ? null : format,
    };
  });
}

function contentOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

const BY_EXTENSION: Readonly<Record<string, AttachmentFormat>> = {
  txt: 'text',
  text: 'text',
  csv: 'text',
  tsv: 'text',
  json: 'text',
  jsonl: 'text',
  md: 'markdown',
  html: 'html',
  htm: 'html',
  xlsx: 'xlsx',
  pdf: 'pdf',
  eml: 'message',
};

const BY_TYPE: Readonly<Record<string, AttachmentFormat>> = {
  'text/plain': 'text',
  'text/csv': 'text',
  'text/tab-separated-values': 'text',
  'application/json': 'text',
  'text/markdown': 'markdown',
  'text/html': 'html',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/pdf': 'pdf',
  'message/rfc822': 'message',
};

/** By its name, which senders get right more often than its type. */
function formatOf({ filename, mimeType, related }: Attachment): AttachmentFormat | null {
  if (related) return null;
  const extension = /\.([a-z0-9]{1,8})$/i.exec(filename ?? '')?.[1]?.toLowerCase();
  if (extension !== undefined && Object.hasOwn(BY_EXTENSION, extension)) return BY_EXTENSION[extension]!;
  return Object.hasOwn(BY_TYPE, mimeType) ? BY_TYPE[mimeType]! : null;
}
