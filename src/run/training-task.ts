// What travels between the main thread and the thread that trains: texts as they are read, then what became of them.

import type { LinearKind } from '../annotate/student/decision.ts';
import type { HeldOutText } from '../annotate/student/training.ts';
import type { Example } from '../annotate/student/training-set.ts';
import type { JsonObject } from '../model/json.ts';

export interface TrainingTask {
  readonly task: string;
  readonly kind: LinearKind;
  readonly codebook: string;
  readonly labels: readonly string[];
  readonly precision: number | null;
  /** People's texts that each label must have. */
  readonly leastLabels: number;
}

export type ToTrainer =
  | { readonly kind: 'examples'; readonly examples: readonly Example[] }
  | { readonly kind: 'train' };

export type FromTrainer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'missing'; readonly missing: readonly { readonly label: string; readonly missing: number }[] }
  | {
      readonly kind: 'trained';
      readonly bytes: Uint8Array;
      readonly digest: string;
      readonly head: JsonObject;
      readonly heldOut: readonly HeldOutText[];
      /** Texts that found no room. */
      readonly leftOut: number;
    };
