// Rows a second of GDELT's knowledge graph, unzipped and filtered as they come: one in fifty is kept.

import { gkgRows, unzipGkg } from '../src/collect/gdelt-rows.ts';
import { gkgFilter } from '../src/collect/gkg-filter.ts';
import { gkgRow } from '../test/gkg-file.ts';
import { zip } from '../test/zip.ts';
import { report } from './report.ts';

const ROWS = 20_000;
/** What a row weighs for real, GCAM mostly. */
const ROW_BYTES = 8000;

const lines = Array.from({ length: ROWS }, (_, at) => {
  const row = gkgRow({
    id: `20260512081500-${at}`,
    ...(at % 50 === 0 ? { language: 'fra' } : {}),
    themes: ['PROTEST'],
  });
  const cells = row.split('\t');
  cells[17] = `wc:120,${Array.from({ length: (ROW_BYTES - row.length) / 11 }, (_, code) => `c${at % 19}.${code}:1.${code % 97}`).join(',')}`;
  return cells.join('\t');
});
const text = lines.join('\n');
const bytes = zip({ 'a.gkg.csv': text });
const signal = new AbortController().signal;

const started = performance.now();
let kept = 0;
const chunks = unzipGkg({ location: 'a.zip', bytes }, { maximumBytes: 2 ** 31, signal });
for await (const _ of gkgRows(chunks, { location: 'a.zip', keeps: gkgFilter({ languages: ['fra'] }) }, signal))
  kept += 1;
const seconds = (performance.now() - started) / 1000;
if (kept !== ROWS / 50) throw new Error(`kept ${kept} rows`);
report({ name: 'gdelt.filter', value: ROWS / seconds, unit: 'rows/s', n: ROWS });
report({ name: 'gdelt.filter.bytes', value: text.length / seconds / 2 ** 20, unit: 'MiB/s', n: text.length });
