// Who copied whom: what arrived and what departed since the last look is compared with what is known, or everything is.

import { dropChanges, findChanges, forgetCopies, forgetDepartures, takeArrivals } from '../store/copy-documents.ts';
import { countComparable, countCopies } from '../store/copy-groups.ts';
import type { Tx } from '../store/database.ts';
import type { App } from './app.ts';
import { addWordings, removeWordings } from './copy-index.ts';
import { compareAll, compareChanges, type Tell } from './copy-rounds.ts';
import { showGroups } from './copy-showing.ts';
import type { Reporter } from './reporter.ts';

/** `documents = distinct + copies`; documents without words are in neither. */
export interface ClusterCounts {
  readonly documents: number;
  readonly distinct: number;
  /** Documents that were compared with the others. */
  readonly compared: number;
  readonly clusters: number;
  /** Documents that are a near copy of another. */
  readonly copies: number;
  /** Form letters that texts fill in, each in its own words. */
  readonly models: number;
  /** Clusters and models large enough to be a campaign. */
  readonly campaigns: number;
}

export interface ClusterOptions {
  /** True compares everything anew; the result is the same. */
  readonly whole?: boolean;
}

/** Documents to compare, and how many are. */
type Progress = { readonly documents: number; readonly compared: number };

interface Changed {
  readonly someDeparted: boolean;
  readonly told: (before: number, documents: number) => Tell;
}

/** Past this part of the known documents come or gone, starting again costs less, unless they are few. */
const CHANGED_PART = 0.5;
const FEW_CHANGES = 10_000;
/** Documents compared with the others in one go. */
const ARRIVED_AT_ONCE = 50_000;

/**
 * Brings clusters and models up to date with the documents that stand. The result is that of comparing everything, in whatever
 * order and in however many runs they came.
 */
export async function clusterDocuments(
  app: Pick<App, 'database' | 'recipes' | 'signal'>,
  reporter: Pick<Reporter, 'started' | 'progress' | 'finished'>,
  options: ClusterOptions = {},
): Promise<ClusterCounts> {
  reporter.started('copies');
  const counts = await app.database.withLock('cluster', () =>
    app.database.transaction((tx) => cluster(tx, app, options, (body) => reporter.progress('copies', body)), {
      statementTimeoutMs: 0,
    }),
  );
  reporter.finished('copies', { ...counts });
  return counts;
}

async function cluster(
  tx: Tx,
  { recipes, signal }: Pick<App, 'recipes' | 'signal'>,
  { whole = false }: ClusterOptions,
  tell: (progress: Progress) => void,
): Promise<ClusterCounts> {
  if (whole) await forgetCopies(tx);
  let changes = await findChanges(tx, recipes);
  const changed = changes.arrived + changes.departed;
  if (changes.known > 0 && changed > Math.max(FEW_CHANGES, CHANGED_PART * changes.known)) {
    await dropChanges(tx);
    await forgetCopies(tx);
    changes = await findChanges(tx, recipes);
  }
  const told = (before: number, documents: number) => (part: number) =>
    tell({ documents: changes.arrived, compared: before + Math.round(part * documents) });
  if (changes.known === 0) await lookAtAll(tx, signal, told(0, changes.arrived));
  else await lookAtChanges(tx, signal, { someDeparted: changes.departed > 0, told });
  await dropChanges(tx);
  const counts = await countCopies(tx);
  const documents = await countComparable(tx, recipes);
  return { documents, distinct: documents - counts.copies, compared: changes.arrived, ...counts };
}

async function lookAtAll(tx: Tx, signal: AbortSignal, tell: Tell): Promise<void> {
  await takeArrivals(tx, null);
  await addWordings(tx, { all: true });
  await compareAll(tx, signal, tell);
  await showGroups(tx, { touched: null, signal });
}

async function lookAtChanges(tx: Tx, signal: AbortSignal, { someDeparted, told }: Changed): Promise<void> {
  let before = 0;
  for (let departures = someDeparted; ; departures = false) {
    const documents = await takeArrivals(tx, ARRIVED_AT_ONCE);
    if (documents === 0 && !departures) return;
    const departed = departures ? await removeWordings(tx) : new Map();
    const arrived = await addWordings(tx, { all: false });
    const touched = await compareChanges(tx, { arrived, departed }, signal, told(before, documents));
    before += documents;
    await showGroups(tx, { touched, signal });
    await forgetDepartures(tx);
  }
}
