// datasens worker

import { once } from 'node:events';
import type { Command } from 'commander';
import { openStandingWork } from '../run/standing-work.ts';
import { answer, withApp } from './command.ts';

export function attach(program: Command): void {
  const command = program
    .command('worker')
    .description('Work on what is queued and collect at the rhythms, without the workbench; any number may run')
    .action(() =>
      answer(command, async (options, signal) =>
        withApp(options, { signal, keepsTime: true }, async (app) => {
          const work = await openStandingWork(app, (words) => process.stderr.write(`${words}\n`));
          process.stderr.write('Au travail. Ctrl+C pour arrêter.\n');
          if (!signal.aborted) await once(signal, 'abort');
          await work.stop();
          return { data: { stopped: true }, text: 'Travail arrêté.' };
        }),
      ),
    );
}
