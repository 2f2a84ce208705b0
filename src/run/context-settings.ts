// The `context` block of the settings: what is shown beside the figures, and how each source of it is read.

import { z } from 'zod';
import { CONTEXT_KINDS, WEEKLY } from '../model/context.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens only');
const field = z.string().min(1);

const valueSchema = z.strictObject({
  field: field.describe('column that holds the value'),
  kind: z.enum(CONTEXT_KINDS).default('number').describe('number, category (one a day and place) or event'),
  title: z.string().min(1).max(120).optional().describe('name shown to people'),
  unit: z.string().min(1).max(30).optional().describe('°C, mm, %'),
  weekly: z.enum(WEEKLY).default('mean').describe('how the days of a week make one figure'),
  where: z.record(field, z.string()).optional().describe('only records whose columns hold these values'),
});

const sourceSchema = z.strictObject({
  collector: z.string().min(1).describe('name of a collector: file, rest, sql …'),
  with: z.record(z.string(), z.unknown()).describe('what this collector needs; see `datasens explain <collector>`'),
  title: z.string().min(1).max(120).optional().describe('name shown to people'),
  licence: z.string().min(1).describe('licence id, e.g. lov2'),
  date: z
    .union([field, z.strictObject({ from: field, to: field })])
    .describe('column of the day or period, two columns, or `periods` where each field is one (SDMX)'),
  territory: z
    .union([z.literal('everywhere'), z.strictObject({ is: field }), z.strictObject({ field })])
    .describe('everywhere, { is: a place }, or { field: a column of codes, postal codes, names or school zones }'),
  values: z.record(name, valueSchema).refine((values) => Object.keys(values).length > 0, 'name at least one value'),
});

export const contextSchema = z.strictObject({
  holidays: z.boolean().default(true).describe('public holidays of France, computed'),
  sources: z.record(name, sourceSchema).default({}).describe('files, APIs and databases of context'),
});

export type ContextSettings = z.infer<typeof contextSchema>;
export type ContextSourceSettings = ContextSettings['sources'][string];

/** Keys known at this place under `context`, for the message about one that is not. */
export function knownContextKeys(path: readonly string[]): readonly string[] {
  if (path.length === 1) return Object.keys(contextSchema.shape);
  if (path.length === 3) return Object.keys(sourceSchema.shape);
  if (path.at(-2) === 'values') return Object.keys(valueSchema.shape);
  return path.at(-1) === 'date' ? ['from', 'to'] : ['is', 'field'];
}
