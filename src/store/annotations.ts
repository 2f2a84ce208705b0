// Judgements, appended; the labels that search shows follow them.

import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Annotation } from '../model/annotation.ts';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { readLabels } from './labels.ts';
import { bytesOf, jsonText } from './values.ts';

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
  await refreshIndexedLabels(tx, [...new Set(annotations.map(({ document }) => document))], first.codebook);
}

async function refreshIndexedLabels(
  tx: Tx,
  documents: readonly DocumentId[],
  codebook: CodebookVersion,
): Promise<void> {
  const { rows } = await sql<{ document: Buffer }>`
    select document from document_search where document = any (${documents.map(bytesOf)}::bytea[])`.execute(tx);
  if (rows.length === 0) return;
  const indexed = rows.map((row) => row.document.toString('hex') as DocumentId);
  const labels = await readLabels(tx, indexed, codebook);
  await sql`
    update document_search as held set theme = given.theme, tone = given.tone
    from unnest(
      ${indexed}::text[],
      ${indexed.map((document) => labels(document).theme?.label ?? null)}::text[],
      ${indexed.map((document) => labels(document).tone?.label ?? null)}::text[]
    ) as given (document, theme, tone)
    where held.document = decode(given.document, 'hex')
      and (held.theme, held.tone) is distinct from (given.theme, given.tone)`.execute(tx);
}

function annotationId(annotation: Annotation, evidence: string): string {
  const { document, codebook, task, label, score, annotator, provisional } = annotation;
  return hash('sha256', [document, codebook, task, label, score, annotator, provisional, evidence].join('\0'));
}
