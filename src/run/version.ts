// The version of DataSens, as package.json says.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For example `0.1.0`. */
export function version(): string {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
