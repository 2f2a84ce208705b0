// Builds valid stored things from partials: a snapshot of records, the documents derived from them.

import { createHash, randomUUID } from 'node:crypto';
import type { Annotation } from '../src/model/annotation.ts';
import type {
  BatchId,
  CodebookVersion,
  DocumentId,
  PackId,
  RecipeId,
  RecordId,
  RunId,
  SnapshotId,
  SourceName,
} from '../src/model/identity.ts';
import { documentId } from '../src/model/recipe.ts';
import type { SnapshotOpening } from '../src/model/snapshot.ts';
import type { Tx } from '../src/store/database.ts';
import { documentRows, type NewDocument } from '../src/store/document-rows.ts';
import { insertDocuments } from '../src/store/documents.ts';
import { insertBatches, insertPack, insertSnapshotRecords, knownRecords } from '../src/store/records.ts';
import { closeSnapshot, openSnapshot } from '../src/store/snapshots.ts';
import { saveSources } from '../src/store/sources.ts';

export const RECIPE = hashOf('recipe') as RecipeId;
export const CODEBOOK = 'essai@1' as CodebookVersion;
export const SOURCE = 'concertation' as SourceName;

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export const newRun = () => randomUUID() as RunId;

interface SnapshotPlan {
  readonly texts: readonly string[];
  readonly keys?: readonly (string | null)[];
  /** Which document of its record each is, where a record holds several. */
  readonly parts?: readonly string[];
  readonly location?: string;
  readonly fetchedAt?: string;
  readonly supersede?: boolean;
  readonly open?: boolean;
}

export interface Brought {
  readonly snapshot: SnapshotId;
  readonly batch: BatchId;
  readonly records: readonly RecordId[];
}

export function openingOf(plan: Pick<SnapshotPlan, 'location' | 'fetchedAt'> = {}): SnapshotOpening {
  return {
    location: plan.location ?? 'inputs/a.csv',
    fetchedAt: plan.fetchedAt ?? '2026-03-01T08:00:00.000Z',
    mediaType: 'text/csv',
    charset: 'utf-8',
    headers: {},
    context: { format: 'csv' },
  };
}

/** One snapshot in one batch; each text is a record. */
export async function bringSnapshot(tx: Tx, plan: SnapshotPlan): Promise<Brought> {
  const snapshot = randomUUID() as SnapshotId;
  const batch = randomUUID() as BatchId;
  const records = plan.texts.map((text) => hashOf(text) as RecordId);
  await saveSources(tx, [{ name: SOURCE, collector: 'file', settings: { licence: 'lov2' } }]);
  await openSnapshot(tx, { id: snapshot, source: SOURCE, opening: openingOf(plan) });
  const known = await knownRecords(tx, records);
  const fresh = [...new Set(records)].filter((id) => !known.has(id));
  const id = randomUUID() as PackId;
  const places = fresh.map((record, position) => ({
    id: record,
    start: position * 100,
    length: 100,
    wrappedKey: Buffer.from(record, 'hex'),
  }));
  await insertPack(tx, { id, objectKey: `raw/${id}`, sizeBytes: 100, sha256: hashOf(id), records: places });
  await insertBatches(tx, [{ id: batch, source: SOURCE, records: records.length }]);
  const rows = records.map((record, ordinal) => ({
    ordinal,
    record,
    key: plan.keys?.[ordinal] ?? null,
    part: plan.parts?.[ordinal] ?? null,
  }));
  await insertSnapshotRecords(tx, [{ snapshot, batch, rows }]);
  if (!plan.open) {
    await closeSnapshot(tx, {
      id: snapshot,
      sha256: hashOf('whole'),
      sizeBytes: 9,
      records: records.length,
      supersede: plan.supersede ?? true,
      isSuspect: () => false,
    });
  }
  return { snapshot, batch, records };
}

/** The document of one record, with what `partial` says. */
export function documentOf(
  brought: Brought,
  ordinal: number,
  partial: Partial<NewDocument> & { readonly copy?: number; readonly part?: string | null } = {},
): NewDocument {
  const { copy = 0, part = null, ...fields } = partial;
  const record = brought.records[ordinal]!;
  return {
    id: documentId({ source: SOURCE, record, copy, recipe: RECIPE, part }),
    source: SOURCE,
    snapshot: brought.snapshot,
    record,
    recipe: RECIPE,
    key: null,
    title: null,
    text: `texte ${ordinal}`,
    language: 'fr',
    passages: [],
    segments: [],
    published: null,
    territory: null,
    places: [],
    gazetteer: '2026',
    url: null,
    encoding: 'utf-8',
    attributes: {},
    findings: [],
    personal: {},
    bands: [],
    fingerprint: hashOf(`texte ${ordinal}`).slice(0, 16),
    ordinal,
    batch: brought.batch,
    week: null,
    territoryForm: null,
    territoryFound: null,
    ...fields,
  };
}

/** A snapshot and its documents, each with its text as it is. */
export async function bringDocuments(
  tx: Tx,
  texts: readonly string[],
  partial: Partial<NewDocument> = {},
): Promise<{ readonly brought: Brought; readonly documents: readonly NewDocument[] }> {
  const brought = await bringSnapshot(tx, { texts });
  const documents = texts.map((text, ordinal) =>
    documentOf(brought, ordinal, { text, fingerprint: hashOf(text).slice(0, 16), ...partial }),
  );
  await insertDocuments(tx, documentRows(documents));
  return { brought, documents };
}

export function annotationOf(document: DocumentId, partial: Partial<Annotation> = {}): Annotation {
  return {
    document,
    codebook: CODEBOOK,
    task: 'tone',
    label: 'positif',
    score: 0.7,
    annotator: 'lexical',
    provisional: true,
    evidence: [],
    ...partial,
  };
}

/** Rows that say who is a near copy of whom. */
export async function bringClusters(
  tx: Tx,
  members: readonly {
    readonly document: DocumentId;
    readonly cluster: DocumentId;
    readonly size: number;
    readonly representative: boolean;
    readonly campaign: boolean;
  }[],
): Promise<void> {
  const rows = members.map(({ document, cluster, ...rest }) => ({
    document: Buffer.from(document, 'hex'),
    cluster: Buffer.from(cluster, 'hex'),
    ...rest,
  }));
  await tx.insertInto('document_cluster').values(rows).execute();
}
