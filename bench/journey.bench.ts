// The journey CSV → cleared, 600-character documents, at growing sizes; beside its slowest mandatory stage measured alone.
// CPU time is said too: unlike documents/s it can be compared on a machine that does other things.
// DATASENS_BENCH_SIZES=10000,100000 chooses the sizes; DATASENS_BENCH_INDEX=no leaves out the runs with a search index;
// DATASENS_BENCH_DATABASE=postgres://… another server.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorpusCsv } from './corpus-csv.ts';
import type { JourneyFigures } from './journey-child.ts';
import { report } from './report.ts';

const CODEBOOK = join(import.meta.dirname, '../examples/concertation/grilles/barometre.yaml');
const sizes = (process.env.DATASENS_BENCH_SIZES ?? '10000,100000').split(',').map(Number);
const server = process.env.DATASENS_BENCH_DATABASE ?? 'embedded';
const where = server === 'embedded' ? 'embedded' : 'server';

for (const size of sizes) {
  for (const index of process.env.DATASENS_BENCH_INDEX === 'no' ? [false] : [false, true]) {
    const figures = await runOnce(size, index);
    const name = `journey.${where}.${size}${index ? '.indexed' : ''}`;
    report({ name: `${name}.documentsPerSecond`, value: size / figures.seconds, unit: 'documents/s', n: size });
    report({ name: `${name}.peakMemory`, value: figures.peakBytes / 2 ** 20, unit: 'MiB', n: size });
    const cpu = { node: figures.nodeCpuSeconds, server: figures.serverCpuSeconds };
    for (const [part, seconds] of Object.entries(cpu)) {
      if (seconds === null) continue;
      const value = (seconds / size) * 1_000_000;
      report({ name: `${name}.${part}CpuMicrosPerDocument`, value, unit: 'µs/document', n: size });
    }
    if (figures.cleared !== size) throw new Error(`${name}: ${figures.cleared} cleared of ${size}`);
  }
}

async function runOnce(size: number, index: boolean): Promise<JourneyFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-bench-'));
  try {
    await mkdir(join(folder, 'inputs'));
    await writeCorpusCsv(join(folder, 'inputs/contributions.csv'), size);
    await copyFile(CODEBOOK, join(folder, 'grille.yaml'));
    await writeFile(join(folder, 'datasens.yaml'), settingsOf(size));
    const child = fork(join(import.meta.dirname, 'journey-child.ts'), [folder, String(index)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [figures] = (await Promise.race([once(child, 'message'), failure(child)])) as [JourneyFigures];
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function failure(child: ReturnType<typeof fork>): Promise<never> {
  const [code] = await once(child, 'exit');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  throw new Error(`the journey ended with ${code}`);
}

function settingsOf(size: number): string {
  return `organisation: Mesure ${size} ${process.pid} ${Date.now()}
store: { database: "${server}" }
sources:
  contributions:
    collector: file
    with: { path: inputs/contributions.csv, map: { id: id, text: contribution, date: depose_le, territory: code_postal } }
    licence: lov2
    purpose: mesurer
    legalBasis: mission d'intérêt public
    retention: 3 years
annotate: { codebook: grille.yaml, annotators: [lexical] }
`;
}
