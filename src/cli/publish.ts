// datasens publish

import type { Command } from 'commander';
import { attachStage } from './stage-command.ts';

export function attach(program: Command): void {
  attachStage(program, {
    name: 'publish',
    description: 'Clear documents by the policy and publish the releases of the settings',
    steps: ['govern', 'publish'],
    nextSteps: ['datasens decide'],
  });
}
