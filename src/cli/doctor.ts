// datasens doctor

import type { Command } from 'commander';
import { examine } from '../run/doctor.ts';
import { answer } from './command.ts';
import { paint } from './output.ts';

const SIGNS = { ok: paint('32', '✓'), warning: paint('33', '!'), failure: paint('31', '✗') };

export function attach(program: Command): void {
  const command = program
    .command('doctor')
    .description('Look at everything the project rests on, and say what to do about what does not work')
    .action(() =>
      answer(command, async (options, signal) => {
        const symptoms = await examine(options.project, signal);
        const sick = symptoms.some(({ state }) => state === 'failure');
        return {
          data: symptoms,
          text: symptoms
            .map(
              ({ name, state, seen, remedy }) =>
                `${SIGNS[state]} ${name.padEnd(10)} ${seen}${remedy ? `\n  → ${remedy}` : ''}`,
            )
            .join('\n'),
          exitCode: sick ? 1 : 0,
        };
      }),
    );
}
