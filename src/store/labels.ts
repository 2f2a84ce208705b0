// What annotations decide, for documents that are being read, indexed or published.

import { sql } from 'kysely';
import type { Consensus } from '../model/annotation.ts';
import { type Arrived, consensus } from '../model/consensus.ts';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { readCodebook } from './sources.ts';
import { bytesOf } from './values.ts';

export interface Labels {
  readonly theme: Consensus | null;
  readonly tone: Consensus | null;
  /** Every task's decision, by task. */
  readonly decisions: readonly Consensus[];
}

/** The themes of a document that may have several, separated by commas; null where it may not. */
export function spellThemes({ theme }: Labels): string | null {
  return theme?.labels?.join(',') ?? null;
}

const NONE: Labels = { theme: null, tone: null, decisions: [] };

/** The decisions on these documents under one codebook version; none without codebook. */
export async function readLabels(
  tx: Tx,
  documents: readonly DocumentId[],
  codebook: CodebookVersion | null,
): Promise<(document: DocumentId) => Labels> {
  if (codebook === null || documents.length === 0) return () => NONE;
  const tasks = (await readCodebook(tx, codebook))?.tasks ?? [];
  const annotations = await readJudgements(tx, documents, {
    codebook,
    spans: tasks.filter(({ kind }) => kind === 'spans').map(({ id }) => id),
  });
  const byDocument = Map.groupBy(consensus(annotations, tasks), ({ document }) => document);
  return (document) => {
    const decisions = byDocument.get(document);
    if (decisions === undefined) return NONE;
    const of = (task: string) => decisions.find((decision) => decision.task === task) ?? null;
    return { theme: of('theme'), tone: of('tone'), decisions };
  };
}

/**
 * Every judgement of these documents under one codebook version, in no order, with when it came (microseconds since 1970).
 * Evidence is read for the tasks of `spans` only, and the making of people's judgements only: that is what decides.
 */
export async function readJudgements(
  tx: Tx,
  documents: readonly DocumentId[],
  { codebook, spans }: { readonly codebook: CodebookVersion; readonly spans: readonly string[] },
): Promise<readonly Arrived[]> {
  type Row = Omit<Arrived, 'document' | 'labels' | 'made'> & {
    readonly document: Buffer;
    readonly labels: readonly string[] | null;
    readonly made: Arrived['made'] | null;
  };
  const { rows } = await sql<Row>`
    select document, task, label, labels, score, annotator, provisional,
      case when task = any (${spans}::text[]) then evidence else '[]' end as evidence,
      case when annotator like 'person:%' then made end as made,
      (extract(epoch from created_at) * 1000000)::float8 as at
    from annotation
    where document = any (${documents.map(bytesOf)}::bytea[]) and codebook = ${codebook}`.execute(tx);
  return rows.map(({ document, labels, made, ...row }) => ({
    ...row,
    document: document.toString('hex') as DocumentId,
    ...(labels === null ? {} : { labels }),
    ...(made ? { made } : {}),
  }));
}
