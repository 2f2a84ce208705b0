// Learned classifiers: their artefacts' places and figures, and which one of each task judges.

import { sql } from 'kysely';
import type { CodebookVersion } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { jsonText } from './values.ts';

export type StudentState = 'candidate' | 'promoted' | 'retired';

export interface NewStudent {
  readonly digest: string;
  readonly codebook: CodebookVersion;
  readonly task: string;
  readonly objectKey: string;
  readonly sizeBytes: number;
  readonly head: JsonObject;
  readonly verdict: JsonObject;
  /** Labels by document. */
  readonly heldOut: Readonly<Record<string, readonly string[]>>;
}

export interface StoredStudent extends Omit<NewStudent, 'heldOut'> {
  readonly state: StudentState;
  readonly createdAt: string;
}

export interface PromotedStudent {
  readonly digest: string;
  readonly task: string;
  readonly objectKey: string;
}

/** Keeps a candidate; the same one twice is kept once, with its latest verdict. */
export async function saveStudent(tx: Tx, student: NewStudent): Promise<void> {
  const { digest, codebook, task, objectKey, sizeBytes, head, verdict, heldOut } = student;
  await sql`
    insert into student (digest, codebook, task, state, object_key, size_bytes, head, verdict, held_out)
    values (${digest}, ${codebook}, ${task}, 'candidate', ${objectKey}, ${sizeBytes}, ${jsonText(head)}::jsonb,
      ${jsonText(verdict)}::jsonb, ${jsonText(heldOut)}::jsonb)
    on conflict (organisation, digest) do update set verdict = excluded.verdict`.execute(tx);
}

/** Makes it the one that judges its task; the one before retires. */
export async function promoteStudent(tx: Tx, digest: string): Promise<void> {
  await sql`
    update student as former set state = 'retired' from student as next
    where next.digest = ${digest} and former.codebook = next.codebook and former.task = next.task
      and former.state = 'promoted' and former.digest <> next.digest`.execute(tx);
  await sql`update student set state = 'promoted', promoted_at = clock_timestamp()
    where digest = ${digest} and state <> 'promoted'`.execute(tx);
}

/** Those that judge under a codebook version, by task. */
export async function promotedStudents(tx: Tx, codebook: CodebookVersion): Promise<readonly PromotedStudent[]> {
  const { rows } = await sql<PromotedStudent>`
    select digest, task, object_key as "objectKey" from student
    where codebook = ${codebook} and state = 'promoted' order by task`.execute(tx);
  return rows;
}

/** The artefact of one, whatever its state; null where there is none. */
export async function findStudent(tx: Tx, digest: string): Promise<PromotedStudent | null> {
  const { rows } = await sql<PromotedStudent>`
    select digest, task, object_key as "objectKey" from student where digest = ${digest}`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Digest of the last one promoted of a task that learned from a file of marked texts, these labels among others, under any
 * version of the codebook of that name; it may have retired since. Null where there is none.
 */
export async function promotedFromFile(
  tx: Tx,
  { codebook, task, labels }: { readonly codebook: string; readonly task: string; readonly labels: readonly string[] },
): Promise<string | null> {
  const { rows } = await sql<{ digest: string }>`
    select digest from student
    where split_part(codebook, '@', 1) = ${codebook} and task = ${task} and head ->> 'from' = 'file'
      and promoted_at is not null and head -> 'labels' @> ${jsonText([...labels])}::jsonb
    order by promoted_at desc limit 1`.execute(tx);
  return rows[0]?.digest ?? null;
}

export type InForce = Pick<NewStudent, 'digest' | 'objectKey' | 'heldOut'>;

/** What the one that judges a task said of people's texts that it had not learned from; null where none judges. */
export async function promotedHeldOut(tx: Tx, codebook: CodebookVersion, task: string): Promise<InForce | null> {
  const { rows } = await sql<InForce>`
    select digest, object_key as "objectKey", held_out as "heldOut" from student
    where codebook = ${codebook} and task = ${task} and state = 'promoted'`.execute(tx);
  return rows[0] ?? null;
}

/** Every one, the latest first. */
export async function listStudents(tx: Tx): Promise<readonly StoredStudent[]> {
  const { rows } = await sql<Omit<StoredStudent, 'createdAt'> & { readonly createdAt: Date }>`
    select digest, codebook, task, state, object_key as "objectKey", size_bytes as "sizeBytes", head, verdict,
      created_at as "createdAt"
    from student order by created_at desc, digest`.execute(tx);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
