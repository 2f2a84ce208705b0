// datasens.yaml on disk: read with a tag that says which text it was, replaced whole and only while it is still that one.

import { createHash, randomUUID } from 'node:crypto';
import { chmod, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { SETTINGS_FILE } from './project.ts';

export interface SettingsText {
  readonly text: string;
  /** Changes with every change of the file. */
  readonly etag: string;
}

/** @throws settings-missing */
export async function readSettingsText(root: string): Promise<SettingsText> {
  try {
    const text = await readFile(join(root, SETTINGS_FILE), 'utf8');
    return { text, etag: createHash('sha256').update(text).digest('base64url').slice(0, 27) };
  } catch (cause) {
    throw new DataSensError('settings-missing', `${SETTINGS_FILE} cannot be read`, {
      cause,
      remedy: 'put it back, readable by DataSens',
    });
  }
}

/**
 * Replaces the file by `text`: written beside it, flushed, then renamed over it, so that a crash leaves one or the other.
 * @throws locked where the file is no longer the one of `etag`, refused where the disk does
 */
export async function replaceSettingsText(root: string, text: string, etag: string): Promise<SettingsText> {
  // A link stays a link: what it names is replaced.
  const path = await realpath(join(root, SETTINGS_FILE)).catch(() => join(root, SETTINGS_FILE));
  const temporary = join(dirname(path), `.${SETTINGS_FILE}.${randomUUID()}`);
  try {
    const { mode } = await stat(path);
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(temporary, mode);
    if ((await readSettingsText(root)).etag !== etag) throw changedMeanwhile();
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof DataSensError) throw cause;
    throw new DataSensError('refused', `${SETTINGS_FILE} cannot be written`, {
      cause,
      remedy: remedyOf(cause),
    });
  }
  return readSettingsText(root);
}

/** The refusal to write over what somebody else wrote. */
export function changedMeanwhile(): DataSensError {
  return new DataSensError('locked', `${SETTINGS_FILE} was changed since it was read`, {
    remedy: 'read it again, then make the change once more',
  });
}

function remedyOf(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full: make room, then save again';
  return 'let the account that runs DataSens write in the folder of the project';
}
