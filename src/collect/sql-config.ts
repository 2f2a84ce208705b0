// What a steward says about a database: which one, as whom, what to read of it, and from where on.

import { z } from 'zod';
import { fileConfig } from './file-config.ts';
import { canDecode, secretSetting } from './server-settings.ts';

const column = z.string().min(1);

const url = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const refuse = (message: string) => void context.addIssue({ code: 'custom', message });
    if (!URL.canParse(text)) return refuse('not an address; write postgres://host:5432/base');
    const parsed = new URL(text);
    if (!/^(?:postgres(?:ql)?|mysql|mariadb):$/.test(parsed.protocol) || parsed.hostname === '') {
      return refuse('must begin with postgres://, mysql:// or mariadb:// and name a host');
    }
    if (parsed.password !== '') {
      return refuse(`no password in the address; write \`user: …\` and \`password: "\${NAME_OF_A_VARIABLE}"\``);
    }
    if (parsed.pathname.length < 2) return refuse('must name a database, e.g. postgres://host:5432/base');
    if (!canDecode(parsed.username + parsed.pathname)) return refuse('a `%` in the address is written `%25`');
    if (parsed.search !== '') return refuse('no `?…` in the address; `tls` and `ca` say how to connect');
  });

export const sqlConfig = z
  .strictObject({
    url: url.optional().describe('postgres://host/base, mysql://host/base or mariadb://host/base, without password'),
    user: z.string().min(1).optional().describe('account of the database; read-only, please'),
    password: secretSetting.optional().describe('its password'),
    tls: z
      .enum(['verify', 'require', 'off'])
      .optional()
      .describe('verify: encrypted, certificate checked (the default but on this machine); require: not checked'),
    ca: z.string().min(1).optional().describe('file of the certificates (PEM) to trust'),
    path: z.string().min(1).optional().describe('SQLite file of the project folder, in place of `url`'),
    table: z.string().min(1).optional().describe('table or view, `schema.name` or `name`'),
    query: z
      .string()
      .refine(readsOnly, 'must be one `select` (or `with … select`): nothing is written to a source')
      .optional()
      .describe('a `select`, in place of `table`'),
    key: z
      .union([column, z.array(column).min(1)])
      .optional()
      .describe('columns that name a row; the primary key when absent'),
    incremental: z
      .strictObject({ column: column.describe('column that only grows: a date of change, a number') })
      .optional()
      .describe('read only what came since the last collection'),
    map: fileConfig.shape.map,
    timeoutSeconds: z.int().min(1).max(86_400).default(600).describe('longest wait for the next rows'),
    maximumRecordBytes: fileConfig.shape.maximumRecordBytes,
  })
  .superRefine((config, context) => {
    const refuse = (message: string) => void context.addIssue({ code: 'custom', message });
    if ((config.url === undefined) === (config.path === undefined)) refuse('give `url` or `path`, one of them');
    if (config.table !== undefined && config.query !== undefined) refuse('give `table` or `query`, not both');
    if (config.url !== undefined && config.table === undefined && config.query === undefined) {
      refuse('give a `table` or a `query`');
    }
    if (config.path !== undefined && (config.user ?? config.password ?? config.tls ?? config.ca) !== undefined) {
      refuse('`user`, `password`, `tls` and `ca` go with `url` only');
    }
  });

export type SqlConfig = z.infer<typeof sqlConfig>;

/** The session is read-only whatever is asked; this says so before anything is dialled. */
function readsOnly(text: string): boolean {
  const words = text.replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, ' ').trimStart();
  return /^\(*\s*(?:select|with|values|table)\b/i.test(words);
}
