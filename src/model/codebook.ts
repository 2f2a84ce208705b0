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

export interface Codebook {
  readonly name: string;
  readonly version: number;
  readonly title: { readonly fr: string; readonly en: string };
  readonly tasks: readonly Task[];
}

/** The identity annotations keep: `name@version`. */
export function codebookVersion(codebook: Codebook): CodebookVersion {
  return `${codebook.name}@${codebook.version}` as CodebookVersion;
}
