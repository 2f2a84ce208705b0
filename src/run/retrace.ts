// Goes again through what became of one record, in a worker thread: pure CPU, as the refining was.

import type { RecordId } from '../model/identity.ts';
import type { Item } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import type { Recipe } from '../model/recipe.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import type { NameFinder } from '../refine/detector.ts';
import { findPersonal } from '../refine/personal.ts';
import { refine } from '../refine/refine.ts';
import { type TextJourney, traceText } from '../refine/text-journey.ts';
import { openRecord } from '../store/seal.ts';
import type { NamesAtHand } from './learned-names.ts';
import { loadCollector } from './plugins.ts';

export interface RetraceTask {
  readonly sealed: Uint8Array;
  readonly wrappedKey: Uint8Array;
  readonly organisationKey: Uint8Array;
  readonly record: RecordId;
  readonly snapshot: Pick<SnapshotOpening, 'location' | 'charset' | 'context' | 'mediaType' | 'fetchedAt'>;
  readonly key: string | null;
  readonly part: string | null;
  readonly collector: string;
  /** `with`, as the settings said it. */
  readonly settings: Json;
  readonly recipe: Recipe;
  readonly names: NamesAtHand | null;
}

export interface Retraced extends TextJourney {
  /** Bytes of the record. */
  readonly sizeBytes: number;
  readonly textFormat: Item['textFormat'];
  /** What the source wrote of date and place, with marks for personal data. */
  readonly given: { readonly date: string | null; readonly territory: string | null };
  readonly encoding: string;
}

/** @throws settings-invalid where the collector is unknown or does not take its settings any more, store-corrupt */
export async function retraceRecord(task: RetraceTask, findNames: NameFinder | undefined): Promise<Retraced> {
  const collector = await loadCollector(task.collector);
  const { charset, fetchedAt: collectedAt } = task.snapshot;
  const bytes = openRecord(task.sealed, task.wrappedKey, task.organisationKey, task.record);
  const item = await collector.read(
    bytes,
    { ...task.snapshot, key: task.key, part: task.part },
    collector.config.parse(task.settings),
  );
  const context = { charset, collectedAt, findNames };
  const refined = refine(item, task.recipe, context);
  return {
    ...traceText(item, task.recipe, context),
    sizeBytes: bytes.byteLength,
    textFormat: item.textFormat,
    given: { date: masked(item.publishedAt, refined.authors), territory: masked(item.territory, refined.authors) },
    encoding: refined.encoding,
  };
}

/** A field is short: it is told whole, or not at all where it holds somebody's data. */
function masked(field: string | null, authors: readonly string[]): string | null {
  if (field === null) return null;
  const personal = findPersonal(field, { authors }).filter(({ kind }) => kind !== 'birth-date');
  return personal.length > 0 ? '…' : field.slice(0, 200).toWellFormed();
}
