// An attachment as a document of its own, with the sender and the date of its message.

import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import { decodeBytes, detectCharset } from './charset.ts';
import { plainItem } from './item-fields.ts';
import { mailItem, messageId, senderOf } from './mail-item.ts';
import { type MailAttachment, type ParsedMail, parseMail } from './mail-parts.ts';
import { pdfItem, textsOf } from './pdf-item.ts';
import { openPdfReader } from './pdf-reader.ts';
import { sheetRows } from './sheet-rows.ts';
import { readWorkbook } from './workbook.ts';
import { openArchive } from './zip-archive.ts';

const MAXIMUM_UNPACKED_BYTES = 64 * 2 ** 20;
/** Rows of a workbook beyond this length of text are left out. */
const MAXIMUM_LENGTH = 4_000_000;
const PDF_LIMITS = { maximumPages: 500, timeoutMs: 60_000 };

const pdfReader = openPdfReader();

/** Reads attachment `number` of a message. Never rejects: what cannot be read is an item without text, with a finding. */
export async function attachmentItem(mail: ParsedMail, number: number, history: 'remove' | 'keep'): Promise<Item> {
  const attachment = mail.attachments.find((candidate) => candidate.number === number);
  if (attachment === undefined) return plainItem('', [unread('no such attachment')]);
  const words = await wordsOf(attachment, history).catch(() => plainItem('', [unread(attachment.mediaType)]));
  const message = messageId(mail.email);
  return {
    ...words,
    id: `${message ?? ''}#attachment-${number}`,
    title: words.title ?? (attachment.name || null),
    ...(attachment.format === 'message' ? {} : senderOf(mail.email)),
    fields: [
      ['Attachment', attachment.name],
      ['Type', attachment.mediaType],
      ['Message-ID', message ?? ''],
    ],
  };
}

async function wordsOf({ bytes, format, mediaType }: MailAttachment, history: 'remove' | 'keep'): Promise<Item> {
  switch (format) {
    case null:
      return plainItem('', [unread(mediaType)]);
    case 'pdf':
      return pdfWords(bytes);
    case 'xlsx':
      return { ...plainItem(await workbookText(bytes), []), textFormat: 'plain' };
    case 'message':
      return mailItem(await parseMail(bytes), history);
    default:
      return textWords(bytes, format);
  }
}

function textWords(bytes: Uint8Array, format: 'text' | 'markdown' | 'html'): Item {
  const { charset, certain, bomLength } = detectCharset(bytes);
  const { text, replaced } = decodeBytes(bytes.subarray(bomLength), charset);
  const findings: Finding[] = [];
  if (!certain) findings.push({ code: 'encoding-guessed', at: 'record', evidence: charset });
  if (replaced > 0) findings.push({ code: 'encoding-replaced', at: 'record', evidence: `${replaced} in ${charset}` });
  return { ...plainItem(text, findings), textFormat: format === 'text' ? 'plain' : format };
}

async function pdfWords(bytes: Uint8Array): Promise<Item> {
  const reading = await pdfReader.read(bytes, PDF_LIMITS);
  if (reading.kind === 'failure') return plainItem('', [unread(`application/pdf: ${reading.failure}`)]);
  return pdfItem(textsOf(reading.content), null, null);
}

/** Every sheet, its cells separated as in a text of columns. */
async function workbookText(bytes: Uint8Array): Promise<string> {
  const location = 'attachment';
  const limits = { maximumBytes: MAXIMUM_UNPACKED_BYTES, signal: new AbortController().signal };
  const archive = await openArchive({ location, bytes: Buffer.from(bytes) }, limits);
  try {
    const workbook = await readWorkbook(archive, location);
    let text = '';
    for (const sheet of workbook.sheets) {
      for await (const rows of sheetRows(archive, sheet, workbook)) {
        for (const row of rows) text += `${row.join('\t')}\n`;
        if (text.length > MAXIMUM_LENGTH) return text;
      }
    }
    return text;
  } finally {
    archive.close();
  }
}

function unread(evidence: string): Finding {
  return { code: 'attachment-unread', at: 'record', evidence };
}
