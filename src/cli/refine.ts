// datasens refine

import type { Command } from 'commander';
import { attachStage } from './stage-command.ts';

export function attach(program: Command): void {
  attachStage(program, {
    name: 'refine',
    description: 'Refine what was collected: records → documents with their findings',
    steps: ['refine'],
    nextSteps: ['datasens annotate'],
  });
}
