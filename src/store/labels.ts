// What annotations decide, for documents that are being read, indexed or published.

import { sql } from 'kysely';
import type { Annotation, Consensus } from '../model/annotation.ts';
import { consensus } from '../model/consensus.ts';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface Labels {
  readonly theme: Consensus | null;
  readonly tone: Consensus | null;
  /** Every task's decision, by task. */
  readonly decisions: readonly Consensus[];
}

const NONE: Labels = { theme: null, tone: null, decisions: [] };

/** The decisions on these documents under one codebook version; none without codebook. */
export async function readLabels(
  tx: Tx,
  documents: readonly DocumentId[],
  codebook: CodebookVersion | null,
): Promise<(document: DocumentId) => Labels> {
  if (codebook === null || documents.length === 0) return () => NONE;
  const { rows } = await sql<Omit<Annotation, 'document' | 'codebook' | 'evidence'> & { document: Buffer }>`
    select document, task, label, score, annotator, provisional from annotation
    where document = any (${documents.map(bytesOf)}::bytea[]) and codebook = ${codebook}`.execute(tx);
  const annotations = rows.map((row) => ({
    ...row,
    document: row.document.toString('hex') as DocumentId,
    codebook,
    evidence: [],
  }));
  const byDocument = Map.groupBy(consensus(annotations), ({ document }) => document);
  return (document) => {
    const decisions = byDocument.get(document);
    if (decisions === undefined) return NONE;
    const of = (task: string) => decisions.find((decision) => decision.task === task) ?? null;
    return { theme: of('theme'), tone: of('tone'), decisions };
  };
}
