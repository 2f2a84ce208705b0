// What a steward says about messages: files, or a mailbox and who may read it.

import { z } from 'zod';
import { canDecode, secretSetting } from './server-settings.ts';

const mailbox = z.string().superRefine((text, context) => {
  const refuse = (message: string) => void context.addIssue({ code: 'custom', message });
  if (!URL.canParse(text) || !/^imaps?:$/.test(new URL(text).protocol) || new URL(text).hostname === '') {
    return refuse('must be the address of a mailbox: imaps://host/INBOX');
  }
  const { password, pathname } = new URL(text);
  if (password !== '') {
    return refuse(`no password in the address; write \`user: …\` and \`password: "\${NAME_OF_A_VARIABLE}"\``);
  }
  if (!canDecode(pathname)) return refuse('a `%` in the address is written `%25`');
  if (pathname.length < 2) refuse('must name a folder, e.g. imaps://host/INBOX');
});

export const mailConfig = z
  .strictObject({
    path: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .optional()
      .describe('messages (.eml), mailboxes (.mbox), folders and patterns of the project'),
    mailbox: mailbox.optional().describe('folder of a mail server, imaps://host/INBOX, in place of `path`'),
    user: z.string().min(1).optional().describe('account of the mail server'),
    password: secretSetting.optional().describe('its password'),
    tls: z
      .enum(['verify', 'require', 'off'])
      .optional()
      .describe('verify: encrypted, certificate checked (the default but on this machine); require: not checked'),
    ca: z.string().min(1).optional().describe('file of the certificates (PEM) to trust'),
    since: z.iso.date().optional().describe('leave out what the server received before this day'),
    history: z
      .enum(['remove', 'keep'])
      .default('remove')
      .describe('earlier messages quoted in a message, and signatures'),
    attachments: z.boolean().default(true).describe('read attachments as documents of their own'),
    maximumMessageBytes: z
      .int()
      .min(1)
      .max(64 * 2 ** 20)
      .default(32 * 2 ** 20)
      .describe('largest message read, in bytes'),
    timeoutSeconds: z.int().min(1).max(3600).default(120).describe('longest wait for the mail server'),
  })
  .superRefine((config, context) => {
    const refuse = (message: string) => void context.addIssue({ code: 'custom', message });
    if ((config.path === undefined) === (config.mailbox === undefined)) refuse('give `path` or `mailbox`, one of them');
    const { user, password, tls, ca, since } = config;
    if (config.mailbox !== undefined && (user === undefined || password === undefined)) {
      refuse('a mailbox is read with a `user` and a `password`');
    }
    if (config.path !== undefined && (user ?? password ?? tls ?? ca ?? since) !== undefined) {
      refuse('`user`, `password`, `tls`, `ca` and `since` go with `mailbox` only');
    }
  });

export type MailConfig = z.infer<typeof mailConfig>;
