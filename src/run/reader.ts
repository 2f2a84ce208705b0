// What the workbench reads, as one interface: the API knows nothing of the store or of the stages behind it.

import type { Annotation, Consensus } from '../model/annotation.ts';
import type { Passage, Segment } from '../model/document.ts';
import type { Barometer, BarometerFilter, Counting, Interval } from '../model/indicator.ts';
import type { Coverage, Manifest } from '../model/release.ts';
import type { ContextReader } from './context-views.ts';
import type { CopiesReader } from './copy-views.ts';
import type { DocumentPlace, DocumentTerritory } from './place-views.ts';

export const STAGES = ['collect', 'refine', 'annotate', 'govern', 'publish', 'decide'] as const;
export type StageName = (typeof STAGES)[number];

export const RUN_STATES = ['waiting', 'running', 'done', 'partial', 'failed', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Counts reconcile: `received = done + refused + waiting`; those of publish and decide are documents. */
export interface StageState {
  readonly stage: StageName;
  /** `empty` where nothing was ever done. */
  readonly state: 'empty' | RunState;
  readonly received: number;
  readonly done: number;
  readonly refused: number;
  readonly waiting: number;
  readonly lastRun: { readonly id: string; readonly endedAt: string | null } | null;
  /** True where the stage rests on labels that were never measured here. */
  readonly provisional: boolean;
}

export interface SourceState {
  readonly name: string;
  readonly collector: string;
  readonly licence: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly retention: string;
  readonly documents: number;
  /** ISO 8601 UTC, or null where it was never collected. */
  readonly lastCollectedAt: string | null;
  readonly refusals: number;
}

/** A figure measured against a truth file. */
export interface Measurement {
  /** `tone.accuracy`, `theme.accuracy`, `copies.recall`, `personal.recall` … (run/measure.ts). */
  readonly name: string;
  readonly value: number;
  readonly n: number;
  readonly interval: Interval | null;
}

export interface ReleaseSummary {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly publishedAt: string;
  readonly documents: number;
}

export interface Journey {
  readonly organisation: string;
  /** Language the organisation reads the workbench in. */
  readonly language: 'fr' | 'en';
  /** True before anything was collected. */
  readonly empty: boolean;
  /** One entry per stage, in the order of the journey. */
  readonly stages: readonly StageState[];
  readonly coverage: Coverage;
  readonly sources: readonly SourceState[];
  readonly latestRelease: ReleaseSummary | null;
  readonly measurements: readonly Measurement[];
}

export const DIMENSIONS = ['week', 'theme', 'department'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const FACETS = ['source', 'theme', 'tone', 'department', 'language'] as const;
export type Facet = (typeof FACETS)[number];

export interface SearchQuery {
  /** Words in French web-search syntax; empty for all documents. */
  readonly q: string;
  readonly source: string | null;
  readonly theme: string | null;
  readonly tone: string | null;
  readonly department: string | null;
  readonly language: string | null;
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from: string | null;
  readonly to: string | null;
  /** `fold` shows one document per cluster of copies. */
  readonly duplicates: 'fold' | 'all';
  readonly cursor: string | null;
  /** 1 to 200. */
  readonly limit: number;
}

export interface ExcerptSegment {
  readonly text: string;
  readonly match: boolean;
}

export interface SearchItem {
  readonly id: string;
  readonly title: string | null;
  readonly excerpt: readonly ExcerptSegment[];
  readonly source: string;
  /** As precise as known: `2026`, `2026-05`, `2026-05-12`, … */
  readonly published: string | null;
  readonly theme: string | null;
  readonly tone: string | null;
  readonly department: string | null;
  readonly language: string;
  /** Documents in its cluster, itself included; 1 for a text without copies. */
  readonly copies: number;
  readonly provisional: boolean;
}

export interface FacetValue {
  readonly value: string;
  readonly n: number;
}

export interface SearchAnswer {
  readonly total: number;
  readonly items: readonly SearchItem[];
  readonly facets: Readonly<Record<Facet, readonly FacetValue[]>>;
  readonly nextCursor: string | null;
}

/** Evidence is in UTF-16 offsets into the page's `text`. */
export interface DocumentAnnotation extends Omit<Annotation, 'document' | 'codebook' | 'made'> {
  readonly codebook: string;
  readonly at: string | null;
}

export type DocumentConsensus = Omit<Consensus, 'document' | 'spans'>;

export interface Copy {
  readonly id: string;
  readonly title: string | null;
  readonly source: string;
  readonly published: string | null;
  readonly representative: boolean;
}

export interface DocumentCluster {
  /** What `cluster` asks for. */
  readonly id: string;
  readonly size: number;
  /** True where there are so many copies that they look organised. */
  readonly campaign: boolean;
  /** At most 50, this document left out. */
  readonly copies: readonly Copy[];
}

export interface Provenance {
  readonly snapshot: {
    readonly id: string;
    readonly location: string;
    readonly fetchedAt: string;
    readonly sha256: string | null;
    readonly sizeBytes: number | null;
    readonly mediaType: string;
    readonly charset: string | null;
  };
  readonly record: string;
  /** Rank of the record in its snapshot, from 0. */
  readonly ordinal: number;
  /** The source's own identifier. */
  readonly key: string | null;
  readonly encoding: string;
  readonly recipe: { readonly id: string; readonly body: string };
}

export interface DocumentPage {
  readonly id: string;
  readonly source: string;
  readonly title: string | null;
  readonly text: string;
  readonly language: string;
  /** Ideas proposed in the text: none, or two or more that cover it. */
  readonly segments: readonly Segment[];
  /** Parts in another language than the document's. */
  readonly passages: readonly Passage[];
  readonly published: string | null;
  readonly commune: string | null;
  readonly department: string | null;
  readonly territory: DocumentTerritory | null;
  /** Places that title and text name. */
  readonly places: readonly DocumentPlace[];
  readonly url: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly annotations: readonly DocumentAnnotation[];
  readonly consensus: readonly DocumentConsensus[];
  readonly findings: readonly { readonly code: string; readonly at: string; readonly evidence: string }[];
  /** Marks put in the text, by kind of personal data. */
  readonly personal: Readonly<Record<string, number>>;
  readonly cluster: DocumentCluster | null;
  /** The form letter that it fills in, and the part of its words in common with it; null where there is none. */
  readonly model: { readonly id: string; readonly documents: number; readonly share: number } | null;
  readonly provenance: Provenance;
  readonly licence: string;
  readonly legalBasis: string;
  readonly purpose: string;
  readonly retention: string;
  /** Null where the policy has not judged it yet. */
  readonly clearance: { readonly kind: 'cleared' | 'refused'; readonly reasons: readonly string[] } | null;
}

/** What a stage was given and where it went: `total = done + known + refused + empty + failed + left`. */
export interface RunStage {
  readonly stage: StageName;
  /** Null while unknown. */
  readonly total: number | null;
  /** What is new: records kept, documents derived, annotated, cleared, published; cells computed. */
  readonly done: number;
  /** What was there already: records with the same bytes, documents of the same record. */
  readonly known: number;
  /** Dead letters of sources; documents that the policy refuses. */
  readonly refused: number;
  /** Documents without words, or about which every annotator abstained. */
  readonly empty: number;
  /** Of batches that failed as often as they may. */
  readonly failed: number;
  /** Not reached yet, or not reached when the run was stopped. */
  readonly left: number;
}

export interface Remaining {
  readonly seconds: number;
  /** True where a part of what is left was never measured: it will take longer. */
  readonly atLeast: boolean;
}

export interface Run {
  readonly id: string;
  /** The command that started it: `run`, `collect`, … */
  readonly command: string;
  readonly state: RunState;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly stages: readonly RunStage[];
  /** Code of what stopped it (model/error.ts). */
  readonly error: string | null;
}

export interface RunEvent {
  /** Rises by run; what `Last-Event-ID` names. */
  readonly seq: number;
  readonly at: string;
  readonly kind: 'started' | 'progress' | 'ended';
  /** The run's state once this event happened. */
  readonly state: RunState;
  /** Every stage begun so far. */
  readonly stages: readonly RunStage[];
  /** Time to the end, from the speed seen and past runs; null where nothing tells. */
  readonly remaining: Remaining | null;
}

export interface CodebookTitles {
  readonly version: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly title: { readonly fr: string; readonly en: string };
    readonly none: string | null;
    readonly categories: readonly {
      readonly id: string;
      readonly title: { readonly fr: string; readonly en: string };
    }[];
  }[];
}

export interface ReleaseDetail extends ReleaseSummary {
  readonly manifest: Manifest;
}

export interface ReleaseContent {
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Every method throws DataSensError `store-unavailable` when the store cannot be reached; absent things are null. */
export interface Reader extends CopiesReader, ContextReader {
  journey(): Promise<Journey>;
  /** Null before a first release. Cells hold null in the dimensions that `by` leaves out. */
  barometer(filter: BarometerFilter, counting: Counting, by: readonly Dimension[]): Promise<Barometer | null>;
  /** Throws DataSensError `usage` for a cursor that it did not give. */
  search(query: SearchQuery): Promise<SearchAnswer>;
  document(id: string): Promise<DocumentPage | null>;
  codebook(): Promise<CodebookTitles | null>;
  /** Newest first, at most 100. */
  runs(): Promise<readonly Run[]>;
  run(id: string): Promise<Run | null>;
  /** Events whose `seq` is above `after`, in order, at most 500; the last of a finished run is of kind `ended`. */
  runEvents(id: string, after: number): Promise<readonly RunEvent[]>;
  /** Calls `onEvent` after each recording of new events, until the signal aborts; spurious calls are allowed. */
  subscribe(id: string, onEvent: () => void, signal: AbortSignal): Promise<void>;
  /** Newest first. */
  releases(): Promise<readonly ReleaseDetail[]>;
  /** Null for a path that the release's manifest does not list. */
  releaseFile(id: string, path: string): Promise<ReleaseContent | null>;
}
