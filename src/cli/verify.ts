// datasens verify

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { verify } from '../run/verify.ts';
import { answer } from './command.ts';

export function attach(program: Command): void {
  const command = program
    .command('verify')
    .description('Check a published release offline: every file, hash, row and cell')
    .argument('<folder>', 'folder of the release')
    .action((folder: string) =>
      answer(command, async () => {
        const result = await verify(resolve(folder));
        const problems = result.problems.map(({ path, problem }) => `${path}: ${problem}`);
        return {
          data: result,
          text: result.ok ? `Publication ${result.release} : intacte` : problems.join('\n'),
          exitCode: result.ok ? 0 : 1,
        };
      }),
    );
}
