// The command line: every command is a file of this folder, loaded when it is called.

import { Command, CommanderError } from 'commander';
import { DataSensError } from '../model/error.ts';
import { version } from '../run/version.ts';
import { writeFailure } from './output.ts';

type Attach = { readonly attach: (program: Command) => void };

const COMMANDS: Readonly<Record<string, () => Promise<Attach>>> = {
  init: () => import('./init.ts'),
  check: () => import('./check.ts'),
  explain: () => import('./explain.ts'),
  collect: () => import('./collect.ts'),
  refine: () => import('./refine.ts'),
  annotate: () => import('./annotate.ts'),
  train: () => import('./train.ts'),
  codebook: () => import('./codebook.ts'),
  themes: () => import('./themes.ts'),
  review: () => import('./review.ts'),
  evaluate: () => import('./evaluate.ts'),
  publish: () => import('./publish.ts'),
  decide: () => import('./decide.ts'),
  run: () => import('./run.ts'),
  runs: () => import('./runs.ts'),
  recipes: () => import('./recipes.ts'),
  serve: () => import('./serve.ts'),
  account: () => import('./account.ts'),
  worker: () => import('./worker.ts'),
  inspect: () => import('./inspect.ts'),
  verify: () => import('./verify.ts'),
  doctor: () => import('./doctor.ts'),
};

const program = new Command('datasens')
  .description('collect → refine → annotate → govern → publish → decide: public words, governed, on your own machines')
  .version(version())
  .option('--project <folder>', 'folder of the project', process.cwd())
  .option('--json', 'answer in one JSON document (the default in a pipe)')
  .option('--text', 'answer for people (the default on a terminal)')
  .option('--quiet', 'no progress')
  .option('--debug', 'show the stack of a failure')
  .exitOverride()
  .configureOutput({ outputError: () => undefined })
  .showSuggestionAfterError();

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const called = process.argv.slice(2).find((argument) => argument in COMMANDS);
const wanted = called ? [called] : Object.keys(COMMANDS);
for (const name of wanted) (await COMMANDS[name]!()).attach(program);
for (const command of program.commands) command.exitOverride().configureOutput({ outputError: () => undefined });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode !== 0 && error.code !== 'commander.help') {
    const message = error.message.replace(/^error: /, '');
    const failure = new DataSensError('usage', message, { remedy: '`datasens --help` lists commands and options' });
    writeFailure(failure, { json: process.argv.includes('--json') || undefined } as { json?: boolean });
  }
  if (error.code === 'commander.help') process.exitCode = 2;
}
