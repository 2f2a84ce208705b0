// What travels between the main thread and the thread that trains: texts as they are read, then what became of them.

import type { MarkedText } from '../annotate/student/sequence-training.ts';
import type { HeldOutText } from '../annotate/student/training.ts';
import type { Example } from '../annotate/student/training-set.ts';
import type { TaskKind } from '../model/codebook.ts';
import type { JsonObject } from '../model/json.ts';

export interface TrainingTask {
  readonly task: string;
  readonly kind: TaskKind;
  readonly codebook: string;
  readonly labels: readonly string[];
  /** Of a task of labels. */
  readonly precision: number | null;
  /** People's texts that each label must have. */
  readonly leastLabels: number;
  /** Of a task of spans: where the texts come from, and the artefact of the tagger that judges now. */
  readonly from: 'people' | 'file';
  readonly inForce: Uint8Array | null;
}

/** Marked in a text, or labelled as a whole, by the kind of the task. */
export type TrainingText = Example | MarkedText;

export type ToTrainer =
  | { readonly kind: 'examples'; readonly examples: readonly TrainingText[] }
  | { readonly kind: 'train' };

export interface Missing {
  /** Null: texts of any label. */
  readonly label: string | null;
  readonly missing: number;
}

export type Learned =
  | { readonly kind: 'missing'; readonly missing: readonly Missing[] }
  | {
      readonly kind: 'trained';
      readonly bytes: Uint8Array;
      readonly digest: string;
      readonly head: JsonObject;
      readonly heldOut: readonly HeldOutText[];
      /** Texts that found no room. */
      readonly leftOut: number;
      /** Who else judged people's texts in the thread: by name, labels by text. */
      readonly others: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
    };

export type FromTrainer = { readonly kind: 'ready' } | { readonly kind: 'progress'; readonly share: number } | Learned;

/** What learns one kind of task: given texts one by one, then asked once. */
export interface Learner<Text> {
  add(text: Text): void;
  learn(progress: (share: number) => void): Learned;
}
