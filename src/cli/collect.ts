// datasens collect

import type { Command } from 'commander';
import { attachStage } from './stage-command.ts';

export function attach(program: Command): void {
  attachStage(program, {
    name: 'collect',
    description: 'Collect the sources of the settings: outside world → records',
    steps: ['collect'],
    nextSteps: ['datasens refine'],
  });
}
