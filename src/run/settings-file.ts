// Files that people write, on disk: read with a tag that says which text it was, replaced whole and only while it is that one.

import { createHash, randomUUID } from 'node:crypto';
import { chmod, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { SETTINGS_FILE } from './project.ts';

export interface SettingsText {
  readonly text: string;
  /** Changes with every change of the file. */
  readonly etag: string;
}

/** @throws settings-missing */
export function readSettingsText(root: string): Promise<SettingsText> {
  return readTaggedText(root, SETTINGS_FILE);
}

/** `file`: its path below `root`, as messages name it. @throws settings-missing */
export async function readTaggedText(root: string, file: string): Promise<SettingsText> {
  try {
    const text = await readFile(join(root, file), 'utf8');
    return { text, etag: createHash('sha256').update(text).digest('base64url').slice(0, 27) };
  } catch (cause) {
    throw new DataSensError('settings-missing', `${file} cannot be read`, {
      cause,
      remedy: 'put it back, readable by DataSens',
    });
  }
}

/** As `replaceTaggedText`, of datasens.yaml. */
export function replaceSettingsText(root: string, text: string, etag: string): Promise<SettingsText> {
  return replaceTaggedText({ root, file: SETTINGS_FILE }, text, etag);
}

/**
 * Replaces the file by `text`: written beside it, flushed, then renamed over it, so that a crash leaves one or the other.
 * @throws locked where the file is no longer the one of `etag`, refused where the disk does
 */
export async function replaceTaggedText(
  { root, file }: { readonly root: string; readonly file: string },
  text: string,
  etag: string,
): Promise<SettingsText> {
  // A link stays a link: what it names is replaced.
  const path = await realpath(join(root, file)).catch(() => join(root, file));
  const temporary = join(dirname(path), `.${basename(file)}.${randomUUID()}`);
  try {
    const { mode } = await stat(path);
    const opened = await open(temporary, 'wx', mode);
    try {
      await opened.writeFile(text);
      await opened.sync();
    } finally {
      await opened.close();
    }
    await chmod(temporary, mode);
    if ((await readTaggedText(root, file)).etag !== etag) throw changedMeanwhile(file);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof DataSensError) throw cause;
    throw new DataSensError('refused', `${file} cannot be written`, {
      cause,
      remedy: remedyOf(cause),
    });
  }
  return readTaggedText(root, file);
}

/** The refusal to write over what somebody else wrote. */
export function changedMeanwhile(file = SETTINGS_FILE): DataSensError {
  return new DataSensError('locked', `${file} was changed since it was read`, {
    remedy: 'read it again, then make the change once more',
  });
}

function remedyOf(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full: make room, then save again';
  return 'let the account that runs DataSens write in the folder of the project';
}
