// A small project to be killed over, and what must be true of its database when it was allowed to end.

import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { writeCorpusCsv } from '../../bench/corpus-csv.ts';

export interface Outcome {
  readonly records: number;
  readonly occurrences: number;
  readonly documents: number;
  readonly annotations: number;
  readonly cleared: number;
  readonly openSnapshots: number;
  /** Id of the release: a hash of every published byte. */
  readonly release: string | null;
}

/** Writes settings and inputs. Rows repeat in places, so that a lost or doubled copy shows. */
export async function writeKillProject(folder: string, database: string, rows: number): Promise<void> {
  await mkdir(join(folder, 'inputs'), { recursive: true });
  await writeCorpusCsv(join(folder, 'inputs/contributions.csv'), rows);
  await copyFile(
    join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml'),
    join(folder, 'grille.yaml'),
  );
  await writeFile(
    join(folder, 'datasens.yaml'),
    `organisation: Val-Clair
store: { database: "${database}" }
sources:
  contributions:
    collector: file
    with: { path: inputs, map: { text: contribution, date: depose_le, territory: code_postal } }
    licence: lov2
    purpose: essai
    legalBasis: mission d'intérêt public
    retention: 3 years
annotate: { codebook: grille.yaml }
publish: { opinion: {} }
`,
  );
}

/** Counts what is in a database, as its owner, over all organisations (there is one). */
export async function readOutcome(url: string): Promise<Outcome> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Outcome>(`
      select (select count(*) from record)::int as records,
        (select count(*) from snapshot_record join snapshot on snapshot.id = snapshot where state = 'complete')::int as occurrences,
        (select count(*) from document)::int as documents,
        (select count(*) from annotation)::int as annotations,
        (select count(*) from clearance where cleared)::int as cleared,
        (select count(*) from snapshot where state = 'open')::int as "openSnapshots",
        (select encode(id, 'hex') from release order by created_at desc limit 1) as release`);
    return rows[0]!;
  } finally {
    await client.end();
  }
}
