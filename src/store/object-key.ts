// Which keys objects may have, whatever keeps them.

import { DataSensError } from '../model/error.ts';

const LONGEST_BYTES = 512;

/** Refuses keys that could leave their folder or differ between stores. @throws internal */
export function checkKey(key: string): string {
  const parts = key.split('/');
  const sound = parts.every((part) => /^[\w.@=+-]+$/.test(part) && !/^\.+$/.test(part) && !part.endsWith('.tmp'));
  if (sound && key.length <= LONGEST_BYTES) return key;
  throw new DataSensError('internal', 'An object key holds other characters than letters, digits and . _ - @ = +');
}

/** The folder part of a prefix, with its closing slash, checked as a key; '' where there is none. @throws internal */
export function folderOf(prefix: string): string {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '') checkKey(folder.slice(0, -1));
  return folder;
}

export function notFound(key: string, cause?: unknown): DataSensError {
  return new DataSensError('not-found', `The object store has no ${key}`, { cause });
}
