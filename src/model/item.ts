// What a collector reads out of one record, before anything is judged: the source's words under neutral names.

import type { Finding } from './finding.ts';

/**
 * How `text` is written: `auto` lets refine decide whether mark-up is present; `page` is HTML that may be a whole page of a
 * site, of which the main content is wanted (of `html` every word is).
 */
export type TextFormat = 'plain' | 'html' | 'page' | 'markdown' | 'auto';

export interface Item {
  /** The source's own identifier, or null. */
  readonly id: string | null;
  readonly title: string | null;
  /** The words, as the source wrote them; may hold mark-up and mojibake. */
  readonly text: string;
  readonly textFormat: TextFormat;
  readonly url: string | null;
  readonly authors: readonly string[];
  /** The date as the source wrote it, any form, or null. */
  readonly publishedAt: string | null;
  /** Postal code, INSEE code or name as the source wrote it, or null. */
  readonly territory: string | null;
  /** The source's own columns in order, as text. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly findings: readonly Finding[];
  /** Who wrote it, as the source identifies people (account, mail …): kept only as a keyed pseudonym that links their texts. */
  readonly participant?: string | null;
  /** Closed answers and facts to compare by, besides the columns that the settings map. */
  readonly attributes?: Readonly<Record<string, string>>;
}
