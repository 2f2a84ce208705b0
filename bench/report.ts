// One JSON line a measurement: { name, value, unit, n, machine, commit }.

import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';

export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly n: number;
}

/** Prints a measurement with the machine and commit it was made on. */
export function report(measure: Measure): void {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'cpu'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  const value = Number(measure.value.toPrecision(4));
  process.stdout.write(`${JSON.stringify({ ...measure, value, machine, commit: commit() })}\n`);
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
