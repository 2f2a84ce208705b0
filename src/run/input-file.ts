// A small text file that the settings name.

import { readFileSync } from 'node:fs';
import { DataSensError } from '../model/error.ts';

/** The UTF-8 text of a file. @param named how the settings call it. @throws input-missing */
export function readTextFile(path: string, named: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DataSensError('input-missing', `the settings name ${named}, and it cannot be read`, {
      cause,
      remedy: 'correct the path in datasens.yaml, or put the file there',
    });
  }
}
