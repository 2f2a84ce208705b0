// What the workbench does to sources, as one interface: the API knows nothing of the settings file or of the store.

import type { ErrorCode } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { PersonId } from '../model/person.ts';

/** A collector as its own schema describes it. */
export interface CatalogueEntry {
  readonly name: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly description: { readonly fr: string; readonly en: string };
  /** JSON Schema of what stands under `with`. */
  readonly schema: JsonObject;
  readonly example: JsonObject;
  /** True where it reads files of the project. */
  readonly local: boolean;
}

export interface Catalogue {
  readonly collectors: readonly CatalogueEntry[];
  readonly licences: readonly { readonly id: string; readonly title: string; readonly reuse: boolean }[];
}

/** A file of the project that a source may name. */
export interface InputFile {
  /** Relative to the project. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: string;
}

export interface Rhythm {
  /** Three instants; none where it is not understood. */
  readonly next: readonly string[];
  readonly problem: { readonly fr: string; readonly en: string } | null;
}

export const HEALTH_STATES = ['ok', 'late', 'failing', 'quarantined', 'never', 'paused'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

export interface SourceFailure {
  readonly code: string;
  /** In English, written by the program; null where only the code was kept. */
  readonly message: string | null;
  readonly remedy: string | null;
}

export interface SourceHealth {
  readonly state: HealthState;
  readonly lastSuccessAt: string | null;
  readonly lastAttemptAt: string | null;
  /** Seconds since the last success. */
  readonly lagSeconds: number | null;
  /** Share in [0, 1] of the last attempts (20 at most) that failed; null before the first. */
  readonly errorRate: number | null;
  readonly attempts: number;
  /** Dead letters that are open. */
  readonly refusals: number;
  /** Of the last attempt, where it failed. */
  readonly failure: SourceFailure | null;
}

export interface SourceCard {
  readonly name: string;
  readonly title: string | null;
  readonly collector: string;
  readonly licence: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly retention: string;
  readonly approver: string | null;
  readonly territory: string | null;
  /** As the settings say it; null where it is only collected by hand. */
  readonly every: string | null;
  readonly paused: boolean;
  /** Next three instants; empty where there are none. */
  readonly nextRuns: readonly string[];
  readonly records: number;
  readonly health: SourceHealth;
}

/** One collection of a source. */
export interface Attempt {
  readonly at: string;
  readonly run: string | null;
  readonly outcome: 'done' | 'partial' | 'failed' | 'stopped';
  readonly records: number;
  readonly newRecords: number;
  readonly refusals: number;
  readonly seconds: number | null;
  readonly failure: SourceFailure | null;
}

/** What the next collection should cost, from those that brought something. */
export interface Estimate {
  /** Collections it rests on. */
  readonly runs: number;
  readonly records: number;
  readonly sizeBytes: number;
  readonly seconds: number;
}

export interface SourcePage extends SourceCard {
  /** What stands under `with`. */
  readonly config: JsonObject;
  /** Newest first, at most 20. */
  readonly history: readonly Attempt[];
  /** Null without history. */
  readonly estimate: Estimate | null;
  /** Of the settings file; sent back with a change. */
  readonly etag: string;
}

export interface TriedDraft {
  readonly collector: string;
  readonly with: JsonObject;
  readonly territory?: string | undefined;
}

export interface SourceDraft extends TriedDraft {
  readonly title?: string | undefined;
  readonly licence: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly retention: string;
  readonly approver?: string | undefined;
  readonly every?: string | undefined;
  readonly paused?: boolean | undefined;
}

export const PROBLEM_CODES = [
  'missing', // the field has no value
  'invalid', // its value is not one that is taken
  'unknown', // there is no such field
  'secret', // a secret written in clear
  'outside', // a path out of the project
  'approver', // nobody is said to have approved
  'licence', // no licence is called so
  'retention', // not a duration
  'taken', // another source has this name
  'settings', // the file as it would be written has another mistake
] as const;

export interface DraftProblem {
  readonly code: (typeof PROBLEM_CODES)[number];
  /** JSON pointer into the draft; empty where the mistake is elsewhere in the settings. */
  readonly field: string;
  /** Line of datasens.yaml as it would be written; null before it would be. */
  readonly line: number | null;
  readonly message: string;
}

export interface Invalid {
  readonly kind: 'invalid';
  readonly problems: readonly DraftProblem[];
}

export type TestResult =
  | Invalid
  | { readonly kind: 'answered'; readonly records: number; readonly location: string | null; readonly seconds: number }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly remedy: string | null };

