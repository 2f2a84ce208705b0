// Evaluations as they were made, newest first.

import { sql } from 'kysely';
import type { EvaluationBody, KeptEvaluation } from '../model/evaluation.ts';
import type { Tx } from './database.ts';
import { bytesOf, jsonText } from './values.ts';

type Row = { readonly id: Buffer; readonly body: EvaluationBody; readonly created_at: Date };

/** Keeps an evaluation; one made of the same judgements stays as it was. */
export async function saveEvaluation(
  tx: Tx,
  { id, body }: { readonly id: string; readonly body: EvaluationBody },
): Promise<KeptEvaluation> {
  await sql`
    insert into evaluation (id, codebook, body) values (${bytesOf(id)}, ${body.codebook}, ${jsonText(body)})
    on conflict do nothing`.execute(tx);
  return (await readEvaluation(tx, id))!;
}

async function readEvaluation(tx: Tx, id: string): Promise<KeptEvaluation | null> {
  const { rows } = await sql<Row>`select id, body, created_at from evaluation where id = ${bytesOf(id)}`.execute(tx);
  return rows[0] === undefined ? null : keptOf(rows[0]);
}

/** The last one made of other judgements than those of `id`; the last of all where `id` is null. */
export async function latestEvaluation(tx: Tx, id: string | null): Promise<KeptEvaluation | null> {
  const { rows } = await sql<Row>`
    select id, body, created_at from evaluation
    where ${id === null ? null : bytesOf(id)}::bytea is null or (
      id <> ${bytesOf(id ?? '')} and created_at < coalesce(
        (select created_at from evaluation same where same.id = ${bytesOf(id ?? '')}), 'infinity')
    )
    order by created_at desc limit 1`.execute(tx);
  return rows[0] === undefined ? null : keptOf(rows[0]);
}

function keptOf({ id, body, created_at }: Row): KeptEvaluation {
  return { ...body, id: id.toString('hex'), at: created_at.toISOString() };
}
