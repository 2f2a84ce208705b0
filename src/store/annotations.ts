// Judgements, appended; the labels that search shows follow them.

import { sql } from 'kysely';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import { TERRITORY_CODEBOOK } from '../model/territory.ts';
import type { AnnotationRows } from './annotation-rows.ts';
import type { Column } from './columns.ts';
import type { Tx } from './database.ts';
import { readLabels, spellThemes } from './labels.ts';

/**
 * Appends annotations; the same judgement twice is kept once. A machine that comes back to what it said before it changed its
 * mind says it again: the last to come counts. Safe to repeat.
 */
export async function insertAnnotations(tx: Tx, rows: AnnotationRows): Promise<void> {
  if (rows.codebook === null) return;
  const { numAffectedRows } = await sql`
    insert into annotation (document, id, codebook, task, label, score, annotator, provisional, evidence, labels, made)
    select document, id, ${rows.codebook}::text, task, label, score, annotator, provisional, evidence,
      string_to_array(labels, ','), made
    from unnest(
      ${rows.document}::bytea[],
      ${rows.id}::bytea[],
      ${rows.task}::text[],
      ${rows.label}::text[],
      ${rows.score}::float8[],
      ${rows.annotator}::text[],
      ${rows.provisional}::boolean[],
      ${rows.evidence}::jsonb[],
      ${rows.labels}::text[],
      ${rows.made}::jsonb[]
    ) as given (document, id, task, label, score, annotator, provisional, evidence, labels, made)
    on conflict do nothing`.execute(tx);
  if (numAffectedRows !== BigInt(rows.count)) await repeatAnnotations(tx, rows);
  // What people say of places is no label of a codebook.
  if (rows.codebook !== TERRITORY_CODEBOOK) await refreshIndexedLabels(tx, rows.document, rows.codebook);
}

/**
 * Of judgements that are kept already, those of machines that said otherwise since, under an id of their own: what they say and
 * what they follow. One that is the last already, by itself or repeated, is left.
 */
async function repeatAnnotations(tx: Tx, { document, id }: AnnotationRows): Promise<void> {
  await sql`
    insert into annotation
      (document, id, codebook, task, label, score, annotator, provisional, evidence, labels, made, created_at)
    select known.document, sha256(known.id || last.id), known.codebook, known.task, known.label, known.score, known.annotator,
      known.provisional, known.evidence, known.labels, known.made,
      greatest(clock_timestamp(), last.created_at + interval '1 microsecond')
    from unnest(${document}::bytea[], ${id}::bytea[]) as given (document, id)
    join annotation known on known.document = given.document and known.id = given.id
    cross join lateral (
      select * from annotation other
      where other.document = known.document and other.codebook = known.codebook and other.task = known.task
        and other.annotator = known.annotator
      order by other.created_at desc, other.id desc limit 1
    ) as last
    where known.annotator not like 'person:%' and last.created_at > known.created_at
      and (last.label, last.score, last.provisional, last.evidence, last.labels, last.made) is distinct from
        (known.label, known.score, known.provisional, known.evidence, known.labels, known.made)
    on conflict do nothing`.execute(tx);
}

async function refreshIndexedLabels(tx: Tx, documents: Column, codebook: CodebookVersion): Promise<void> {
  const { rows } = await sql<{ document: Buffer }>`
    select document from document_search where document = any (${documents}::bytea[])`.execute(tx);
  if (rows.length === 0) return;
  const indexed = rows.map((row) => row.document.toString('hex') as DocumentId);
  const labels = await readLabels(tx, indexed, codebook);
  await sql`
    update document_search as held
    set theme = given.theme, themes = string_to_array(given.themes, ','), tone = given.tone
    from unnest(
      ${indexed}::text[],
      ${indexed.map((document) => labels(document).theme?.label ?? null)}::text[],
      ${indexed.map((document) => spellThemes(labels(document)))}::text[],
      ${indexed.map((document) => labels(document).tone?.label ?? null)}::text[]
    ) as given (document, theme, themes, tone)
    where held.document = decode(given.document, 'hex')
      and (held.theme, held.themes, held.tone) is distinct from (given.theme, string_to_array(given.themes, ','), given.tone)`.execute(
    tx,
  );
}
