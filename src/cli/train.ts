// datasens train

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type TrainOutcome, trainStudents } from '../run/train.ts';
import { listTrained } from '../run/trained.ts';
import { answer, type GlobalOptions, withApp } from './command.ts';

export function attach(program: Command): void {
  const command = program
    .command('train')
    .description('Learn from people’s answers; what is better than who judges now takes over')
    .argument('[task]', 'only this task of the codebook')
    .option('--from <file>', 'learn a task of spans from texts marked by hand outside the project, one a line as JSON')
    .option('--list', 'show the students that were trained, and train none');
  command.action(async (task: string | undefined) =>
    answer(command, (options, signal) =>
      withApp(options, signal, async (app) => {
        const { list, from } = command.opts<{ list?: boolean; from?: string }>();
        if (list) {
          const students = await listTrained(app);
          const lines = students.map((one) => `${one.state.padEnd(10)} ${one.task.padEnd(16)} ${one.summary}`);
          return { data: { students }, text: lines.length === 0 ? 'aucun élève' : lines.join('\n') };
        }
        const path = from === undefined ? null : resolve(from);
        const request = { task: task ?? null, from: path, actor: 'system', progress: showShare(options) };
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
