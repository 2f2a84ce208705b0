// Which files a pattern names: a file, the files below a folder, or those a glob matches. Nothing leaves by a symlink.

import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, matchesGlob, relative, resolve, sep } from 'node:path';
import { DataSensError } from '../model/error.ts';

/** Deeper folders are not walked: a loop of mounts would never end. */
const MAXIMUM_DEPTH = 64;

/**
 * The files that patterns name, in order of pattern then of name, each once; relative where the pattern was.
 * Folders are walked whole, hidden files and links that lead out of the folder left aside. A path that exists is
 * taken as it is, even where its name holds `*` or `[`.
 * @throws input-missing where a pattern names nothing
 */
export async function expandPaths(root: string, patterns: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const paths = [...expandPattern(root, pattern)];
    for (const path of paths) found.add(path);
    if (paths.length === 0) {
      throw new DataSensError('input-missing', `\`${pattern}\` names no file`, {
        remedy: 'correct the path, or put the file there; a folder must hold a file that is not hidden',
      });
    }
  }
  return [...found];
}

function expandPattern(root: string, pattern: string): Iterable<string> {
  const absolute = resolve(root, pattern);
  const kind = kindOf(absolute);
  if (kind === 'file') return [pattern];
  if (kind === 'folder') return walk(absolute, pattern);
  return /[*?[{]/.test(pattern) ? matching(root, pattern) : [];
}

/** Walks from the deepest folder that the pattern names plainly. */
function* matching(root: string, pattern: string): Iterable<string> {
  const parts = pattern.split('/');
  const plain = parts.findIndex((part) => /[*?[{]/.test(part));
  const base = parts.slice(0, plain).join('/') || (isAbsolute(pattern) ? '/' : '.');
  const folder = resolve(root, base);
  if (kindOf(folder) !== 'folder') return;
  const rest = parts.slice(plain).join('/');
  for (const path of walk(folder, base === '.' ? '' : base)) {
    const inside = relative(folder, resolve(root, path)).split(sep).join('/');
    if (matchesGlob(inside, rest)) yield path;
  }
}

function* walk(folder: string, shown: string): Iterable<string> {
  yield* below(folder, shown, { top: realpathSync(folder), depth: 0 });
}

interface Walk {
  /** Real path of the folder that the walk started from. */
  readonly top: string;
  readonly depth: number;
}

function* below(folder: string, shown: string, { top, depth }: Walk): Iterable<string> {
  if (depth > MAXIMUM_DEPTH) return;
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'));
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const entry of entries) {
    const absolute = join(folder, entry.name);
    const path = shown === '' ? entry.name : join(shown, entry.name);
    if (entry.isSymbolicLink()) {
      // A linked folder is never entered: it may hold the folder that holds it.
      if (kindOf(absolute) === 'file' && isBelow(realpathSync(absolute), top)) yield path;
      continue;
    }
    if (entry.isDirectory()) yield* below(absolute, path, { top, depth: depth + 1 });
    if (entry.isFile()) yield path;
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function kindOf(path: string): 'file' | 'folder' | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return null;
    if (stat.isDirectory()) return 'folder';
    // Pipes and devices never end.
    return stat.isFile() ? 'file' : null;
  } catch {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? 'file' : null;
  }
}
