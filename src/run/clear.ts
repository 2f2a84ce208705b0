// Asks the policy about every document, and keeps its answer.

import { clear } from '../govern/clear.ts';
import { isRetentionExpired } from '../govern/retention.ts';
import type { Clearance } from '../model/clearance.ts';
import type { RecipeId, SourceName } from '../model/identity.ts';
import { saveClearances } from '../store/clearances.ts';
import { type ClearanceSubject, pageForClearance } from '../store/documents.ts';
import type { App, ConfiguredSource } from './app.ts';
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

/** Clears or refuses every document of the recipes in force. Asked again each time: retention and copies change with time. */
export async function clearDocuments(app: App, reporter: Reporter): Promise<SourcesCleared> {
  reporter.started('govern');
  const total = newTally();
  const tallies = new Map<string, Tally>();
  for await (const { subjects, clearances } of clearPages(app, { recipes: app.recipes })) {
    for (const [position, clearance] of clearances.entries()) {
      const { source } = subjects[position]!;
      const tally = tallies.get(source) ?? newTally();
      tallies.set(source, tally);
      count(tally, clearance);
      count(total, clearance);
    }
    reporter.progress('govern', { judged: total.judged, cleared: total.cleared, refused: total.refused });
  }
  reporter.finished('govern', { ...total });
  return { ...total, sources: tallies };
}

/** Clears or refuses the documents that these recipes made of one source, shown to people or not. */
export async function clearSource(
  app: App,
  { name }: Pick<ConfiguredSource, 'name'>,
  recipes: readonly RecipeId[],
): Promise<void> {
  for await (const _ of clearPages(app, { recipes, source: name }));
}

interface ClearedPage {
  readonly subjects: readonly ClearanceSubject[];
  readonly clearances: readonly Clearance[];
}

async function* clearPages(
  app: App,
  scope: { readonly recipes: readonly RecipeId[]; readonly source?: SourceName },
): AsyncIterable<ClearedPage> {
  const sources = new Map<string, ConfiguredSource>(app.sources.map((source) => [source.name, source]));
  const now = app.clock();
  for (let after: string | null = null; ; ) {
    app.signal.throwIfAborted();
    const page = await app.database.transaction(async (tx) => {
      const subjects = await pageForClearance(tx, { ...scope, after, limit: PAGE });
      const clearances = subjects.map((subject) => {
        const settings = sources.get(subject.source)!.settings;
        const retentionExpired = isRetentionExpired(settings.retention, new Date(subject.fetchedAt), now);
        return clear({ ...subject, licence: settings.licence, retentionExpired }, app.policy);
      });
      await saveClearances(tx, clearances);
      return { subjects, clearances };
    });
    yield page;
    if (page.clearances.length < PAGE) return;
    after = page.subjects.at(-1)!.document;
  }
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
