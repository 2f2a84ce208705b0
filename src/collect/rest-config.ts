// What a steward says about an API: where it is, how its pages follow each other, what its items hold.

import { join } from 'node:path';
import { z } from 'zod';
import { compileExpression } from './expression.ts';
import { completeSettings, readPresets } from './rest-preset.ts';

const PRESETS = readPresets(join(import.meta.dirname, 'presets'));

const expression = z
  .string()
  .min(1)
  .superRefine((source, context) => {
    try {
      compileExpression(source);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `is no JSONata expression: ${(error as Error).message}` });
    }
  });

const total = expression.optional().describe('how many items there are in all, where an answer says so');

const pagination = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('page'),
    parameter: z.string().min(1).default('page'),
    first: z.int().min(0).default(1).describe('number of the first page'),
    total,
  }),
  z.strictObject({ kind: z.literal('offset'), parameter: z.string().min(1).default('offset'), total }),
  z.strictObject({
    kind: z.literal('cursor'),
    parameter: z.string().min(1).default('cursor').describe('path inside the body where there is one'),
    next: expression.describe('the next page’s cursor in an answer; nothing on the last'),
  }),
  z.strictObject({ kind: z.literal('link') }).describe('Link header with rel="next" (RFC 8288)'),
  z.strictObject({ kind: z.literal('next'), next: expression.describe('the next page’s address in an answer') }),
]);

const incremental = z
  .strictObject({
    cursor: expression.describe('of an item: a date or a number that grows; the greatest one is remembered'),
    parameter: z.string().min(1).optional().describe('parameter that asks for what came since'),
    template: z.string().includes('{since}').default('{since}').describe('value of the parameter'),
    start: z
      .union([z.string().min(1), z.number()])
      .optional()
      .describe('first value, before anything was collected'),
    newestFirst: z.boolean().default(false).describe('the newest come first: stop at a page where nothing is new'),
  })
  .refine((given) => given.parameter !== undefined || given.newestFirst, 'needs `parameter` or `newestFirst: true`');

const SECRET_NAME = /authorization|cookie|token|secret|password|api-?key/i;
const IS_SECRET = /\$\{[A-Z_][A-Z0-9_]*\}|^file:/;

const header = z
  .record(z.string().regex(/^[A-Za-z0-9-]+$/, 'is no header name'), z.string().min(1))
  .superRefine((headers, context) => {
    for (const [name, value] of Object.entries(headers)) {
      if (!SECRET_NAME.test(name) || IS_SECRET.test(value)) continue;
      const message = `keep this secret out of the settings: write \${NAME} and export NAME, or file:path`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  });

const fields = {
  preset: z.enum([...PRESETS.keys()]).describe('settings of a known API, which the other keys complete or replace'),
  url: z
    .string()
    .refine((url) => /^https?:\/\//.test(url) && URL.canParse(url.replace(/\{\w+\}/g, 'x')), 'is no http(s) address')
    .describe('address of the list; {name} is taken from params'),
  format: z.enum(['json', 'sdmx']).describe('json, or sdmx for SDMX-ML statistics; json when absent'),
  params: z
    .record(
      z.string().min(1),
      z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]),
    )
    .describe(`parameters of the address; secrets as \${NAME}`),
  headers: header.describe(`headers of the request; secrets as \${NAME} or file:path`),
  body: z.record(z.string(), z.json()).describe('asks by POST with this JSON body (GraphQL, search)'),
  items: expression.describe('where the items are in an answer (JSONata); the whole answer when absent'),
  map: z
    .strictObject({
      id: expression.optional(),
      title: expression.optional(),
      text: z.union([expression, z.array(expression).min(1)]).optional(),
      date: expression.optional(),
      url: expression.optional(),
      author: expression.optional(),
      territory: expression.optional(),
      participant: expression.optional().describe('who wrote, kept as a pseudonym only'),
      attributes: z.record(z.string().min(1), expression).optional().describe('facts to compare by'),
    })
    .describe('which part of an item is what (JSONata)'),
  textFormat: z.enum(['auto', 'plain', 'html', 'markdown']).describe('how the text is written; auto when absent'),
  pagination: pagination.describe('how pages follow each other; none when absent'),
  incremental: incremental.describe('asks only for what is new'),
  perSecond: z.number().positive().max(100).describe('requests a second; one when absent'),
  maximumPages: z.int().min(1).describe('pages read at once, the rest next time; 10000 when absent'),
  maximumItems: z.int().min(1).describe('items after which no page is asked for, until next time'),
  maximumPageBytes: z
    .int()
    .min(1)
    .max(256 * 2 ** 20)
    .describe('largest answer, in bytes; 32 MiB when absent'),
  maximumRecordBytes: z
    .int()
    .min(1)
    .max(64 * 2 ** 20)
    .describe('largest item, in bytes; 4 MiB when absent'),
  maximumWaitSeconds: z.int().min(0).max(86_400).describe('longest wait that the server may ask for; 900 when absent'),
};

const OPTIONAL = { preset: true, body: true, incremental: true, perSecond: true, maximumItems: true } as const;

const DEFAULTS = {
  format: 'json',
  params: {},
  headers: {},
  items: '$',
  map: {},
  textFormat: 'auto',
  pagination: { kind: 'none' },
  maximumPages: 10_000,
  maximumPageBytes: 32 * 2 ** 20,
  maximumRecordBytes: 4 * 2 ** 20,
  maximumWaitSeconds: 900,
} as const;

const complete = z
  .strictObject(fields)
  .partial(OPTIONAL)
  .superRefine((config, context) => {
    const issue = (path: readonly string[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message });
    if (config.map.text === undefined) issue(['map', 'text'], 'missing: say where the text of an item is');
    for (const [, name] of config.url.matchAll(/\{(\w+)\}/g)) {
      if (config.params[name!] === undefined) issue(['params', name!], `missing: the address needs {${name}}`);
    }
    if (config.format !== 'sdmx') return;
    if (config.pagination.kind !== 'none') issue(['pagination'], 'SDMX answers come whole: leave it out');
    if (config.incremental) issue(['incremental'], 'SDMX answers come whole: ask for less through `params`');
  });

export type RestConfig = z.infer<typeof complete>;
export type Pagination = RestConfig['pagination'];
export type ItemMap = RestConfig['map'];

/** The settings of a source, completed by its preset and the defaults. */
export const restConfig = z
  .strictObject(fields)
  .partial()
  .transform((given, context): RestConfig => {
    const preset = given.preset === undefined ? {} : (PRESETS.get(given.preset)?.with ?? {});
    const parsed = complete.safeParse(completeSettings(completeSettings(DEFAULTS, preset), given));
    if (parsed.success) return parsed.data;
    for (const { message, path } of parsed.error.issues) {
      const missing = path.length === 1 && given[path[0] as keyof typeof given] === undefined;
      context.addIssue({ code: 'custom', path, message: missing ? `missing: ${message}` : message });
    }
    return z.NEVER;
  });
