// A folder with datasens.yaml in it: where it is, what it says, and where DataSens keeps its own things.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { requireSettings, type Settings } from './settings.ts';

export const SETTINGS_FILE = 'datasens.yaml';

export interface Project {
  /** Absolute folder that holds datasens.yaml. */
  readonly root: string;
  readonly settings: Settings;
  /** Absolute folder for the database, keys and caches. */
  readonly private: string;
}

/**
 * Finds datasens.yaml in `start` or above it and reads it.
 * @throws settings-missing, settings-invalid
 */
export function openProject(start: string): Project {
  const root = findRoot(resolve(start));
  const settings = requireSettings(readFileSync(join(root, SETTINGS_FILE), 'utf8'), SETTINGS_FILE);
  return { root, settings, private: join(root, '.datasens') };
}

/** The nearest folder at or above `start` that holds datasens.yaml. */
export function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, SETTINGS_FILE))) return folder;
    if (dirname(folder) === folder) {
      throw new DataSensError('settings-missing', `no ${SETTINGS_FILE} in ${start} nor above it`, {
        remedy: 'go to a project folder, name one with --project, or make one with `datasens init`',
      });
    }
  }
}

/** A setting's secret: `file:path` is read from that file (relative to the project), `${NAME}` from the environment. */
export function readSecret(setting: string, root: string): string {
  if (!setting.startsWith('file:')) return fromEnvironment(setting);
  const path = setting.slice('file:'.length);
  try {
    return readFileSync(resolve(root, path), 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new DataSensError('secret-missing', `the settings read a secret from ${path}, which cannot be read`, {
      cause,
      remedy: 'make this file readable by DataSens alone, with the secret as its only line',
    });
  }
}

/** Replaces `${NAME}` by environment variables, so that secrets stay out of the settings file. */
export function fromEnvironment(value: string, environment: NodeJS.ProcessEnv = process.env): string {
  return value.replace(/\$\{([A-Z_][A-Z0-9_]*)\}/g, (_, name: string) => {
    const secret = environment[name];
    if (secret === undefined) {
      throw new DataSensError('secret-missing', `the settings name \${${name}}, and the environment has no ${name}`, {
        remedy: `export ${name} before you run DataSens`,
      });
    }
    return secret;
  });
}
