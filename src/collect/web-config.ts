// What a steward says of pages to collect: where they are listed, which are wanted, and who approved it.

import { z } from 'zod';

const WHY_APPROVED =
  'web pages are collected only once somebody approved it, and the settings say who and when (CNIL, sheet of 19 June 2025 on web scraping)';
/** The day begins 14 hours earlier in the easternmost zone. */
const EARLIEST_ZONE_MS = 14 * 3600 * 1000;

const address = z.url({ protocol: /^https?$/, error: 'not an address that starts with https:// or http://' });
const pattern = z.string().min(1).max(2000);

export const webConfig = z
  .strictObject({
    sitemap: z
      .union([address, z.array(address).min(1)])
      .optional()
      .describe('sitemap, sitemap index, RSS or Atom feed, or text list of the pages'),
    pages: z.array(address).min(1).optional().describe('addresses of the pages themselves'),
    include: z.array(pattern).optional().describe('only addresses or paths like one of these, `*` for anything'),
    exclude: z.array(pattern).optional().describe('no address or path like one of these'),
    maximumPages: z.int().min(1).max(100_000).default(1000).describe('pages asked for in one collection'),
    perSecond: z
      .number()
      .positive()
      .max(10)
      .optional()
      .describe('requests a second; one by default, less where robots.txt asks'),
    maximumBytes: z
      .int()
      .positive()
      .max(64 * 1024 * 1024)
      .default(8 * 1024 * 1024)
      .describe('largest page read, in bytes'),
    terms: z.array(address).optional().describe('terms of use of the sites: their hash is kept as evidence'),
    approvedBy: z
      .string({ error: `missing; ${WHY_APPROVED}` })
      .min(1, `empty; ${WHY_APPROVED}`)
      .describe('who approved this collection, by role or name, e.g. DPO'),
    approvedOn: z.iso
      .date({ error: `missing or no date (2026-03-02); ${WHY_APPROVED}`, abort: true })
      .refine((day) => Date.parse(day) <= Date.now() + EARLIEST_ZONE_MS, `in the future; ${WHY_APPROVED}`)
      .describe('day of the approval'),
  })
  .refine(({ sitemap, pages }) => sitemap !== undefined || pages !== undefined, {
    error: 'nothing to read: give `sitemap` or `pages`',
  });
export type WebConfig = z.infer<typeof webConfig>;
