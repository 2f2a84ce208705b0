// Runs DataSens over real inputs and prints one line per class: passed, total, figure.
// Usage: conformance.ts [name …] [--verbose] [--project folder]; a project's model is measured too (injection). Reads ../shared/data beside the repository, or DATASENS_DATA.

import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface ConformanceLine {
  readonly name: string;
  readonly passed: number;
  readonly total: number;
  readonly figure: string;
}

export interface ConformanceOptions {
  /** Folder of a project whose model is to be measured. */
  readonly project?: string;
}

export type Conformance = (data: string, options: ConformanceOptions) => Promise<readonly ConformanceLine[]>;

const data = process.env.DATASENS_DATA ?? resolve(import.meta.dirname, '../../../shared/data');
const { positionals: wanted, values: options } = parseArgs({
  allowPositionals: true,
  options: { project: { type: 'string' }, verbose: { type: 'boolean' } },
});

if (!existsSync(data) && options.project === undefined) {
  console.log('conformance: no real inputs beside the repository (../shared/data); nothing was measured.');
  process.exit(0);
}

const modules = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.conformance.ts'))
  .filter((file) => wanted.length === 0 || wanted.includes(basename(file, '.conformance.ts')))
  .sort();

for (const file of modules) {
  const module = (await import(join(import.meta.dirname, file))) as { readonly default: Conformance };
  for (const line of await module.default(data, options)) {
    console.log(
      `${line.name.padEnd(36)} ${String(line.passed).padStart(6)} / ${String(line.total).padEnd(6)} ${line.figure}`,
    );
  }
}
