// What a steward may say about files; everything not said is found from the files themselves.

import { z } from 'zod';
import { normaliseCharset } from './charset.ts';

export const FORMATS = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'xlsx', 'text', 'markdown', 'html'] as const;
export type FormatName = (typeof FORMATS)[number];

const column = z.string().min(1);

export const fileConfig = z.strictObject({
  path: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .describe('files, folders and patterns (*, **, ?), relative to the project folder'),
  format: z.enum(FORMATS).optional().describe('found by name and content when absent'),
  encoding: z
    .string()
    .refine((label) => normaliseCharset(label) !== null, 'not a charset this program reads')
    .optional()
    .describe('charset of the text; found when absent'),
  delimiter: z.string().length(1).optional().describe('between the cells of a row'),
  quote: z.string().length(1).optional().describe('around cells'),
  header: z
    .union([z.boolean(), z.int().min(1)])
    .optional()
    .describe('whether the first row names the columns, or the number of the row that does'),
  sheet: z.string().min(1).optional().describe('sheet of a workbook; every sheet when absent'),
  items: z.string().optional().describe('path of the list inside JSON, e.g. data.results'),
  map: z
    .strictObject({
      id: column.optional(),
      title: column.optional(),
      text: z.union([column, z.array(column).min(1)]).optional(),
      date: column.optional(),
      territory: column.optional(),
      author: column.optional(),
      url: column.optional(),
      attributes: z.array(column).optional(),
    })
    .optional()
    .describe('which column is what; found by name and content when absent'),
  maximumBytes: z
    .int()
    .min(1)
    .default(16 * 2 ** 30)
    .describe('largest file read, in bytes once unpacked'),
  maximumRecordBytes: z
    .int()
    .min(1)
    .max(64 * 2 ** 20)
    .default(16 * 2 ** 20)
    .describe('largest row or page read, in bytes'),
});

export type FileConfig = z.infer<typeof fileConfig>;
