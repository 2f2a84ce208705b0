// datasens annotate

import type { Command } from 'commander';
import { estimateCost } from '../run/model-cost.ts';
import { answer, withApp } from './command.ts';
import { describeCost } from './model-cost.ts';
import { attachStage } from './stage-command.ts';

export function attach(program: Command): void {
  attachStage(program, {
    name: 'annotate',
    description: 'Annotate the documents with the annotators of the settings',
    steps: ['annotate'],
    nextSteps: ['datasens publish'],
    instead: {
      option: 'estimate',
      description: 'say what it would cost, by annotator, and do nothing',
      run: (command) =>
        answer(command, (options, signal) =>
          withApp(options, signal, async (app) => {
            const cost = await estimateCost(app);
            const bar = cost.above.length === 0 ? '' : ' --yes';
            return { data: cost, text: describeCost(cost), nextSteps: [`datasens annotate${bar}`] };
          }),
        ),
    },
  });
}
