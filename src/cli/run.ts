// datasens run

import type { Command } from 'commander';
import { attachStage } from './stage-command.ts';

export function attach(program: Command): void {
  attachStage(program, {
    name: 'run',
    description: 'Run the journey: collect, refine, annotate, govern, publish, decide',
    steps: ['collect', 'refine', 'annotate', 'govern', 'publish', 'decide'],
    nextSteps: ['datasens serve'],
  });
}
