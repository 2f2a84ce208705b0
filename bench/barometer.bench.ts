// A release of synthetic rows with 600-character texts: writing, verifying and computing figures from it, and the memory.
// DATASENS_BENCH_ROWS=1000000 chooses the size.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BarometerFigures } from './barometer-child.ts';
import { report } from './report.ts';

const rows = Number(process.env.DATASENS_BENCH_ROWS ?? '1000000');
const folder = await mkdtemp(join(tmpdir(), 'datasens-bench-'));
try {
  const child = fork(join(import.meta.dirname, 'barometer-child.ts'), [folder, String(rows)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the measured process ended with ${code}`);
  });
  const [figures] = (await Promise.race([once(child, 'message'), failed])) as [BarometerFigures];
  const mebibytes = (bytes: number) => bytes / 2 ** 20;
  const name = `release.${rows}`;
  report({ name: `${name}.publish`, value: figures.publishSeconds, unit: 's', n: rows });
  report({ name: `${name}.parquetSize`, value: mebibytes(figures.parquetBytes), unit: 'MiB', n: rows });
  report({ name: `${name}.csvSize`, value: mebibytes(figures.csvBytes), unit: 'MiB', n: rows });
  report({ name: `${name}.publishPeakMemory`, value: mebibytes(figures.publishPeakBytes), unit: 'MiB', n: rows });
  report({ name: `${name}.verify`, value: figures.verifySeconds, unit: 's', n: rows });
  report({ name: `${name}.barometer`, value: figures.barometerSeconds, unit: 's', n: figures.cells });
  report({ name: `${name}.query`, value: figures.querySeconds, unit: 's', n: rows });
  report({ name: `${name}.peakMemory`, value: mebibytes(figures.peakBytes), unit: 'MiB', n: rows });
} finally {
  await rm(folder, { recursive: true, force: true });
}
