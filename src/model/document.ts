// Text and fields derived from one record of a snapshot by one recipe.

import type { Finding } from './finding.ts';
import type { DocumentId, RecipeId, RecordId, SnapshotId, SourceName } from './identity.ts';
import type { PersonalKind, PersonalSpan } from './personal.ts';
import type { PlaceMention, Territory } from './territory.ts';

export type DatePrecision = 'year' | 'month' | 'day' | 'minute';

export interface DocumentDate {
  /** ISO 8601, as precise as known: `2026`, `2026-05`, `2026-05-12`, `2026-05-12T08:30+02:00`. */
  readonly value: string;
  readonly precision: DatePrecision;
}

/** A part of a document's text; UTF-16 offsets, `end` is exclusive. */
export interface Segment {
  readonly start: number;
  readonly end: number;
}

/** A part in a language of its own. */
export interface Passage extends Segment {
  /** ISO 639-1 code, 639-3 where there is none. */
  readonly language: string;
}

/** What refine makes of one item, the words still as the citizen wrote them: never stored, never annotated. */
export interface Refined {
  readonly title: string | null;
  readonly text: string;
  readonly language: string;
  /** Parts of `text` in another language than the document's; every part where that is `mul`. */
  readonly passages: readonly Passage[];
  readonly published: DocumentDate | null;
  readonly url: string | null;
  /** Charset the bytes were read in, with `+mojibake` where a double encoding was undone. */
  readonly encoding: string;
  readonly findings: readonly Finding[];
  /** Spans of `text`, sorted, not overlapping. */
  readonly personal: readonly PersonalSpan[];
  /** Names the source gives for the authors: looked for in title and attributes, never stored. */
  readonly authors: readonly string[];
}

/** The document as it is stored and read by people and models: personal data replaced by marks. */
export interface Document {
  readonly id: DocumentId;
  readonly source: SourceName;
  readonly snapshot: SnapshotId;
  readonly record: RecordId;
  readonly recipe: RecipeId;
  /** The source's own identifier, or null. */
  readonly key: string | null;
  readonly title: string | null;
  readonly text: string;
  /** ISO 639-1 code (639-3 where there is none), `mul` for several languages, or `und`. */
  readonly language: string;
  /** Parts in another language than the document's; every part where that is `mul`. */
  readonly passages: readonly Passage[];
  /** Where the text may pass from one idea to the next: nothing, or two or more parts that cover it. */
  readonly segments: readonly Segment[];
  readonly published: DocumentDate | null;
  readonly territory: Territory | null;
  /** Places that title and text name; at most 40. */
  readonly places: readonly PlaceMention[];
  /** Year of the official gazetteer that codes of places are of. */
  readonly gazetteer: string;
  readonly url: string | null;
  readonly encoding: string;
  /** Columns that the settings name as attributes, personal data replaced. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  readonly personal: Readonly<Partial<Record<PersonalKind, number>>>;
  /** 32-bit hashes it is looked for by: bands of its MinHash signature, then anchors of its passages; none for a short text. */
  readonly bands: readonly number[];
  /** Hexadecimal 64-bit hash of the normalised text: equal for exact copies. */
  readonly fingerprint: string;
}
