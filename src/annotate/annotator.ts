// The seam where annotators attach: one file of annotators/ is one annotator.

import type { z } from 'zod';
import type { Annotation } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import type { Document } from '../model/document.ts';

/** What an annotator reads of a document: personal data is already replaced by marks. */
export type AnnotatedDocument = Pick<Document, 'id' | 'title' | 'text' | 'language'>;

export interface PreparedAnnotator {
  /**
   * Judges one document: at most one annotation per task of the codebook, none for tasks it knows nothing of. Never
   * throws on any text. A promise where the judgement comes from elsewhere (a model endpoint).
   */
  annotate(document: AnnotatedDocument): readonly Annotation[] | Promise<readonly Annotation[]>;
}

export interface Annotator<Config = unknown> {
  /** The name of its file, written on every annotation. */
  readonly name: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly description: { readonly fr: string; readonly en: string };
  /** Refuses unknown keys. */
  readonly config: z.ZodType<Config>;
  /** A valid configuration, shown by `datasens explain`. */
  readonly example: unknown;
  /** True where its judgements were never measured on the corpus at hand. */
  readonly provisional: boolean;
  /** Reads what it needs once (lexicons, weights); annotates many documents after. */
  prepare(codebook: Codebook, config: Config): PreparedAnnotator | Promise<PreparedAnnotator>;
}

/** Declares an annotator; the file's default export. */
export function defineAnnotator<Config>(annotator: Annotator<Config>): Annotator<Config> {
  return annotator;
}
