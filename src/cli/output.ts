// How a command answers: people on a terminal, one JSON document in a pipe. stdout is the answer, stderr the progress.

import { DataSensError } from '../model/error.ts';
import { EXIT_CODES } from './exit-code.ts';

export interface OutputOptions {
  readonly json?: boolean;
  readonly text?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

export interface Answer {
  readonly data: unknown;
  /** The same for people, in lines. */
  readonly text: string;
  readonly warnings?: readonly string[];
  /** What to type or open next. */
  readonly nextSteps?: readonly string[];
  readonly exitCode?: number;
}

const SCHEMA_VERSION = 1;

/** JSON when asked for, or when nobody is there to read. */
export function answersInJson(options: OutputOptions): boolean {
  return options.json ?? (!options.text && !process.stdout.isTTY);
}

export function writeAnswer(answer: Answer, options: OutputOptions): void {
  const { data, text, warnings = [], nextSteps = [], exitCode = 0 } = answer;
  if (answersInJson(options)) {
    const document = { schemaVersion: SCHEMA_VERSION, ok: exitCode === 0, data, warnings, nextSteps };
    process.stdout.write(`${JSON.stringify(document)}\n`);
  } else {
    const lines = [text, ...warnings.map((warning) => `${paint('33', 'attention')} ${warning}`)];
    if (!options.quiet && nextSteps.length > 0) lines.push('', 'Ensuite :', ...nextSteps.map((step) => `  ${step}`));
    process.stdout.write(`${lines.filter((line) => line !== undefined).join('\n')}\n`);
  }
  process.exitCode = exitCode;
}

export function writeFailure(error: unknown, options: OutputOptions): void {
  const failure =
    error instanceof DataSensError
      ? error
      : isAbort(error)
        ? new DataSensError('cancelled', 'stopped; what was done is kept, and the same command takes it up again')
        : new DataSensError('internal', 'an unexpected failure', {
            cause: error,
            remedy: 'run again with --debug, and open an issue',
          });
  const { code, message, remedy, retryable } = failure;
  if (answersInJson(options)) {
    const document = { schemaVersion: SCHEMA_VERSION, ok: false, error: { code, message, remedy, retryable } };
    process.stdout.write(`${JSON.stringify(document)}\n`);
  } else {
    process.stderr.write(`${paint('31', 'erreur')} ${message}\n${remedy ? `  → ${remedy}\n` : ''}`);
  }
  if (options.debug) process.stderr.write(`${(failure.cause as Error | undefined)?.stack ?? failure.stack}\n`);
  process.exitCode = EXIT_CODES[code];
}

/** Colours only where a terminal shows them and NO_COLOR does not forbid. */
export function paint(code: string, text: string): string {
  const wanted = process.env.FORCE_COLOR || (process.stderr.isTTY && !process.env.NO_COLOR);
  return wanted ? `\u001b[${code}m${text}\u001b[0m` : text;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
