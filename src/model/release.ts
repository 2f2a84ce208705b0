// An immutable published version: rows that were cleared, files with sha256, and what is needed to check them.

import type { DocumentId, ReleaseId } from './identity.ts';
import type { JsonObject } from './json.ts';

/** One row of a release; column order is the files' column order. Null is an empty cell. */
export interface ReleaseRow {
  readonly document: DocumentId;
  readonly source: string;
  /** The source's own identifier. */
  readonly key: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly language: string;
  readonly published: string | null;
  readonly publishedPrecision: string | null;
  /** Monday of the ISO week of publication, `YYYY-MM-DD`; null where the day is unknown. */
  readonly week: string | null;
  readonly commune: string | null;
  readonly epci: string | null;
  readonly department: string | null;
  readonly region: string | null;
  /** What decided of the territory. */
  readonly territoryRule: string | null;
  /** Year of the official gazetteer that these codes are of. */
  readonly gazetteer: string | null;
  readonly theme: string | null;
  readonly themeScore: number | null;
  readonly tone: string | null;
  readonly toneScore: number | null;
  /** What was decided of the codebook's other tasks, and every label of a task of several; nothing where nobody decided. */
  readonly labels: Readonly<Record<string, string | readonly string[]>>;
  readonly annotators: string;
  readonly provisional: boolean;
  /** Id of the cluster of copies (its smallest document id), null for a text without copies. */
  readonly cluster: DocumentId | null;
  readonly clusterSize: number;
  /** True for the one document of each cluster that deduplicated figures count. */
  readonly representative: boolean;
  readonly url: string | null;
  readonly licence: string;
  /** Columns the settings name as attributes, as canonical JSON. */
  readonly attributes: string;
  readonly record: string;
  readonly recipe: string;
}

export interface ReleaseFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

/** What every figure must carry: how many documents are left after each step, and why others are not. */
export interface Coverage {
  readonly collected: number;
  readonly readable: number;
  readonly distinct: number;
  readonly annotated: number;
  /** Documents judged by at least one person. */
  readonly validated: number;
  readonly published: number;
  /** Documents refused, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** Labels that are not published because of what was measured of them, and what it would take. */
export interface Withheld {
  readonly task: string;
  /** Null for every label of the task. */
  readonly label: string | null;
  /** Too few documents read at random; people do not agree; too often wrong; or measured on too few. */
  readonly reason: 'people' | 'agreement' | 'precision' | 'unmeasured';
  readonly measured: number | null;
  readonly bar: number;
  /** Cases that `measured` rests on. */
  readonly n: number;
  /** Readings drawn at random that are wanting to conclude, or about; null where more readings would not change it by themselves. */
  readonly missing: number | null;
}

/** A column of labels beside those that every release has. */
export interface LabelColumn {
  /** Name in the files. */
  readonly name: string;
  /** Task of the codebook. */
  readonly task: string;
  /** A list holds every label that was decided, sorted, and is never empty. */
  readonly type: 'text' | 'list';
}

export interface Manifest {
  readonly format: 'datasens-release@1';
  readonly name: string;
  readonly organisation: string;
  readonly title: string;
  readonly documents: number;
  readonly files: readonly ReleaseFile[];
  readonly coverage: Coverage;
  readonly sources: readonly JsonObject[];
  readonly codebook: JsonObject | null;
  readonly policy: JsonObject;
  readonly recipe: JsonObject;
  /** Where bars are set: the evaluation that they were held against, the bars, and what they keep back. */
  readonly measured?: {
    readonly evaluation: string;
    readonly require: JsonObject;
    readonly withheld: readonly Withheld[];
  };
  /** Absent where the codebook has no other task than a theme and a tone of one label each. */
  readonly labels?: readonly LabelColumn[];
  /** Version of DataSens that wrote it. */
  readonly generator: string;
  /** Series of the `context` files; absent where there are none. */
  readonly context?: readonly JsonObject[];
}

export interface Release {
  readonly id: ReleaseId;
  readonly manifest: Manifest;
}
