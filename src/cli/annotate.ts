// datasens annotate

import type { Command } from 'commander';
import { attachStage } from './stage-command.ts';

export function attach(program: Command): void {
  attachStage(program, {
    name: 'annotate',
    description: 'Annotate the documents with the annotators of the settings',
    steps: ['annotate'],
    nextSteps: ['datasens publish'],
  });
}
