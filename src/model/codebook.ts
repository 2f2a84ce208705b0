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

export interface Task {
  /** `theme`, `tone`, … */
  readonly id: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly kind: 'one-label';
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
