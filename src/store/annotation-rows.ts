// Annotations as the rows that are stored, made where the annotations are: in a worker thread. No I/O.

import { hash } from 'node:crypto';
import type { Annotation } from '../model/annotation.ts';
import type { CodebookVersion } from '../model/identity.ts';
import { canonicalJson } from '../model/json.ts';
import { booleanColumn, bytesColumn, type Column, floatColumn, jsonColumn, textColumn } from './columns.ts';
import { jsonText } from './values.ts';

/** Rows of `annotation`, a column each. Their bytes may be handed to another thread. */
export interface AnnotationRows {
  readonly count: number;
  /** Of every row; null where there is none. */
  readonly codebook: CodebookVersion | null;
  readonly document: Column;
  readonly id: Column;
  readonly task: Column;
  readonly label: Column;
  readonly score: Column;
  readonly annotator: Column;
  readonly provisional: Column;
  readonly evidence: Column;
  /** Joined by commas, which no category id holds; null where the task has one label. */
  readonly labels: Column;
  readonly made: Column;
}

/** Pure. All must be under one codebook version. */
export function annotationRows(annotations: readonly Annotation[]): AnnotationRows {
  const values = <Value>(read: (annotation: Annotation) => Value) => annotations.map(read);
  return {
    count: annotations.length,
    codebook: annotations[0]?.codebook ?? null,
    document: bytesColumn(values(({ document }) => document)),
    id: bytesColumn(values(annotationId)),
    task: textColumn(values(({ task }) => task)),
    label: textColumn(values(({ label }) => label)),
    score: floatColumn(values(({ score }) => score)),
    annotator: textColumn(values(({ annotator }) => annotator)),
    provisional: booleanColumn(values(({ provisional }) => provisional)),
    evidence: jsonColumn(values(({ evidence }) => evidence)),
    labels: textColumn(values(({ labels }) => labels?.join(',') ?? null)),
    made: jsonColumn(values(({ made }) => made)),
  };
}

function annotationId(annotation: Annotation): string {
  const { document, codebook, task, label, score, annotator, provisional, evidence, labels, made } = annotation;
  const head = [document, codebook, task, label, score, annotator, provisional];
  if (labels === undefined && made === undefined) return hash('sha256', [...head, jsonText(evidence)].join('\0'));
  // What was kept comes back with its keys in another order: the same judgement has one spelling.
  const rest = canonicalJson(JSON.parse(jsonText([evidence, labels ?? null, made ?? null])));
  return hash('sha256', [...head, rest].join('\0'));
}
