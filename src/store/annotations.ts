// Judgements, appended; the labels that search shows follow them.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Annotation } from '../model/annotation.ts';
import { themeAndTone } from './consensus.ts';
import type { Tx } from './database.ts';
import { jsonText } from './values.ts';

/** Appends annotations; the same judgement twice is kept once. All must be under one codebook version. */
export async function insertAnnotations(tx: Tx, annotations: readonly Annotation[]): Promise<void> {
  const [first] = annotations;
  if (first === undefined) return;
  const evidence = annotations.map((annotation) => jsonText(annotation.evidence));
  await sql`
    insert into annotation (document, id, codebook, task, label, score, annotator, provisional, evidence)
    select decode(document, 'hex'), decode(id, 'hex'), codebook, task, label, score, annotator, provisional, evidence
    from unnest(
      ${annotations.map(({ document }) => document)}::text[],
      ${annotations.map((annotation, position) => annotationId(annotation, evidence[position]!))}::text[],
      ${annotations.map(({ codebook }) => codebook)}::text[],
      ${annotations.map(({ task }) => task)}::text[],
      ${annotations.map(({ label }) => label)}::text[],
      ${annotations.map(({ score }) => score)}::float8[],
      ${annotations.map(({ annotator }) => annotator)}::text[],
      ${annotations.map(({ provisional }) => provisional)}::boolean[],
      ${evidence}::jsonb[]
    ) as given (document, id, codebook, task, label, score, annotator, provisional, evidence)
    on conflict do nothing`.execute(tx);
  const documents = [...new Set(annotations.map(({ document }) => document))];
  const indexed = sql`
    select document_search.document from unnest(${documents}::text[]) as given (id)
    join document_search on document_search.document = decode(given.id, 'hex')`;
  await sql`
    update document_search set theme = labels.theme, tone = labels.tone
    from ${themeAndTone(indexed, first.codebook)} as labels
    where document_search.document = labels.document
      and (document_search.theme, document_search.tone) is distinct from (labels.theme, labels.tone)`.execute(tx);
}

function annotationId(annotation: Annotation, evidence: string): string {
  const { document, codebook, task, label, score, annotator, provisional } = annotation;
  return createHash('sha256')
    .update([document, codebook, task, label, score, annotator, provisional, evidence].join('\0'))
    .digest('hex');
}
