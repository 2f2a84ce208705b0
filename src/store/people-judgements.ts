// What people judged under a codebook version, for those who carry it to the next.

import { sql } from 'kysely';
import type { Annotation } from '../model/annotation.ts';
import type { CodebookVersion } from '../model/identity.ts';
import type { Tx } from './database.ts';

export interface PersonJudgement {
  readonly id: string;
  readonly annotation: Annotation;
}

/** Judgements by people under one version, in the order in which they came. People are few beside machines: all at once. */
export async function readPeopleJudgements(tx: Tx, version: CodebookVersion): Promise<readonly PersonJudgement[]> {
  const { rows } = await sql<{ id: string } & Omit<Annotation, 'labels' | 'made'> & Nullable>`
    select encode(id, 'hex') as id, encode(document, 'hex') as document, codebook, task, label, labels, score, annotator,
      provisional, evidence, made
    from annotation where codebook = ${version} and annotator like 'person:%'
    order by created_at, id`.execute(tx);
  return rows.map(({ id, labels, made, ...annotation }) => ({
    id,
    annotation: { ...annotation, ...(labels === null ? {} : { labels }), ...(made === null ? {} : { made }) },
  }));
}

interface Nullable {
  readonly labels: Annotation['labels'] | null;
  readonly made: Annotation['made'] | null;
}

/** What people have judged under a version, whatever they said of it: `annotator`, `document`, `task`, joined by U+0000. */
export async function readJudgedByPeople(tx: Tx, version: CodebookVersion): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ annotator: string; document: string; task: string }>`
    select distinct annotator, encode(document, 'hex') as document, task
    from annotation where codebook = ${version} and annotator like 'person:%'`.execute(tx);
  return new Set(rows.map(({ annotator, document, task }) => `${annotator}\0${document}\0${task}`));
}
