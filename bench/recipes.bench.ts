// Recipes: what it costs to derive documents again from kept records beside those in force, and to compare them.
// DATASENS_BENCH_ROWS chooses the size; 10,000 and 40,000 show that memory does not follow it.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, stopServer } from '../src/store/server.ts';
import { writeCorpusCsv } from './corpus-csv.ts';
import type { RecipeFigures } from './recipes-child.ts';
import { report } from './report.ts';

const SIZES = (process.env.DATASENS_BENCH_ROWS ?? '10000,40000').split(',').map(Number);
/** Kept record by record, documents change for about one in a hundred: those that hold a mail address. */
const OTHER = 'refine: { keepPersonal: [email] }';

for (const rows of SIZES) {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-recipes-'));
  const postgres = join(folder, '.datasens/postgres');
  try {
    await mkdir(join(folder, 'inputs'));
    await writeCorpusCsv(join(folder, 'inputs/avis.csv'), rows);
    await settings(folder, '');
    await startServer(postgres);
    await child(folder, 'first', rows);
    await settings(folder, OTHER);
    await child(folder, 'derive', rows);
    // Another policy: what was found does not hold any more, and nothing else is to be done.
    await settings(folder, `${OTHER}\ngovern: { refuseFindings: [text-truncated] }`);
    await child(folder, 'compare', rows);
    await child(folder, 'accept', rows);
  } finally {
    await stopServer(postgres);
    await rm(folder, { recursive: true, force: true });
  }
}

async function settings(folder: string, more: string): Promise<void> {
  const source = `collector: file, with: { path: inputs/avis.csv }, licence: lov2, purpose: essai, legalBasis: mission`;
  const text = `organisation: Bench\nsources:\n  avis: { ${source}, retention: 3 years }\n${more}\n`;
  await writeFile(join(folder, 'datasens.yaml'), text);
}

async function child(folder: string, part: string, rows: number): Promise<void> {
  const process = fork(join(import.meta.dirname, 'recipes-child.ts'), [folder, part]);
  const [figures] = (await once(process, 'message')) as [RecipeFigures];
  if (process.exitCode === null) await once(process, 'exit');
  const name = `recipes.${rows}.${part}`;
  report({ name: `${name}.elapsed`, value: figures.seconds, unit: 's', n: rows });
  report({ name: `${name}.processor`, value: figures.cpuSeconds, unit: 's', n: rows });
  report({ name: `${name}.peakMemory`, value: figures.peakBytes / 1e6, unit: 'MB', n: rows });
}
