// Runs the measurements of this folder, one JSON line each. Usage: npm run bench [name …]

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => wanted.length === 0 || wanted.includes(basename(file, '.bench.ts')))
  .sort();

for (const file of files) await import(join(import.meta.dirname, file));
