// A table of 1 M rows read out of PostgreSQL by the collector, and by the driver's cursor alone in the same process.
// DuckDB alone has no way in: its reader of PostgreSQL is an extension, and extensions are never loaded.
// DATASENS_BENCH_ROWS changes the number.

import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import Cursor from 'pg-cursor';
import sql from '../src/collect/collectors/sql.ts';
import { effectsFor } from '../test/collecting.ts';
import { startListeningPostgres } from '../test/services/listening-postgres.ts';
import { report } from './report.ts';

const ROWS = Number(process.env.DATASENS_BENCH_ROWS ?? 1_000_000);
const TURNS = 2;
const MEBIBYTE = 2 ** 20;

const server = await startListeningPostgres();
const root = await mkdtemp(join(tmpdir(), 'datasens-sql-bench-'));
try {
  writeFileSync(join(root, 'mot-de-passe'), 'secret-lecteur');
  await server.run(
    `create table avis (numero bigint primary key, depose_le timestamptz, code_postal text, note numeric(4,2), message text)`,
    `insert into avis select n, timestamptz '2026-01-01' + n * interval '7 seconds', lpad((n % 95000 + 1000)::text, 5, '0'), n % 500 / 100.0,
       'Contribution ' || n || ' : ' || repeat('il faudrait plus de bancs et moins de bruit, ', (n % 5 + 1)::integer) from generate_series(1, ${ROWS}) n`,
    'analyze avis',
  );
  // In turn, so that a machine that slows down slows both.
  for (let turn = 1; turn <= TURNS; turn += 1) {
    const alone = await drainCursor();
    report({ name: `sql.postgres.cursorAlone.turn${turn}`, value: ROWS / alone, unit: 'rows/s', n: ROWS });
    const { seconds, early, peak } = await drainCollector();
    report({ name: `sql.postgres.collector.turn${turn}`, value: ROWS / seconds, unit: 'rows/s', n: ROWS });
    report({ name: `sql.postgres.collector.turn${turn}.ratio`, value: alone / seconds, unit: 'of cursor', n: ROWS });
    report({ name: `sql.postgres.collector.turn${turn}.rssAtTenth`, value: early / MEBIBYTE, unit: 'MiB', n: ROWS });
    report({ name: `sql.postgres.collector.turn${turn}.rssPeak`, value: peak / MEBIBYTE, unit: 'MiB', n: ROWS });
  }
} finally {
  await server.stop();
  await rm(root, { recursive: true, force: true });
}

async function drainCollector() {
  const url = `postgres://localhost:${server.port}/essai`;
  const config = sql.config.parse({ url, user: 'lecteur', password: 'file:mot-de-passe', table: 'avis' });
  const effects = effectsFor({ root, allow: [url], signal: new AbortController().signal });
  const startedAt = performance.now();
  let rows = 0;
  let early = 0;
  let peak = 0;
  for await (const event of sql.collect(config, effects)) {
    if (event.kind !== 'record') continue;
    rows += 1;
    if (rows % 10_000 !== 0) continue;
    peak = Math.max(peak, process.memoryUsage.rss());
    if (rows <= ROWS / 10) early = peak;
  }
  if (rows !== ROWS) throw new Error(`${rows} rows of ${ROWS}`);
  return { seconds: (performance.now() - startedAt) / 1000, early, peak };
}

async function drainCursor(): Promise<number> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: server.port,
    database: 'essai',
    user: 'lecteur',
    password: 'secret-lecteur',
  });
  await client.connect();
  const startedAt = performance.now();
  const cursor = client.query(new Cursor('select * from avis order by numero', [], { rowMode: 'array' }));
  let rows = 0;
  for (;;) {
    const batch = await cursor.read(2000);
    rows += batch.length;
    if (batch.length === 0) break;
  }
  await client.end();
  if (rows !== ROWS) throw new Error(`${rows} rows of ${ROWS}`);
  return (performance.now() - startedAt) / 1000;
}
