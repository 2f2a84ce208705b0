// One judgement by one annotator on one document under one codebook version; append-only. Consensus is computed.

import type { CodebookVersion, DocumentId } from './identity.ts';
import type { JsonObject } from './json.ts';

/** The label of an annotator that declines to judge. Never a category. */
export const ABSTAINED = 'abstention';

/** The label of somebody that takes back what they said before: nothing is erased, and nothing is left to count. */
export const WITHDRAWN = 'withdrawn';

export interface Evidence {
  /** UTF-16 offsets into the stored document's text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Category the words speak for. */
  readonly label: string;
  /** How much, signed: negative where a negation turned it. */
  readonly weight: number;
}

export interface Annotation {
  readonly document: DocumentId;
  readonly codebook: CodebookVersion;
  readonly task: string;
  /** A category id of the task, or `abstention`, or `withdrawn`. */
  readonly label: string;
  /** Of a task of several labels: every category given, sorted; `label` is the first. Absent from other tasks. */
  readonly labels?: readonly string[];
  /** Confidence in [0, 1]; not calibrated where the annotator is provisional. */
  readonly score: number;
  /** `lexical`, `lucie`, or a person's pseudonymous id, `person:…`. */
  readonly annotator: string;
  /** True where the annotator was never measured on this corpus. */
  readonly provisional: boolean;
  readonly evidence: readonly Evidence[];
  /**
   * How it came to be: model, prompt and parameters of a machine; queue, blindness and seconds of a person. Never words of the
   * text. What differs here is another judgement: of several by one annotator, the last to come is the one that counts.
   */
  readonly made?: JsonObject;
}

export interface Consensus {
  readonly document: DocumentId;
  readonly task: string;
  readonly label: string;
  /** Of a task of several labels: every label decided, sorted; `label` is the one most gave. Absent from other tasks. */
  readonly labels?: readonly string[];
  /** Of a task of spans, where evidence was read: the pieces decided, in order of the text. Absent from other tasks. */
  readonly spans?: readonly Omit<Evidence, 'weight'>[];
  readonly score: number;
  /** Share of the annotators that gave this label, abstentions excluded. */
  readonly agreement: number;
  readonly annotators: readonly string[];
  readonly provisional: boolean;
}

/** People are written `person:<pseudonymous id>`, as in acts; every other annotator is a machine. */
export function isPerson(annotator: string): boolean {
  return annotator.startsWith('person:');
}
