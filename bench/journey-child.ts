// One journey in a process of its own, so that its memory is its own.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../src/run/app.ts';
import { runJourney } from '../src/run/journey.ts';
import { openProject } from '../src/run/project.ts';
import { removeServer } from '../src/store/server.ts';
import { ownCpuSeconds, serverCpuSeconds } from './cpu.ts';

export interface JourneyFigures {
  readonly seconds: number;
  /** Largest resident memory of this process, threads included; the database server is apart. */
  readonly peakBytes: number;
  readonly cleared: number;
  /** CPU seconds of this process and its threads, the start of the app apart. */
  readonly nodeCpuSeconds: number;
  /** CPU seconds of the embedded server; null where it is another. */
  readonly serverCpuSeconds: number | null;
}

const [folder, index] = process.argv.slice(2) as [string, string];
const project = openProject(folder);
const app = await openApp(project, { signal: new AbortController().signal });
const postgres = join(project.private, 'postgres');
const isEmbedded = project.settings.store.database === 'embedded';
const postmaster = isEmbedded
  ? Number(readFileSync(join(postgres, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  : null;
const serverSeconds = () => (postmaster === null ? null : serverCpuSeconds(postmaster));
const startedAt = performance.now();
const node = ownCpuSeconds();
const server = serverSeconds();
const spent = () => ({
  seconds: (performance.now() - startedAt) / 1000,
  nodeCpuSeconds: ownCpuSeconds() - node,
  serverCpuSeconds: server === null ? null : serverSeconds()! - server,
});
const times: Record<string, ReturnType<typeof spent>> = {};
const result = await runJourney(
  app,
  { command: 'bench', steps: ['collect', 'refine', 'annotate', 'govern'], index: index === 'true' },
  ({ stage, kind }) => {
    if (kind === 'finished') times[stage] = spent();
  },
);
const figures: JourneyFigures = {
  ...spent(),
  peakBytes: process.resourceUsage().maxRSS * 1024,
  cleared: (result.counts.govern as { cleared: number }).cleared,
};
if (process.env.DATASENS_BENCH_VERBOSE) process.stderr.write(`${JSON.stringify(times)}\n`);
await app.close();
if (isEmbedded) await removeServer(postgres);
process.send!(figures);
process.disconnect();
