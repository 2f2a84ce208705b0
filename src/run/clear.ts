// Asks the policy about every document, and keeps its answer.

import { clear } from '../govern/clear.ts';
import { isRetentionExpired } from '../govern/retention.ts';
import { saveClearances } from '../store/clearances.ts';
import { pageForClearance } from '../store/documents.ts';
import type { App } from './app.ts';
import type { Reporter } from './reporter.ts';

const PAGE = 2000;

export interface ClearCounts {
  readonly cleared: number;
  readonly refused: number;
}

/** Clears or refuses every document of the current recipes. Asked again each time: retention and copies change with time. */
export async function clearDocuments(app: App, reporter: Reporter): Promise<ClearCounts> {
  reporter.started('govern');
  const sources = new Map<string, App['sources'][number]>(app.sources.map((source) => [source.name, source]));
  const now = app.clock();
  let cleared = 0;
  let refused = 0;
  for (let after: string | null = null; ; ) {
    app.signal.throwIfAborted();
    const page = await app.database.transaction(async (tx) => {
      const subjects = await pageForClearance(tx, { recipes: app.recipes, after, limit: PAGE });
      const clearances = subjects.map((subject) => {
        const settings = sources.get(subject.source)!.settings;
        const retentionExpired = isRetentionExpired(settings.retention, new Date(subject.fetchedAt), now);
        return clear({ ...subject, licence: settings.licence, retentionExpired }, app.policy);
      });
      await saveClearances(tx, clearances);
      return { clearances, last: subjects.at(-1)?.document ?? null };
    });
    cleared += page.clearances.filter(({ kind }) => kind === 'cleared').length;
    refused += page.clearances.filter(({ kind }) => kind === 'refused').length;
    reporter.progress('govern', { cleared, refused });
    if (page.clearances.length < PAGE) break;
    after = page.last;
  }
  reporter.finished('govern', { cleared, refused });
  return { cleared, refused };
}
