// Evaluating synthetic judgements of one machine and one person on every document, and the memory it takes.
// DATASENS_BENCH_ROWS=1000000 chooses how many documents.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Codebook } from '../src/model/codebook.ts';
import type { CodebookVersion, RecipeId } from '../src/model/identity.ts';
import type { App } from '../src/run/app.ts';
import { evaluateCorpus } from '../src/run/evaluate.ts';
import { requireSettings } from '../src/run/settings.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { startServer } from '../src/store/server.ts';
import { report } from './report.ts';

const rows = Number(process.env.DATASENS_BENCH_ROWS ?? '1000000');
const LABELS = 12;
const VERSION = 'banc@1' as CodebookVersion;
const ZERO = '00000000-0000-4000-8000-000000000000';
const RECIPE = 'ab'.repeat(32) as RecipeId;

const folder = await mkdtemp(join(tmpdir(), 'datasens-bench-'));
try {
  const server = await startServer(join(folder, 'postgres'));
  const database = await openDatabase({ url: server.url, organisation: 'Banc' });
  await fill(database);
  await database.refreshStatistics();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 100);
  const before = process.cpuUsage();
  const started = performance.now();
  const { tasks } = await evaluateCorpus(appOf(database));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  const read = tasks[0]!.people.read.random;
  if (read !== rows) throw new Error(`${read} documents were measured, not ${rows}`);
  report({ name: `evaluate.${rows}.time`, value: seconds, unit: 's', n: rows * 2 });
  // On a busy machine the time says how busy it is; this, what the evaluation itself costs, the database left out.
  report({ name: `evaluate.${rows}.cpu`, value: (user + system) / 1e6, unit: 's', n: rows * 2 });
  report({ name: `evaluate.${rows}.peakMemory`, value: peak / 2 ** 20, unit: 'MiB', n: rows * 2 });
  await database.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The machine is right four times in five, whatever the label. */
async function fill(database: Database): Promise<void> {
  await database.transaction(
    async (tx) => {
      await sql`
        insert into document (id, source, snapshot, ordinal, record, recipe, text, language, department, region, encoding,
          attributes, findings, personal, bands, fingerprint, batch)
        select sha256(n::text::bytea), 'source-' || n % 4, ${ZERO}::uuid, n, sha256(n::text::bytea), decode(${RECIPE}, 'hex'),
          repeat('mot ', 10 + n % 300), 'fr', lpad((1 + n % 95)::text, 2, '0'), (1 + n % 13)::text, 'utf-8', '{}', '[]', '{}',
          '{}', '', ${ZERO}::uuid
        from generate_series(1, ${rows}::integer) as n`.execute(tx);
      await sql`
        insert into annotation (document, id, codebook, task, label, score, annotator, provisional, evidence, made)
        select sha256(n::text::bytea), sha256((n || ' machine')::bytea), ${VERSION}, 'theme',
          't' || case when n % 5 = 0 then (n + 1) % ${LABELS}::integer else n % ${LABELS}::integer end,
          0.5 + (n % 50) / 100.0, 'student', false, '[]', '{"artefact": "a1"}'
        from generate_series(1, ${rows}::integer) as n`.execute(tx);
      await sql`
        insert into annotation (document, id, codebook, task, label, score, annotator, provisional, evidence, made)
        select sha256(n::text::bytea), sha256((n || ' person')::bytea), ${VERSION}, 'theme', 't' || n % ${LABELS}::integer, 1,
          'person:a', false, '[]', '{"queue": "random", "blind": true}'
        from generate_series(1, ${rows}::integer) as n`.execute(tx);
    },
    { statementTimeoutMs: 0 },
  );
}

function appOf(database: Database): App {
  const settings = requireSettings('organisation: Banc\nsources: {}\n', 'datasens.yaml');
  const category = { definition: '', includes: [], excludes: [], examples: [] };
  const codebook: Codebook = {
    name: 'banc',
    version: 1,
    title: { fr: 'Banc', en: 'Bench' },
    tasks: [
      {
        id: 'theme',
        title: { fr: 'Thème', en: 'Theme' },
        kind: 'one-label',
        categories: Array.from({ length: LABELS }, (_, n) => ({
          ...{ id: `t${n}`, title: { fr: `t${n}`, en: `t${n}` } },
          ...category,
        })),
        none: null,
        abstention: true,
      },
    ],
  };
  const signal = new AbortController().signal;
  const project = { root: folder, private: folder, settings };
  return { database, codebook, codebookVersion: VERSION, recipes: [RECIPE], project, signal } as unknown as App;
}
