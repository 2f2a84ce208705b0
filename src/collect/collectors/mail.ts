// Messages: files of them, or a folder of a mail server. Each is one document, and each attachment that can be read another.

import type { Item } from '../../model/item.ts';
import { defineCollector } from '../collector.ts';
import { attachmentItem } from '../mail-attachment.ts';
import { type MailConfig, mailConfig } from '../mail-config.ts';
import { collectMailFiles } from '../mail-files.ts';
import { mailItem } from '../mail-item.ts';
import { collectMailbox } from '../mail-mailbox.ts';
import { type ParsedMail, parseMail } from '../mail-parts.ts';
import { attachmentNumber } from '../mail-records.ts';
import { unquoteFrom } from '../mbox.ts';

/** What was parsed of bytes, for as long as somebody holds them: attachments are asked for one after the other. */
const parsed = new WeakMap<Uint8Array, Promise<ParsedMail>>();

export default defineCollector<MailConfig, Promise<Item>>({
  name: 'mail',
  title: { fr: 'Messagerie', en: 'Mail' },
  description: {
    fr: 'Lit des messages : fichiers .eml ou .mbox, ou dossier d’une messagerie (IMAP), sans rien y changer. L’historique cité et les signatures sont retirés, les pièces jointes lues à part.',
    en: 'Reads messages: .eml or .mbox files, or a folder of a mail server (IMAP), changing nothing there. Quoted history and signatures are taken away, attachments read apart.',
  },
  config: mailConfig,
  example: {
    mailbox: 'imaps://courrier.val-clair.example/INBOX',
    user: 'reclamations@val-clair.example',
    password: `\${MESSAGERIE_MOT_DE_PASSE}`,
  },
  local: {
    config: (path) => ({ path }),
    claims: (name, head) =>
      /\.(?:eml|mbox|mbx)$/i.test(name) || /^(?:From \S+ |Return-Path:|Received:|Delivered-To:)/i.test(head),
  },
  snapshots: ({ mailbox }) => (mailbox === undefined ? 'replace' : 'append'),
  reading: ({ history }) => ({ history }),

  collect: (config, effects) =>
    config.mailbox === undefined ? collectMailFiles(config, effects) : collectMailbox(config, effects),

  async read(bytes, { context, key }, { history }) {
    let mail = parsed.get(bytes);
    if (mail === undefined) {
      mail = parseMail(context.format === 'mbox' ? unquoteFrom(bytes) : bytes);
      parsed.set(bytes, mail);
    }
    const number = attachmentNumber(key);
    return number === null ? mailItem(await mail, history) : attachmentItem(await mail, number, history);
  },
});
