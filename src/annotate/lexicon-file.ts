// Reads the lexicons: sections in brackets, entries between commas, comments after #.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LexiconSection {
  /** What stands in the brackets, cut at spaces: `[verb -2]` → verb, -2. */
  readonly heading: readonly string[];
  readonly entries: readonly string[];
}

/** A lexicon of the folder lexicons/, by its file name. */
export function readLexiconFile(name: string): readonly LexiconSection[] {
  return parseLexicon(readFileSync(join(import.meta.dirname, 'lexicons', name), 'utf8'));
}

/** Entries before the first heading are ignored. */
export function parseLexicon(text: string): readonly LexiconSection[] {
  const sections: { heading: string[]; entries: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      sections.push({ heading: line.slice(1, line.indexOf(']')).trim().split(/ +/), entries: [] });
      continue;
    }
    const entries = line.split(',').map((entry) => entry.trim());
    sections.at(-1)?.entries.push(...entries.filter((entry) => entry !== ''));
  }
  return sections;
}
