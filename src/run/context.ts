// Brings context up to date: its sources are collected as any other, then their new records read into values; holidays
// computed for the years of the documents. What a source cannot give is counted, and stops nothing.

import { createSecretKey } from 'node:crypto';
import type { Item } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import { publicHolidays } from '../refine/context/holidays.ts';
import { readObservations } from '../refine/context/observations.ts';
import { appendAct } from '../store/acts.ts';
import { recordProgress, tryBatch } from '../store/batches.ts';
import {
  batchesToRead,
  computedYears,
  documentYears,
  pruneContext,
  type ReadObservation,
  replaceComputed,
  upsertContext,
} from '../store/context-values.ts';
import type { Tx } from '../store/database.ts';
import { type BatchContent, readBatch } from '../store/records.ts';
import { openRecord } from '../store/seal.ts';
import type { App } from './app.ts';
import { type CollectRun, collectSource } from './collect.ts';
import { type ContextSource, HOLIDAY_READING } from './context-sources.ts';
import { failureWords, stopsRun } from './failure.ts';

const STAGE = 'context';

export interface ContextCounts {
  readonly sources: number;
  readonly failedSources: number;
  readonly refusals: number;
  /** Records read into values by this call. */
  readonly records: number;
  /** Values that they gave. */
  readonly values: number;
  /** Records whose day or place was not read, and cells that are no number. */
  readonly unread: number;
}

/** Collects every source of context and reads what is new. @throws store-unavailable, cancelled */
export async function refreshContext(app: App, how: CollectRun): Promise<ContextCounts> {
  const sources = app.context?.sources ?? [];
  const total = { sources: sources.length, failedSources: 0, refusals: 0, records: 0, values: 0, unread: 0 };
  // Its records are no part of what the run collects: the journey's own counts stay those of texts.
  const reporter = { ...how.reporter, progress: () => undefined };
  how.reporter.started(STAGE);
  for (const source of sources) {
    app.signal.throwIfAborted();
    const { counts, failure } = await collectSource(app, source, { ...how, reporter });
    if (failure !== null && (app.signal.aborted || stopsRun(failure.error))) throw failure.error;
    total.refusals += counts.refusals;
    if (failure !== null) total.failedSources += 1;
    const read = await readNew(app, source);
    total.records += read.records;
    total.values += read.values;
    total.unread += read.unread;
    const error: JsonObject = failure === null ? {} : { error: failureWords(failure.error).code };
    how.reporter.progress(STAGE, { source: source.name, ...read, ...error });
    await keepAct(app, source, { ...read, refusals: counts.refusals, ...error });
  }
  how.reporter.finished(STAGE, total);
  return total;
}

/** Computes the public holidays of the years in which documents were published; nothing where they are there. */
export async function computeHolidays(app: App): Promise<void> {
  if (app.context?.holidays !== true) return;
  await app.database.transaction(async (tx) => {
    const [wanted, known] = [await documentYears(tx), await computedYears(tx, HOLIDAY_READING)];
    if (wanted === null || (known !== null && known.first <= wanted.first && known.last >= wanted.last)) return;
    const years = Array.from({ length: wanted.last - wanted.first + 1 }, (_, at) => wanted.first + at);
    await replaceComputed(tx, HOLIDAY_READING, years.flatMap(publicHolidays));
  });
}

interface Read {
  readonly records: number;
  readonly values: number;
  readonly unread: number;
}

/** Reads the batches that were not read by these settings, each in a transaction, then forgets what no longer stands. */
async function readNew(app: App, source: ContextSource): Promise<Read> {
  const total = { records: 0, values: 0, unread: 0 };
  const reading = { source: source.name, reading: source.reading };
  for (const id of await app.database.transaction((tx) => batchesToRead(tx, STAGE, reading))) {
    app.signal.throwIfAborted();
    await app.database.transaction(async (tx) => {
      if ((await tryBatch(tx, id, STAGE, source.reading)) !== 'taken') return;
      const content = await readBatch(tx, id);
      const read = await storeBatch(app, tx, source, content);
      await recordProgress(tx, id, { stage: STAGE, key: source.reading, counts: { documents: content.rows.length } });
      total.records += content.rows.length;
      total.values += read.values;
      total.unread += read.unread;
    });
  }
  await app.database.transaction((tx) => pruneContext(tx, reading));
  return total;
}

async function storeBatch(app: App, tx: Tx, source: ContextSource, content: BatchContent) {
  let values = 0;
  let unread = 0;
  for (const snapshot of content.snapshots) {
    const observations: ReadObservation[] = [];
    for await (const [row, item] of readItems(app, source, content, snapshot)) {
      const read = readObservations(item, source.settings);
      unread += read.unread.date + read.unread.territory + read.unread.value;
      observations.push(
        ...read.observations.map((each) => ({
          ...each,
          isEvent: source.settings.values[each.series]!.kind === 'event',
          record: row.record,
        })),
      );
    }
    values += observations.length;
    await upsertContext(tx, { source: source.name, reading: source.reading }, snapshot.id, observations);
  }
  return { values, unread };
}

type Row = BatchContent['rows'][number];

async function* readItems(
  app: App,
  source: ContextSource,
  content: BatchContent,
  snapshot: BatchContent['snapshots'][number],
): AsyncIterable<readonly [Row, Item]> {
  const key = createSecretKey(app.keyring.organisationKey);
  const own = content.rows.filter((row) => row.snapshot === snapshot.id);
  for (const [objectKey, rows] of Map.groupBy(own, (row) => row.objectKey)) {
    const start = Math.min(...rows.map((row) => row.start));
    const end = Math.max(...rows.map((row) => row.start + row.length));
    const pack = await app.objects.get(objectKey, { start, end });
    for (const row of rows) {
      const sealed = pack.subarray(row.start - start, row.start - start + row.length);
      const bytes = openRecord(sealed, row.wrappedKey, key, row.record);
      const from = { ...snapshot, key: row.key, part: row.part };
      yield [row, await source.collector.read(bytes, from, source.config)];
    }
  }
}

function keepAct(app: App, source: ContextSource, detail: JsonObject): Promise<void> {
  const why = `settings of ${app.project.settings.organisation}`;
  return app.database.transaction((tx) =>
    appendAct(tx, { actor: 'system', verb: 'collect', object: source.name, why, detail }),
  );
}
