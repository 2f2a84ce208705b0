// datasens train

import type { Command } from 'commander';
import { type TrainOutcome, trainStudents } from '../run/train.ts';
import { listTrained } from '../run/trained.ts';
import { answer, type GlobalOptions, withApp } from './command.ts';

export function attach(program: Command): void {
  const command = program
    .command('train')
    .description('Learn from people’s answers; what is better than who judges now takes over')
    .argument('[task]', 'only this task of the codebook')
    .option('--list', 'show the students that were trained, and train none');
  command.action(async (task: string | undefined) =>
    answer(command, (options, signal) =>
      withApp(options, signal, async (app) => {
        if (command.opts<{ list?: boolean }>().list) {
          const students = await listTrained(app);
          const lines = students.map((one) => `${one.state.padEnd(10)} ${one.task.padEnd(16)} ${one.summary}`);
          return { data: { students }, text: lines.length === 0 ? 'aucun élève' : lines.join('\n') };
        }
        const request = { task: task ?? null, actor: 'system', progress: showShare(options) };
        const outcomes = await trainStudents(app, request);
        return {
          data: { students: outcomes },
          text: outcomes.map(describe).join('\n'),
          nextSteps: outcomes.some(({ promoted }) => promoted) ? ['datasens annotate'] : [],
        };
      }),
    ),
  );
}

function describe({ task, promoted, why, leftOut }: TrainOutcome): string {
  const left = leftOut > 0 ? ` (${leftOut} textes laissés, faute de mémoire)` : '';
  return `${task.padEnd(16)} ${promoted ? 'promu' : 'non promu'} : ${why}${left}`;
}

/** One line that moves on a terminal. */
function showShare({ quiet }: GlobalOptions): (task: string, share: number) => void {
  if (quiet || process.stderr.isTTY !== true) return () => undefined;
  return (task, share) => {
    process.stderr.write(`\r\u001b[K… ${task.padEnd(16)} ${Math.round(100 * share)} %${share >= 1 ? '\n' : ''}`);
  };
}
