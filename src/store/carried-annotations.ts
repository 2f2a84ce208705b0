// What people judged, when another recipe replaces the one whose documents they judged: carried to the new document where its
// text is the same, listed where it is not. Nothing is rewritten: what is carried is appended.

import { sql } from 'kysely';
import type { Annotation } from '../model/annotation.ts';
import { WITHDRAWN } from '../model/annotation.ts';
import type { DocumentId, RecipeId, SourceName } from '../model/identity.ts';
import { annotationRows } from './annotation-rows.ts';
import { insertAnnotations } from './annotations.ts';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';
import { SETTLES } from './voice.ts';

export interface Replacement {
  readonly source: SourceName;
  readonly before: RecipeId;
  readonly after: RecipeId;
}

/** A judgement on a text that changed: somebody has to look again. */
export interface StrandedJudgement {
  readonly before: DocumentId;
  /** Null where the new recipe made no document of the record. */
  readonly after: DocumentId | null;
  readonly task: string;
  readonly label: string;
  readonly annotator: string;
}

const ROWS_PER_FETCH = 500;

type Judged = Omit<Annotation, 'document' | 'labels' | 'made'> & {
  readonly document: DocumentId;
  readonly labels: string[] | null;
  readonly made: Annotation['made'] | null;
  readonly after: DocumentId;
};

/** What people last said of each document and task, and the document of the same record under the other recipe. */
function lastJudgements({ source, before, after }: Replacement) {
  return sql`
    select last.*, (last.label <> ${WITHDRAWN}) as stands, fresh.id as after, coalesce(fresh.text = held.text, false) as same
    from (
      select distinct on (annotation.document, annotation.codebook, annotation.task, annotator, ${SETTLES})
        annotation.*, ${SETTLES} as settles
      from annotation join document on document.id = annotation.document
      where annotator like 'person:%' and document.source = ${source} and document.recipe = ${bytesOf(before)}
      order by annotation.document, annotation.codebook, annotation.task, annotator, ${SETTLES},
        annotation.created_at desc, annotation.id desc
    ) as last
    join document held on held.id = last.document
    join snapshot_record row on row.snapshot = held.snapshot and row.ordinal = held.ordinal
    left join document fresh
      on fresh.id = document_id(held.source, row.record, row.copy, ${bytesOf(after)}::bytea, row.part)`;
}

/** True where the same person judged the new document after, or says the same of it already. */
const ALREADY_JUDGED = sql`coalesce((
  select known.created_at >= judged.created_at
    or (known.label, known.labels, known.evidence) is not distinct from (judged.label, judged.labels, judged.evidence)
  from annotation known
  where known.document = judged.after and known.codebook = judged.codebook and known.task = judged.task
    and known.annotator = judged.annotator and ${SETTLES} = judged.settles
  order by known.created_at desc, known.id desc limit 1), false)`;

/** Appends to the new documents what people said of the old ones, where the text is the same. Returns how many judgements. */
export async function carryJudgements(tx: Tx, replacement: Replacement): Promise<number> {
  const query = sql<Judged>`
    select encode(document, 'hex') as document, encode(after, 'hex') as after, codebook, task, label, labels, score,
      annotator, provisional, evidence, made
    from (${lastJudgements(replacement)}) as judged
    where stands and same and not ${ALREADY_JUDGED}
    order by codebook, document`;
  let carried = 0;
  const waiting: Annotation[] = [];
  const append = async () => {
    for (const [, some] of Map.groupBy(waiting.splice(0), ({ codebook }) => codebook)) {
      await insertAnnotations(tx, annotationRows(some));
      carried += some.length;
    }
  };
  for await (const { document, after, labels, made, ...judged } of streamRows(tx, query, ROWS_PER_FETCH)) {
    const from = { carriedFrom: document, recipe: replacement.before };
    waiting.push({ ...judged, document: after, ...(labels === null ? {} : { labels }), made: { ...made, ...from } });
    if (waiting.length >= ROWS_PER_FETCH) await append();
  }
  await append();
  return carried;
}

/** Judgements that a replacement carries, and those that it leaves on texts that changed. */
export async function countJudgements(
  tx: Tx,
  replacement: Replacement,
): Promise<{ readonly carried: number; readonly stranded: number }> {
  const { rows } = await sql<{ carried: number; stranded: number }>`
    select (count(*) filter (where stands and same and not ${ALREADY_JUDGED}))::integer as carried,
      (count(*) filter (where stands and not same and not ${ALREADY_JUDGED}))::integer as stranded
    from (${lastJudgements(replacement)}) as judged`.execute(tx);
  return rows[0]!;
}

/** Judgements on texts that changed and that nobody made again since, by document; at most `limit`. */
export async function strandedJudgements(
  tx: Tx,
  replacement: Replacement,
  limit: number,
): Promise<readonly StrandedJudgement[]> {
  const { rows } = await sql<StrandedJudgement>`
    select encode(document, 'hex') as before, encode(after, 'hex') as after, task, label, annotator
    from (${lastJudgements(replacement)}) as judged
    where stands and not same and not ${ALREADY_JUDGED}
    order by document, task, annotator limit ${limit}`.execute(tx);
  return rows;
}
