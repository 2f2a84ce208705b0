// What models answered and what that took: read before a text is asked about, kept in the transaction of its annotations.

import { sql } from 'kysely';
import type { Annotation } from '../model/annotation.ts';
import type { BatchId, CodebookVersion, RecipeId, RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { documentsOfBatch } from './documents.ts';
import { jsonText } from './values.ts';

export interface StoredAnswer {
  readonly judgements: readonly Pick<Annotation, 'task' | 'label' | 'labels' | 'score' | 'evidence'>[];
  readonly faults: Readonly<Record<string, string>>;
  readonly made: JsonObject;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What a theme was called, or why that is not taken; absent in an answer about a document. */
  readonly naming?: JsonObject;
}

/** Answers kept under these keys (hexadecimal), by key. */
export async function readAnswers(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer>> {
  const { rows } = await sql<StoredAnswer & { key: string }>`
    select encode(key, 'hex') as key, judgements, faults, made, input_tokens as "inputTokens", output_tokens as "outputTokens",
      naming
    from model_answer
    where key in (select decode(given, 'hex') from unnest(${keys}::text[]) as given)`.execute(tx);
  return new Map(rows.map(({ key, ...answer }) => [key, answer]));
}

export interface AnswerOrigin {
  readonly key: string;
  readonly annotator: string;
  readonly codebook: CodebookVersion;
  readonly characters: number;
  /** Null where no run asked. */
  readonly run: RunId | null;
}

/** Keeps an answer; of two under one key, the first. */
export async function saveAnswer(tx: Tx, answer: StoredAnswer, origin: AnswerOrigin): Promise<void> {
  const { judgements, faults, made, inputTokens, outputTokens, naming } = answer;
  const { key, annotator, codebook, characters, run } = origin;
  await sql`
    insert into model_answer
      (key, annotator, codebook, judgements, faults, made, input_tokens, output_tokens, characters, run, naming)
    values (decode(${key}, 'hex'), ${annotator}, ${codebook}, ${jsonText(judgements)}::jsonb, ${jsonText(faults)}::jsonb,
      ${jsonText(made)}::jsonb, ${inputTokens}, ${outputTokens}, ${characters}, ${run}::uuid,
      ${naming === undefined ? null : jsonText(naming)}::jsonb)
    on conflict do nothing`.execute(tx);
}

/** What was spent on one annotator under one codebook version, over all runs; names of themes count, but are no documents. */
export interface ModelSpending {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly hours: number;
  readonly documents: number;
  readonly characters: number;
}

export async function readSpending(tx: Tx, annotator: string, codebook: CodebookVersion): Promise<ModelSpending> {
  const { rows } = await sql<ModelSpending>`
    select coalesce(sum(input_tokens), 0)::float8 as "inputTokens", coalesce(sum(output_tokens), 0)::float8 as "outputTokens",
      count(*) filter (where naming is null)::float8 as documents,
      coalesce(sum(characters) filter (where naming is null), 0)::float8 as characters,
      (select coalesce(sum(busy_ms), 0) / 3600000 from model_use
        where annotator = ${annotator} and codebook = ${codebook})::float8 as hours
    from model_answer where annotator = ${annotator} and codebook = ${codebook}`.execute(tx);
  return rows[0]!;
}

export interface ModelUse {
  readonly id: string;
  /** Null where no run asked. */
  readonly run: RunId | null;
  readonly annotator: string;
  readonly codebook: CodebookVersion;
  readonly model: string;
  readonly host: string;
  readonly busyMs: number;
  readonly asked: number;
  readonly cached: number;
  readonly failed: number;
  readonly stopped: string | null;
}

/** Says how far a process is with a model; its row is replaced. */
export async function saveUse(tx: Tx, use: ModelUse): Promise<void> {
  const { id, run, annotator, codebook, model, host, busyMs, asked, cached, failed, stopped } = use;
  await sql`
    insert into model_use (id, run, annotator, codebook, model, host, busy_ms, asked, cached, failed, stopped)
    values (${id}::uuid, ${run}::uuid, ${annotator}, ${codebook}, ${model}, ${host}, ${busyMs}, ${asked}, ${cached}, ${failed},
      ${stopped})
    on conflict (organisation, id) do update set busy_ms = excluded.busy_ms, asked = excluded.asked,
      cached = excluded.cached, failed = excluded.failed, stopped = excluded.stopped, updated_at = now()`.execute(tx);
}

/** What the processes of a run did with each model, in all. */
export async function usesOfRun(tx: Tx, run: RunId): Promise<readonly Omit<ModelUse, 'id' | 'run'>[]> {
  const { rows } = await sql<Omit<ModelUse, 'id' | 'run'>>`
    select annotator, codebook, min(model) as model, min(host) as host, sum(busy_ms)::float8 as "busyMs",
      sum(asked)::float8 as asked, sum(cached)::float8 as cached, sum(failed)::float8 as failed, max(stopped) as stopped
    from model_use where run = ${run}::uuid group by annotator, codebook order by annotator`.execute(tx);
  return rows;
}

/** Documents of some batches that have words and that an annotator did not judge, and their characters. */
export async function unjudged(
  tx: Tx,
  batches: readonly { readonly batch: BatchId; readonly recipe: RecipeId }[],
  {
    annotator,
    codebook,
    most,
  }: { readonly annotator: string; readonly codebook: CodebookVersion; readonly most: number },
): Promise<{ readonly documents: number; readonly characters: number }> {
  let documents = 0;
  let characters = 0;
  for (const { batch, recipe } of batches) {
    const { rows } = await sql<{ documents: number; characters: number }>`
      select count(*)::float8 as documents, coalesce(sum(least(length(text), ${most}::integer)), 0)::float8 as characters
      from document where id = any (array(${documentsOfBatch(batch, recipe)})) and text <> '' and not exists (
        select from annotation where annotation.document = document.id and annotation.codebook = ${codebook}
          and annotation.annotator = ${annotator}
      )`.execute(tx);
    documents += rows[0]!.documents;
    characters += rows[0]!.characters;
  }
  return { documents, characters };
}
