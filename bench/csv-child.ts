// One way of reading a large CSV, alone in its process: `records` (the bytes of each row, as collection keeps them), `items`
// (the same, read into columns), or DuckDB over the UTF-8 copy, counting (`duckdb`) or handing rows to JavaScript (`duckdb-rows`).

import { dirname, relative } from 'node:path';
import file from '../src/collect/collectors/file.ts';
import type { SnapshotOpening } from '../src/model/snapshot.ts';
import { openDuckDb } from '../src/run/duckdb.ts';
import { effectsFor } from '../test/collecting.ts';

export interface CsvFigures {
  readonly rows: number;
  /** UTF-16 units of the texts; 0 where they were not read. */
  readonly characters: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

const [way, path] = process.argv.slice(2) as ['records' | 'items' | 'duckdb' | 'duckdb-rows', string];
const started = performance.now();
const { rows, characters } = way.startsWith('duckdb') ? await readByDuckDb() : await readByCollector();
const figures: CsvFigures = {
  rows,
  characters,
  seconds: (performance.now() - started) / 1000,
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
process.send!(figures);
process.disconnect();

async function readByCollector() {
  const root = dirname(path);
  const config = file.config.parse({ path: relative(root, path), map: { id: 'id', text: 'contribution' } });
  const effects = effectsFor({ root, signal: new AbortController().signal });
  let opening: SnapshotOpening | null = null;
  let rows = 0;
  let characters = 0;
  for await (const event of file.collect(config, effects)) {
    if (event.kind === 'opening') opening = event.opening;
    if (event.kind !== 'record') continue;
    rows += 1;
    if (way === 'items')
      characters += (await file.read(event.bytes, { ...opening!, key: event.key }, config)).text.length;
  }
  return { rows, characters };
}

async function readByDuckDb() {
  const duckDb = await openDuckDb();
  const from = `from read_csv('${path.replaceAll("'", "''")}', delim = ';', header = true, all_varchar = true)`;
  if (way === 'duckdb') {
    const answer = await duckDb.connection.run(`select count(*) as n, sum(length(contribution)) as characters ${from}`);
    const [row] = await answer.getRowObjectsJS();
    duckDb.close();
    return { rows: Number(row!.n), characters: Number(row!.characters) };
  }
  let rows = 0;
  let characters = 0;
  const answer = await duckDb.connection.stream(`select * ${from}`);
  for await (const chunk of answer.yieldRowObjectJs()) {
    for (const row of chunk) {
      rows += 1;
      characters += String(row.contribution).length;
    }
  }
  duckDb.close();
  return { rows, characters };
}
