// A questionnaire through the whole engine, collected again as its file changes: no answer lost, doubled nor misplaced.

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabaseUrl } from './database.ts';

const root = resolve(import.meta.dirname, '..');

interface StoredAnswer {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly participant: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly findings: readonly { readonly code: string }[];
  readonly record: string;
  readonly state: string;
  readonly cleared: boolean;
}

interface Project {
  /** Writes the export and runs the journey; the answer of the command. */
  run(rows: readonly (readonly string[])[]): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>>;
  /** Answers of the newest snapshot, by key then text; `all` for those of every snapshot. */
  answers(all?: boolean): Promise<readonly StoredAnswer[]>;
  /** The published rows, as CSV. */
  published(): Promise<string>;
  query<Row>(statement: string): Promise<readonly Row[]>;
}

async function project(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-questionnaire-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const url = await testDatabaseUrl();
  await mkdir(join(folder, 'inputs'));
  await copyFile(join(root, 'examples/concertation/grilles/barometre.yaml'), join(folder, 'grille.yaml'));
  await writeFile(
    join(folder, 'datasens.yaml'),
    `organisation: Val-Clair
store: { database: "${url}" }
sources:
  quai:
    collector: consultation
    with: { path: inputs/quai.csv, attributes: [Quartier] }
    licence: lov2
    purpose: essai
    legalBasis: mission d'intérêt public
    retention: 3 years
annotate: { codebook: grille.yaml }
publish: { opinion: {} }
`,
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  const query = async <Row>(statement: string) => (await client.query(statement)).rows as Row[];
  let release = '';
  return {
    query,
    async run(rows) {
      const lines = rows.map((row) => row.map((cell) => `"${cell}"`).join(';'));
      await writeFile(join(folder, 'inputs/quai.csv'), `${lines.join('\n')}\n`);
      const command = promisify(execFile)(join(root, 'bin/datasens'), ['--project', folder, 'run', '--quiet']);
      const { data } = JSON.parse((await command).stdout);
      release = data.counts['publish opinion'].release;
      return data.counts;
    },
    answers: (all = false) =>
      query<StoredAnswer>(`
        select encode(document.id, 'hex') as id, document.key, title, text, attributes->>'participant' as participant,
          attributes - 'participant' as attributes, findings, encode(record, 'hex') as record, snapshot.state,
          coalesce(cleared, false) as cleared
        from document join snapshot on snapshot.id = document.snapshot
        left join clearance on clearance.document = document.id
        where ${all ? 'true' : "snapshot.state = 'complete'"}
        order by document.key collate "C", title, text collate "C"`),
    published: () => readFile(join(folder, '.datasens/releases', release, 'data/documents.csv'), 'utf8'),
  };
}

const HEAD = ['id', 'Courriel', 'Prénom et nom', 'Quartier', 'Que faut-il au quai ?', 'Et pour la halle ?'];
const ANNE = [
  '1',
  'anne@exemple.fr',
  'Anne Delorgeril',
  'Nord',
  'Des bancs à l’ombre, tous les cent mètres.',
  'Un marché couvert le dimanche matin.',
];
const BORIS = ['2', 'boris@exemple.fr', 'Boris Quintard', 'Sud', 'Une fontaine qui marche aussi en été.', ''];
const CLAUDE = [
  '3',
  'claude@exemple.fr',
  'Claude Vermeil',
  'Sud',
  'NSP',
  'Laissez la halle comme elle est, signé Claude Vermeil.',
];
/** The same person as Boris, with the same words as Anne. */
const AGAIN = ['4', 'Boris@exemple.fr', 'Boris Quintard', 'Sud', ANNE[4]!, ''];
const QUAI = 'que_faut_il_au_quai';
const HALLE = 'et_pour_la_halle';

const told = (answers: readonly StoredAnswer[]) => answers.map(({ key, text }) => `${key} ${text}`);
const idOf = (answers: readonly StoredAnswer[], key: string) => answers.find((answer) => answer.key === key)?.id;

test('each answer is a document, its person a link, and nobody is in the release', { timeout: 120_000 }, async () => {
  const { run, answers, published, query } = await project();
  const counts = await run([HEAD, ANNE, BORIS, CLAUDE, AGAIN, BORIS]);
  // Rows are kept once: five rows of which two are the same, seven answers.
  expect(counts.collect).toMatchObject({ records: 7, newRecords: 4, refusals: 0 });
  expect(counts.refine).toMatchObject({ documents: 7, failed: 0 });
  const stored = await answers();
  expect(told(stored)).toEqual([
    `1#${HALLE} ${ANNE[5]}`,
    `1#${QUAI} ${ANNE[4]}`,
    `2#${QUAI} ${BORIS[4]}`,
    `2#${QUAI} ${BORIS[4]}`,
    `3#${HALLE} Laissez la halle comme elle est, signé [PERSONNE 1].`,
    `3#${QUAI} `,
    `4#${QUAI} ${ANNE[4]}`,
  ]);
  expect(stored[0]).toMatchObject({ title: 'Et pour la halle ?', attributes: { Quartier: 'Nord' }, cleared: true });
  const people = stored.map(({ participant }) => participant);
  expect(people.every((link) => /^[0-9a-f]{12}$/.test(link))).toBe(true);
  expect(people[0]).toBe(people[1]);
  expect([people[2], people[3], people[6]]).toEqual([people[2], people[2], people[2]]);
  expect(new Set(people).size).toBe(3);
  // One key erased erases every answer of the row.
  expect(stored[0]!.record).toBe(stored[1]!.record);
  expect(stored[5]).toMatchObject({ cleared: false, text: '' });
  expect(stored[5]!.findings.map(({ code }) => code)).toContain('no-answer');
  const rows = await published();
  expect(rows).toContain('Des bancs à l’ombre');
  expect(rows).not.toMatch(/exemple\.fr|delorgeril|quintard|vermeil/i);
  const acts = await query<{ detail: Record<string, unknown> }>(`select detail from act where verb = 'attest'`);
  expect(acts[0]!.detail).toMatchObject({
    subject: 'inputs/quai.csv',
    rows: 5,
    questions: [
      { column: HEAD[4], answers: 5, declined: 1, blank: 0 },
      { column: HEAD[5], answers: 2, declined: 0, blank: 3 },
    ],
  });
});

test('a newer export adopts what has not changed and gives no answer the wrong question', {
  timeout: 180_000,
}, async () => {
  const { run, answers } = await project();
  await run([HEAD, ANNE, BORIS, CLAUDE]);
  const first = await answers();
  expect(first).toHaveLength(5);

  // One row changed, one more, one less.
  const boris = [...BORIS.slice(0, 4), 'Finalement, deux fontaines.', 'Rien de plus que les forains.'];
  const counts = await run([HEAD, AGAIN, ANNE, boris]);
  expect(counts.collect).toMatchObject({ records: 5, newRecords: 2 });
  expect(counts.refine).toMatchObject({ documents: 3 });
  const second = await answers();
  expect(told(second)).toEqual([
    `1#${HALLE} ${ANNE[5]}`,
    `1#${QUAI} ${ANNE[4]}`,
    `2#${HALLE} ${boris[5]}`,
    `2#${QUAI} ${boris[4]}`,
    `4#${QUAI} ${ANNE[4]}`,
  ]);
  for (const key of [`1#${HALLE}`, `1#${QUAI}`]) expect(idOf(second, key)).toBe(idOf(first, key));
  const past = (await answers(true)).filter(({ state }) => state === 'superseded');
  expect(past.map(({ key, cleared }) => `${key} ${cleared}`)).toEqual([
    `2#${QUAI} false`,
    `3#${HALLE} false`,
    `3#${QUAI} false`,
  ]);

  // The same bytes under heads put right: the questions were the wrong way round.
  const swapped = [...HEAD.slice(0, 4), HEAD[5]!, HEAD[4]!];
  await run([swapped, AGAIN, ANNE, boris]);
  const third = await answers();
  expect(told(third)).toEqual([
    `1#${HALLE} ${ANNE[4]}`,
    `1#${QUAI} ${ANNE[5]}`,
    `2#${HALLE} ${boris[4]}`,
    `2#${QUAI} ${boris[5]}`,
    `4#${HALLE} ${ANNE[4]}`,
  ]);
  expect(third.filter(({ id }) => second.some((answer) => answer.id === id))).toEqual([]);

  // One wording corrected: only its answers are read anew.
  const reworded = [...swapped.slice(0, 5), 'Que faut-il au nouveau quai ?'];
  await run([reworded, AGAIN, ANNE, boris]);
  const fourth = await answers();
  expect(fourth.map(({ title }) => title).sort()).toEqual([
    ...['Et pour la halle ?', 'Et pour la halle ?', 'Et pour la halle ?'],
    ...['Que faut-il au nouveau quai ?', 'Que faut-il au nouveau quai ?'],
  ]);
  for (const key of [`1#${HALLE}`, `2#${HALLE}`, `4#${HALLE}`]) expect(idOf(fourth, key)).toBe(idOf(third, key));

  // Back to the first export: its documents are found again, none is made twice.
  const back = await run([HEAD, ANNE, BORIS, CLAUDE]);
  expect(back.refine).toMatchObject({ documents: 0 });
  expect((await answers()).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
});
