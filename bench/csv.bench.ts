// A messy CSV of 500 MB (windows-1252, semicolons, quotes and newlines inside cells): rows a second of the `file` collector
// beside DuckDB alone, which cannot read that charset and is given a UTF-8 copy. DATASENS_BENCH_MEGABYTES chooses the size.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import type { CsvFigures } from './csv-child.ts';
import { report } from './report.ts';

const MEGABYTES = Number(process.env.DATASENS_BENCH_MEGABYTES ?? 500);
const folder = await mkdtemp(join(tmpdir(), 'datasens-bench-'));
try {
  const messy = join(folder, 'messy.csv');
  const utf8 = join(folder, 'utf8.csv');
  const rows = await writeMessy(messy, utf8);
  const smaller = join(folder, 'smaller.csv');
  await writeMessy(smaller, join(folder, 'unused.csv'), MEGABYTES / 5);
  for (const [way, path] of [
    ['records', messy],
    ['items', messy],
    ['duckdb', utf8],
    ['duckdb-rows', utf8],
  ] as const) {
    const figures = await measure(way, path);
    if (figures.rows !== rows) throw new Error(`${way}: ${figures.rows} rows of ${rows}`);
    report({ name: `csv.${MEGABYTES}MB.${way}`, value: rows / figures.seconds, unit: 'rows/s', n: rows });
    report({ name: `csv.${MEGABYTES}MB.${way}.peakMemory`, value: figures.peakBytes / 2 ** 20, unit: 'MiB', n: rows });
  }
  const fifth = await measure('items', smaller);
  const name = `csv.${MEGABYTES / 5}MB.items.peakMemory`;
  report({ name, value: fifth.peakBytes / 2 ** 20, unit: 'MiB', n: fifth.rows });
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(way: string, path: string): Promise<CsvFigures> {
  const child = fork(join(import.meta.dirname, 'csv-child.ts'), [way, path], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the reader ended with ${code}`);
  });
  const [figures] = (await Promise.race([once(child, 'message'), failed])) as [CsvFigures];
  return figures;
}

/** Writes the same rows in both charsets; the number of rows. */
async function writeMessy(latin: string, unicode: string, megabytes = MEGABYTES): Promise<number> {
  const random = seeded(5);
  const phrases = Object.values(PHRASES).flatMap((tones) => Object.values(tones).flat());
  const files = [
    { stream: createWriteStream(latin), charset: 'latin1' },
    { stream: createWriteStream(unicode), charset: 'utf8' },
  ] as const;
  let size = 0;
  let rows = 0;
  for (; size < megabytes * 1e6; rows += 1) {
    let text = '';
    while (text.length < 700)
      text += `${random.pick(phrases)}${random.pick([' ', ' ; ', '\n', ' « ok » ', ' ""vrai"" '])}`;
    const cell = text.replace(/[^\u0000-\u00ff]/g, "'");
    const line = `${rows === 0 ? 'id;depose_le;contribution\r\n' : ''}${rows};0${1 + (rows % 9)}/05/2026;"${cell}"\r\n`;
    for (const { stream, charset } of files) {
      if (!stream.write(Buffer.from(line, charset))) await once(stream, 'drain');
    }
    size += line.length;
  }
  for (const { stream } of files) {
    stream.end();
    await once(stream, 'close');
  }
  return rows;
}
