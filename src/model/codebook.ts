// Versioned categories with definitions, inclusions, exclusions and examples.

import type { CodebookVersion } from './identity.ts';

export interface Category {
  /** Stable ASCII id, e.g. `ecologie`. */
  readonly id: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly definition: string;
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
  readonly examples: readonly string[];
  /** Of a task of themes: terms by weight. A text whose terms add up to 1 is given the category. */
  readonly terms?: Readonly<Record<string, number>>;
}

/**
 * `one-label` exactly one category; `several-labels` any number; `scale` one, the categories being in order; `spans` pieces
 * of the text, each of a category (an annotation's evidence); `themes` several labels whose categories people accept from
 * proposals.
 */
export type TaskKind = 'one-label' | 'several-labels' | 'scale' | 'spans' | 'themes';

export interface Task {
  /** `theme`, `tone`, … */
  readonly id: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly kind: TaskKind;
  readonly categories: readonly Category[];
  /** The category for texts that fit none, or null. */
  readonly none: string | null;
  /** True where an annotator may abstain. */
  readonly abstention: boolean;
}

/** The word of a mapping for what the new version has no place for. Never a category. */
export const DROPPED = 'drop';

/** What becomes of the labels of an earlier version. A label that is not named keeps its id, where that is still there. */
export interface Mapping {
  /** `name@version` of the same codebook. */
  readonly from: CodebookVersion;
  /** By task of the earlier version: old label → new label or `drop`; `drop` alone for a task that is no longer there. */
  readonly tasks: Readonly<Record<string, typeof DROPPED | Readonly<Record<string, string>>>>;
}

export interface Codebook {
  readonly name: string;
  readonly version: number;
  readonly title: { readonly fr: string; readonly en: string };
  readonly tasks: readonly Task[];
  readonly mapping?: Mapping;
}

/** The identity annotations keep: `name@version`. */
export function codebookVersion(codebook: Codebook): CodebookVersion {
  return `${codebook.name}@${codebook.version}` as CodebookVersion;
}
