// datasens init

import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { initialise } from '../run/init.ts';
import { answer } from './command.ts';

export function attach(program: Command): void {
  const command = program
    .command('init')
    .description('Make a project that runs at once')
    .argument('[folder]', 'where', '.')
    .option('--organisation <name>', 'who is responsible for the processing')
    .action((folder: string, { organisation }: { organisation?: string }) =>
      answer(command, async () => {
        const target = resolve(folder);
        const files = await initialise(target, organisation ?? basename(target));
        return {
          data: { folder: target, files },
          text: `Projet créé dans ${target} :\n${files.map((file) => `  ${file}`).join('\n')}`,
          nextSteps: ['posez vos fichiers dans inputs/', 'datasens check', 'datasens run', 'datasens serve'],
        };
      }),
    );
}
