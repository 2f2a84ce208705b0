// Asks the policy about every document, and keeps its answer.

import { clear } from '../govern/clear.ts';
import { isRetentionExpired } from '../govern/retention.ts';
import type { Clearance } from '../model/clearance.ts';
import { saveClearances } from '../store/clearances.ts';
import { pageForClearance } from '../store/documents.ts';
import type { App } from './app.ts';
import type { Reporter } from './reporter.ts';

const PAGE = 2000;

/** `judged = cleared + refused`, and `refused` is the sum of `reasons`. */
export interface ClearCounts {
  readonly judged: number;
  readonly cleared: number;
  readonly refused: number;
  /** Each refused document counts once, under the first of its reasons. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface SourcesCleared extends ClearCounts {
  readonly sources: ReadonlyMap<string, ClearCounts>;
}

/** Clears or refuses every document of the current recipes. Asked again each time: retention and copies change with time. */
export async function clearDocuments(app: App, reporter: Reporter): Promise<SourcesCleared> {
  reporter.started('govern');
  const sources = new Map<string, App['sources'][number]>(app.sources.map((source) => [source.name, source]));
  const now = app.clock();
  const total = newTally();
  const tallies = new Map<string, Tally>();
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
      return { subjects, clearances };
    });
    for (const [position, clearance] of page.clearances.entries()) {
      const { source } = page.subjects[position]!;
      const tally = tallies.get(source) ?? newTally();
      tallies.set(source, tally);
      count(tally, clearance);
      count(total, clearance);
    }
    reporter.progress('govern', { judged: total.judged, cleared: total.cleared, refused: total.refused });
    if (page.clearances.length < PAGE) break;
    after = page.subjects.at(-1)!.document;
  }
  reporter.finished('govern', { ...total });
  return { ...total, sources: tallies };
}

type Tally = { judged: number; cleared: number; refused: number; reasons: Record<string, number> };

const newTally = (): Tally => ({ judged: 0, cleared: 0, refused: 0, reasons: {} });

function count(tally: Tally, clearance: Clearance): void {
  tally.judged += 1;
  if (clearance.kind === 'cleared') {
    tally.cleared += 1;
    return;
  }
  const [reason] = clearance.reasons;
  tally.refused += 1;
  tally.reasons[reason] = (tally.reasons[reason] ?? 0) + 1;
}
