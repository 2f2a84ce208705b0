// What people judged under a codebook version, for those who carry it to the next.

import { sql } from 'kysely';
import type { Annotation } from '../model/annotation.ts';
import type { CodebookVersion } from '../model/identity.ts';
import type { Tx } from './database.ts';

export interface PersonJudgement extends Annotation {
  /** Its id in the store. */
  readonly id: string;
  /** When it came, in microseconds since 1970. */
  readonly at: number;
}

/** Judgements by people under one version, in the order in which they came. People are few beside machines: all at once. */
export async function readPeopleJudgements(tx: Tx, version: CodebookVersion): Promise<readonly PersonJudgement[]> {
  const { rows } = await sql<Omit<PersonJudgement, 'labels' | 'made'> & Nullable>`
    select encode(id, 'hex') as id, encode(document, 'hex') as document, codebook, task, label, labels, score, annotator,
      provisional, evidence, made, (extract(epoch from created_at) * 1000000)::float8 as at
    from annotation where codebook = ${version} and annotator like 'person:%'
    order by created_at, id`.execute(tx);
  return rows.map(({ labels, made, ...judgement }) => ({
    ...judgement,
    ...(labels === null ? {} : { labels }),
    ...(made === null ? {} : { made }),
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
