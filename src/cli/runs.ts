// datasens runs: the last runs, stopping one, and doing again what one left.

import type { Command } from 'commander';
import { DataSensError } from '../model/error.ts';
import { LOCAL_ACTOR } from '../model/person.ts';
import { runJourney } from '../run/journey.ts';
import type { Run } from '../run/reader.ts';
import { openRunReader } from '../run/run-reader.ts';
import { findRetry, openRunDesk, requireRunId } from '../run/store-run-desk.ts';
import { answer, withApp } from './command.ts';
import { showProgress } from './progress.ts';
import { describeCounts } from './stage-command.ts';

export function attach(program: Command): void {
  const runs = program.command('runs').description('List the last runs; stop one, or do again what one left');
  runs.option('--limit <number>', 'how many, at most 100', '20').action(({ limit }: { readonly limit: string }) =>
    answer(runs, (options, signal) =>
      withApp(options, signal, async (app) => {
        const listed = (await openRunReader(app.database).runs()).slice(0, parseLimit(limit));
        return {
          data: { runs: listed },
          text: listed.length === 0 ? 'Aucune exécution.' : listed.map(describe).join('\n'),
          nextSteps: listed.length === 0 ? ['datasens run'] : [],
        };
      }),
    ),
  );
  const cancel = runs
    .command('cancel')
    .description('Stop a run, whichever process holds it; what it did is kept')
    .argument('<run>', 'id of the run, or its beginning')
    .action((given: string) =>
      answer(cancel, (options, signal) =>
        withApp(options, signal, async (app) => {
          const id = await requireRunId(app, given);
          const state = await openRunDesk(app).cancel(id, LOCAL_ACTOR.person);
          return {
            data: { run: id, state },
            text:
              state === 'running'
                ? `${id.slice(0, 8)} finit ce qu’elle tient, puis s’arrête.`
                : `${id.slice(0, 8)} ${STATES[state]}.`,
            nextSteps: state === 'cancelled' ? [`datasens runs retry ${id.slice(0, 8)}`] : [],
          };
        }),
      ),
    );
  const retry = runs
    .command('retry')
    .description('Do again what failed in a run, or what it left when it was stopped')
    .argument('<run>', 'id of the run, or its beginning')
    .action((given: string) =>
      answer(retry, (options, signal) =>
        withApp(options, signal, async (app) => {
          const request = await findRetry(app, await requireRunId(app, given));
          const result = await runJourney(app, request, showProgress(options));
          return {
            data: result,
            text: describeCounts(result.counts),
            exitCode: result.state === 'partial' ? 6 : 0,
            nextSteps: ['datasens runs'],
          };
        }),
      ),
    );
}

const STATES: Readonly<Record<Run['state'], string>> = {
  waiting: 'attend',
  running: 'est en cours',
  done: 'est terminée',
  partial: 'est terminée en partie',
  failed: 'est en échec',
  cancelled: 'est interrompue',
};

function describe({ id, command, state, startedAt, endedAt, stages, error }: Run): string {
  const at = startedAt.slice(0, 16).replace('T', ' ');
  const seconds = endedAt === null ? '…' : `${((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(1)} s`;
  const done = stages.map((stage) => `${stage.stage} ${stage.done}`).join(', ');
  return [`${id.slice(0, 8)}  ${at}  ${STATES[state].replace(/^est /, '')}  ${seconds}  ${command}`, done, error]
    .filter((part) => part !== null && part !== '')
    .join('  ');
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new DataSensError('usage', `--limit ${text} is no number of runs`, { remedy: 'give a number from 1 to 100' });
}
