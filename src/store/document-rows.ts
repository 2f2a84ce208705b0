// Documents as the rows that are stored, made where the documents are: in a worker thread. No I/O.

import type { Document } from '../model/document.ts';
import type { BatchId } from '../model/identity.ts';
import type { FoundTerritory } from '../model/territory.ts';
import { bytesColumn, type Column, integerColumn, jsonColumn, textColumn, uuidColumn } from './columns.ts';
import { storable, storableOrNull } from './values.ts';

export type NewDocument = Document & {
  /** Rank of its record in the snapshot. */
  readonly ordinal: number;
  readonly batch: BatchId;
  /** Monday of the ISO week of publication, or null. */
  readonly week: string | null;
  /** The written form of a place that decided of its territory, or null. */
  readonly territoryForm: string | null;
  /** What the resolver found, where a person's word stands instead. */
  readonly territoryFound: FoundTerritory | null;
};

/** Rows of `document`, a column each. Their bytes may be handed to another thread. */
export interface DocumentRows {
  readonly count: number;
  readonly id: Column;
  readonly source: Column;
  readonly snapshot: Column;
  readonly ordinal: Column;
  readonly record: Column;
  readonly recipe: Column;
  readonly key: Column;
  readonly title: Column;
  readonly text: Column;
  readonly language: Column;
  readonly published: Column;
  readonly publishedPrecision: Column;
  readonly week: Column;
  readonly commune: Column;
  readonly department: Column;
  readonly territoryRule: Column;
  readonly epci: Column;
  readonly region: Column;
  readonly territoryRole: Column;
  /** As text: numbers have no null here. */
  readonly territoryScore: Column;
  /** Arrays as text. */
  readonly territoryCandidates: Column;
  readonly gazetteer: Column;
  readonly places: Column;
  readonly url: Column;
  readonly encoding: Column;
  readonly attributes: Column;
  readonly findings: Column;
  readonly personal: Column;
  /** Those of all documents, one after the other. */
  readonly bands: Column;
  /** First and last of a document's among them, from 1; the last is before the first where it has none. */
  readonly firstBand: Column;
  readonly lastBand: Column;
  readonly fingerprint: Column;
  readonly batch: Column;
  readonly segments: Column;
  readonly passages: Column;
  readonly territoryForm: Column;
  readonly territoryFound: Column;
}

/** Pure; what text and jsonb cannot hold is replaced (`storable`). */
export function documentRows(documents: readonly NewDocument[]): DocumentRows {
  const values = <Value>(read: (document: NewDocument) => Value) => documents.map(read);
  let last = 0;
  const lastBands = documents.map(({ bands }) => {
    last += bands.length;
    return last;
  });
  return {
    count: documents.length,
    id: bytesColumn(values(({ id }) => id)),
    source: textColumn(values(({ source }) => source)),
    snapshot: uuidColumn(values(({ snapshot }) => snapshot)),
    ordinal: integerColumn(values(({ ordinal }) => ordinal)),
    record: bytesColumn(values(({ record }) => record)),
    recipe: bytesColumn(values(({ recipe }) => recipe)),
    key: textColumn(values(({ key }) => storableOrNull(key))),
    title: textColumn(values(({ title }) => storableOrNull(title))),
    text: textColumn(values(({ text }) => storable(text))),
    language: textColumn(values(({ language }) => language)),
    published: textColumn(values(({ published }) => published?.value ?? null)),
    publishedPrecision: textColumn(values(({ published }) => published?.precision ?? null)),
    week: textColumn(values(({ week }) => week)),
    commune: textColumn(values(({ territory }) => territory?.commune ?? null)),
    department: textColumn(values(({ territory }) => territory?.department ?? null)),
    territoryRule: textColumn(values(({ territory }) => territory?.rule ?? null)),
    epci: textColumn(values(({ territory }) => territory?.epci ?? null)),
    region: textColumn(values(({ territory }) => territory?.region ?? null)),
    territoryRole: textColumn(values(({ territory }) => territory?.role ?? null)),
    territoryScore: textColumn(values(({ territory }) => territory?.score.toString() ?? null)),
    territoryCandidates: textColumn(values(({ territory }) => `{${territory?.candidates.join(',') ?? ''}}`)),
    gazetteer: textColumn(values(({ gazetteer }) => gazetteer)),
    places: jsonColumn(values(({ places }) => places)),
    url: textColumn(values(({ url }) => storableOrNull(url))),
    encoding: textColumn(values(({ encoding }) => encoding)),
    attributes: jsonColumn(values(({ attributes }) => attributes)),
    findings: jsonColumn(values(({ findings }) => findings)),
    personal: jsonColumn(values(({ personal }) => personal)),
    bands: integerColumn(documents.flatMap(({ bands }) => bands.map((band) => band | 0))),
    firstBand: integerColumn(documents.map(({ bands }, at) => lastBands[at]! - bands.length + 1)),
    lastBand: integerColumn(lastBands),
    fingerprint: bytesColumn(values(({ fingerprint }) => fingerprint)),
    batch: uuidColumn(values(({ batch }) => batch)),
    segments: jsonColumn(values(({ segments }) => someOf(segments))),
    passages: jsonColumn(values(({ passages }) => someOf(passages))),
    territoryForm: textColumn(values(({ territoryForm }) => storableOrNull(territoryForm))),
    territoryFound: jsonColumn(values(({ territoryFound }) => territoryFound ?? undefined)),
  };
}

/** None is no value at all: most texts have none. */
function someOf(parts: readonly unknown[]): readonly unknown[] | undefined {
  return parts.length === 0 ? undefined : parts;
}
