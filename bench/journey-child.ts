// One journey in a process of its own, so that its memory is its own.

import { join } from 'node:path';
import { openApp } from '../src/run/app.ts';
import { runJourney } from '../src/run/journey.ts';
import { openProject } from '../src/run/project.ts';
import { stopServer } from '../src/store/server.ts';

export interface JourneyFigures {
  readonly seconds: number;
  /** Largest resident memory of this process, threads included; the database server is apart. */
  readonly peakBytes: number;
  readonly cleared: number;
}

const [folder, index] = process.argv.slice(2) as [string, string];
const project = openProject(folder);
const app = await openApp(project, { signal: new AbortController().signal });
const startedAt = performance.now();
const times: Record<string, number> = {};
const result = await runJourney(
  app,
  { command: 'bench', steps: ['collect', 'refine', 'annotate', 'govern'], index: index === 'true' },
  ({ stage, kind }) => {
    if (kind === 'finished') times[stage] = performance.now() - startedAt;
  },
);
const figures: JourneyFigures = {
  seconds: (performance.now() - startedAt) / 1000,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  cleared: (result.counts.govern as { cleared: number }).cleared,
};
if (process.env.DATASENS_BENCH_VERBOSE) process.stderr.write(`${JSON.stringify(times)}\n`);
await app.close();
if (project.settings.store.database === 'embedded') await stopServer(join(project.private, 'postgres'));
process.send!(figures);
process.disconnect();
