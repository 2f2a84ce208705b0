// datasens decide

import type { Command } from 'commander';
import { attachStage } from './stage-command.ts';

export function attach(program: Command): void {
  attachStage(program, {
    name: 'decide',
    description: 'Compute the barometer of the latest releases',
    steps: ['decide'],
    nextSteps: ['datasens serve'],
  });
}
