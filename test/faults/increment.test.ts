// A table that is read by a column while its reader is killed, and messages whose attachments are documents too.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { seeded } from '../../examples/concertation/fabrique/random.ts';
import { testDatabaseUrl } from '../database.ts';
import { type ListeningPostgres, startListeningPostgres } from '../services/listening-postgres.ts';
import { rounds } from '../thoroughness.ts';
import { killRepeatedly } from './killing.ts';

const datasens = resolve(import.meta.dirname, '../../bin/datasens');
const ROWS = rounds(12_000, 5_000);

let source: ListeningPostgres;
beforeAll(async () => {
  source = await startListeningPostgres();
  await source.run(
    'create table reclamation (numero integer primary key, message text, modifie_le timestamptz)',
    // Forty rows of each instant; one message in ten is somebody else's word for word.
    `insert into reclamation select n, 'Le trottoir de la rue numéro ' || n - (n % 10)::integer / 9 || ' est cassé depuis longtemps.',
       timestamptz '2026-03-01' + n / 40 * interval '1 second' from generate_series(1, ${ROWS}) n`,
  );
}, 90_000);
afterAll(async () => await source?.stop());

async function project(database: string, sources: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-increment-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'mot-de-passe'), 'secret-lecteur');
  const declared =
    "    licence: lov2\n    purpose: essai\n    legalBasis: mission d'intérêt public\n    retention: 3 years\n";
  await writeFile(
    join(folder, 'datasens.yaml'),
    `organisation: Val-Clair\nstore: { database: "${database}" }\nsources:\n${sources}${declared}`,
  );
  return folder;
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

test('rows of a table are each read once, whenever the run is killed and whatever is written meanwhile', {
  timeout: 180_000,
}, async () => {
  const database = await testDatabaseUrl();
  const folder = await project(
    database,
    `  base:
    collector: sql
    with:
      url: postgres://localhost:${source.port}/essai
      user: lecteur
      password: file:mot-de-passe
      table: reclamation
      incremental: { column: modifie_le }
`,
  );
  const subject = () => ({ command: datasens, arguments: ['--project', folder, 'run', '--quiet'] });
  const calm = async () => undefined;
  const kills = rounds(5, 2);
  await killRepeatedly(subject, {
    kills,
    betweenMs: [900, 2600],
    random: seeded(11).next,
    onCompletion: calm,
  });
  const counts = () =>
    ask(
      database,
      `select (select count(distinct key)::integer from document) as keys, (select count(*)::integer from document) as documents,
         (select count(*)::integer from snapshot where state = 'open') as open`,
    );
  expect(await counts()).toEqual([{ keys: ROWS, documents: ROWS, open: 0 }]);
  await source.run(
    `insert into reclamation select ${ROWS} + n, 'Un lampadaire de plus est éteint, le numéro ' || n, timestamptz '2026-03-01' + ${ROWS} / 40 * interval '1 second'
       from generate_series(1, 5) n`,
    `update reclamation set message = 'Le trottoir a été réparé, merci beaucoup.', modifie_le = '2026-03-02' where numero = 7`,
  );
  await promisify(execFile)(datasens, ['--project', folder, 'run', '--quiet']);
  expect(await counts()).toEqual([{ keys: ROWS + 5, documents: ROWS + 6, open: 0 }]);
  // The corrected row stands for what it was before; nothing else is past.
  const past = await ask(
    database,
    `select document.key from clearance join document on document.id = clearance.document where reasons::text like '%superseded%'`,
  );
  expect(past).toEqual([{ key: '7' }]);
});

test('a message and each of its attachments are documents of one record', { timeout: 60_000 }, async () => {
  const database = await testDatabaseUrl();
  const folder = await project(database, '  courrier:\n    collector: mail\n    with: { path: courrier }\n');
  await mkdir(join(folder, 'courrier'));
  const attached = (name: string, text: string) =>
    `--b\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename=${name}\n\n${text}\n`;
  await writeFile(
    join(folder, 'courrier/plainte.eml'),
    `From: Usager <usager@courriel.example>\nDate: Tue, 3 Mar 2026 10:12:00 +0100\nSubject: Bruit\nMessage-ID: <bruit@x>\nContent-Type: multipart/mixed; boundary=b\n
--b\nContent-Type: text/plain; charset=utf-8\n\nLe bruit du chantier commence à six heures du matin, voyez les deux relevés.\n
${attached('un.txt', 'Premier relevé : lundi, six heures et quart, marteau-piqueur.')}${attached('deux.txt', 'Deuxième relevé : mardi, cinq heures cinquante, camions.')}--b--\n`,
  );
  const run = () => promisify(execFile)(datasens, ['--project', folder, 'run', '--quiet']);
  await run();
  await run();
  const documents = await ask(
    database,
    `select key, title, left(text, 8) as text, attributes->>'participant' is not null as linked,
       (select count(*)::integer from record) as records from document order by key`,
  );
  expect(documents).toEqual([
    { key: 'bruit@x', title: 'Bruit', text: 'Le bruit', linked: true, records: 1 },
    { key: 'bruit@x#attachment-1', title: 'un.txt', text: 'Premier ', linked: true, records: 1 },
    { key: 'bruit@x#attachment-2', title: 'deux.txt', text: 'Deuxième', linked: true, records: 1 },
  ]);
});
