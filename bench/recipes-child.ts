// One part of the life of a recipe in a process of its own, so that its memory is its own: the first run, the derivation of
// another, its comparison alone, its acceptance.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../src/run/app.ts';
import { compareProposal } from '../src/run/compare-recipes.ts';
import { runJourney } from '../src/run/journey.ts';
import { openProject } from '../src/run/project.ts';
import { openRecipeDesk } from '../src/run/store-recipe-desk.ts';
import { ownCpuSeconds, serverCpuSeconds } from './cpu.ts';

export interface RecipeFigures {
  readonly seconds: number;
  /** CPU seconds of this process and of the database, the start of the app apart. */
  readonly cpuSeconds: number;
  /** Largest resident memory of this process, threads included. */
  readonly peakBytes: number;
}

const [folder, part] = process.argv.slice(2) as [string, 'first' | 'derive' | 'compare' | 'accept'];
const project = openProject(folder);
const app = await openApp(project, { signal: new AbortController().signal });
const postmaster = Number(readFileSync(join(project.private, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
const cpu = () => ownCpuSeconds() + serverCpuSeconds(postmaster);
const [startedAt, before] = [performance.now(), cpu()];
const silent = () => undefined;

switch (part) {
  case 'first':
    await runJourney(app, { command: 'bench', steps: ['collect', 'refine', 'annotate', 'govern'] }, silent);
    break;
  case 'derive':
    await runJourney(app, { command: 'bench', steps: ['refine'] }, silent);
    break;
  case 'compare':
    for (const proposal of app.proposals) await compareProposal(app, proposal);
    break;
  case 'accept':
    for (const { name } of app.proposals) {
      await openRecipeDesk(app).accept(name, { actor: 'person:bench', why: 'bench' }, 'bench');
    }
    break;
}
const figures: RecipeFigures = {
  seconds: (performance.now() - startedAt) / 1000,
  cpuSeconds: cpu() - before,
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
await app.close();
process.send!(figures);
process.disconnect();
