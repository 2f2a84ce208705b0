// A message as an item: its own words, who wrote it and when, and what was left out of it.

import type { Address, Email, Mailbox } from 'postal-mime';
import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import { plainItem } from './item-fields.ts';
import { isForwarded, ownWords } from './mail-history.ts';
import { ownHtml } from './mail-html.ts';
import type { ParsedMail } from './mail-parts.ts';

/** Headers of a message that nobody wrote by hand (RFC 3834), and of what is sent to many. */
const AUTOMATIC_HEADERS = ['auto-submitted', 'x-autoreply', 'x-autorespond', 'x-autoreply-from', 'x-failed-recipients'];
const MANY = /^(?:bulk|junk|list|auto_reply)$/i;

/** The item of a message. `history: keep` leaves earlier messages and signatures where they are. */
export function mailItem(mail: ParsedMail, history: 'remove' | 'keep'): Item {
  const { email } = mail;
  const findings: Finding[] = [...findingsOf(mail)];
  const words = wordsOf(email, history, findings);
  return {
    ...plainItem(words.text, findings),
    textFormat: words.textFormat,
    ...senderOf(email),
    id: messageId(email),
    title: email.subject?.trim() || null,
    fields: fieldsOf(mail),
  };
}

/** Who wrote a message and when: what its attachments have in common with it. */
export function senderOf(email: Email): Pick<Item, 'authors' | 'participant' | 'publishedAt'> {
  const from = mailboxesOf(email.from)[0];
  const address = from?.address.trim().toLowerCase() ?? '';
  const author = from?.name.trim() || address;
  return {
    authors: author === '' ? [] : [author],
    participant: address === '' ? null : address,
    publishedAt: email.date ?? null,
  };
}

export function messageId({ messageId: id }: Email): string | null {
  return id?.replace(/^<|>$/g, '').trim() || null;
}

/** True for automatic answers, bounces and mailings, whose attachments are nobody's words. */
export function automaticSign({ headers }: Email): string | null {
  for (const { key, value } of headers) {
    if (key === 'auto-submitted' && /^\s{0,20}no\b/i.test(value)) continue;
    if (AUTOMATIC_HEADERS.includes(key)) return key;
    if (key === 'precedence' && MANY.test(value.trim())) return 'precedence';
    if (key === 'content-type' && /^\s{0,20}multipart\/report\b/i.test(value)) return 'multipart/report';
    if (key === 'return-path' && value.trim() === '<>') return 'return-path';
  }
  return null;
}

function wordsOf(email: Email, history: 'remove' | 'keep', findings: Finding[]): Pick<Item, 'text' | 'textFormat'> {
  const forwarded = isForwarded(email.subject ?? '');
  if (email.text?.trim()) {
    if (history === 'keep') return { text: email.text, textFormat: 'plain' };
    const { text, quoted, signature } = ownWords(email.text, { forwarded });
    findings.push(...leftOut(quoted, signature, 'lines'));
    return { text, textFormat: 'plain' };
  }
  const page = email.html ?? '';
  if (history === 'keep') return { text: page, textFormat: 'html' };
  const { html, quoted, signature } = ownHtml(page, { forwarded });
  findings.push(...leftOut(quoted, signature, 'letters'));
  return { text: html, textFormat: 'html' };
}

function leftOut(quoted: number, signature: number, unit: string): readonly Finding[] {
  const findings: Finding[] = [];
  if (quoted > 0) findings.push({ code: 'mail-history-removed', at: 'text', evidence: `${quoted} ${unit}` });
  if (signature > 0) findings.push({ code: 'mail-signature-removed', at: 'text', evidence: `${signature} ${unit}` });
  return findings;
}

function* findingsOf({ email, attachments, whole }: ParsedMail): Iterable<Finding> {
  const sign = automaticSign(email);
  if (sign !== null) yield { code: 'mail-automatic', at: 'record', evidence: sign };
  if (!whole) yield { code: 'mail-malformed', at: 'record', evidence: 'headers only: nested or long beyond reason' };
  const unread = attachments.filter(({ format }) => format === null);
  if (unread.length > 0) {
    const types = [...new Set(unread.map(({ mediaType }) => mediaType))].slice(0, 5).join(', ');
    yield { code: 'attachment-unread', at: 'attachments', evidence: `${unread.length}: ${types}` };
  }
}

function fieldsOf({ email, attachments }: ParsedMail): Item['fields'] {
  const people = (list: readonly Address[] | undefined) =>
    (list ?? [])
      .flatMap(mailboxesOf)
      .map(({ name, address }) => (name === '' ? address : `${name} <${address}>`))
      .join(', ');
  const named = attachments.map(({ name, mediaType, bytes }) => `${name} (${mediaType}, ${bytes.byteLength})`);
  return [
    ['Date', email.date ?? ''],
    ['From', people(email.from ? [email.from] : [])],
    ['To', people(email.to)],
    ['Cc', people(email.cc)],
    ['Subject', email.subject ?? ''],
    ['Message-ID', messageId(email) ?? ''],
    ['In-Reply-To', email.inReplyTo ?? ''],
    ['Attachments', named.join('; ')],
  ];
}

function mailboxesOf(address: Address | undefined): readonly Mailbox[] {
  if (address === undefined) return [];
  return address.group === undefined ? [address] : address.group;
}
