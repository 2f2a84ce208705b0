// The certificates that a source's settings trust.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataSensError } from '../model/error.ts';

/** Reads a file of certificates (PEM) of the project. @throws input-missing */
export function readAuthority(root: string, path: string): string {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch (cause) {
    throw new DataSensError('input-missing', `${path}, the authority of \`ca\`, cannot be read`, {
      cause,
      remedy: 'put the certificate (PEM) there, readable by DataSens',
    });
  }
}
