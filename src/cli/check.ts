// datasens check

import type { Command } from 'commander';
import { checkProject } from '../run/check.ts';
import { answer } from './command.ts';

export function attach(program: Command): void {
  const command = program
    .command('check')
    .description('Say everything that is wrong with the settings, with line numbers')
    .action(() =>
      answer(command, async (options) => {
        const result = await checkProject(options.project);
        const lines = result.problems.map(({ line, path, message }) => `${result.file}:${line} ${path}: ${message}`);
        const { sources, releases } = result.declared;
        return {
          data: result,
          text:
            lines.length > 0
              ? lines.join('\n')
              : `${result.file} : ${sources.length} source(s), ${releases.length} publication(s), rien à corriger`,
          exitCode: lines.length > 0 ? 3 : 0,
          nextSteps: lines.length > 0 ? [] : ['datasens run'],
        };
      }),
    );
}