export interface PreviewColumn {
  readonly name: string;
  /** Roles that the collector gives it: text, title, date … */
  readonly roles: readonly string[];
  /** Share of the records read that fill it. */
  readonly filled: number;
  /** Personal data found, by kind. */
  readonly personal: Readonly<Record<string, number>>;
}

/** What the collector makes of the first records. Personal data is masked everywhere. */
export interface Preview {
  readonly kind: 'read';
  readonly location: string;
  readonly mediaType: string;
  readonly charset: string | null;
  readonly format: string | null;
  readonly delimiter: string | null;
  readonly quote: string | null;
  /** False where the reading was stopped by its limit of time. */
  readonly settled: boolean;
  readonly records: number;
  readonly columns: readonly PreviewColumn[];
  /** Cells in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** Columns by role, where the collector maps columns; null elsewhere. */
  readonly mapping: Readonly<Record<string, readonly string[]>> | null;
  readonly documents: readonly PreviewDocument[];
  /** In all that was read, by kind. */
  readonly personal: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  readonly findings: Readonly<Record<string, number>>;
  readonly refusals: readonly RefusedPart[];
}

export interface PreviewDocument {
  readonly title: string | null;
  readonly excerpt: string;
  readonly language: string;
  readonly published: string | null;
  readonly department: string | null;
}

export interface RefusedPart {
  readonly location: string;
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

export type PreviewResult = Invalid | Preview | Extract<TestResult, { readonly kind: 'failed' }>;

export interface DeadLetter extends RefusedPart {
  readonly id: string;
  readonly run: string;
  readonly refusedAt: string;
  /** When its place was read again, or a person put it aside; null while it is open. */
  readonly resolvedAt: string | null;
}

export type SaveResult = Invalid | { readonly kind: 'saved'; readonly etag: string };

/** Every method throws DataSensError; unknown sources are `not-found`, a changed settings file is `locked`. */
export interface SourceDesk {
  catalogue(): Promise<Catalogue>;
  /** Files below inputs/, by name, at most 500. */
  inputs(): Promise<readonly InputFile[]>;
  /** When a rhythm falls next, or what is not understood of it. */
  rhythm(every: string): Rhythm;
  list(): Promise<{ readonly etag: string; readonly sources: readonly SourceCard[] }>;
  get(name: string): Promise<SourcePage | null>;
  /** Reaches the place and stops at the first record. Stores nothing. */
  test(draft: TriedDraft, signal: AbortSignal): Promise<TestResult>;
  /** Reads up to 20 records. Stores nothing. */
  preview(draft: TriedDraft, signal: AbortSignal): Promise<PreviewResult>;
  /** Adds or replaces a source, as an act of `by`. `etag` is the one of the settings that the reader saw. */
  save(
    name: string,
    draft: SourceDraft,
    seen: { readonly etag: string; readonly isNew: boolean; readonly by: PersonId },
  ): Promise<SaveResult>;
  setPaused(name: string, paused: boolean, by: PersonId): Promise<SaveResult>;
  /** A paused copy under another name. */
  duplicate(name: string, copy: string, by: PersonId): Promise<SaveResult>;
  /** Newest first, 50 at a time. */
  refusals(
    name: string,
    page: { readonly open: boolean; readonly cursor: string | null },
  ): Promise<{ readonly items: readonly DeadLetter[]; readonly nextCursor: string | null }>;
}
