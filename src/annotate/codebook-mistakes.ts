// Mistakes of a codebook, each at its line of the text, in words.

import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import type { z } from 'zod';
import { nearest } from '../model/nearest.ts';

export interface CodebookMistake {
  /** From 1. */
  readonly line: number;
  /** `tasks.0.categories.3.title`; empty where the text is no YAML. */
  readonly path: string;
  readonly message: string;
}

type Path = readonly (string | number)[];

/** Keys that the object at this path may have. */
export type Known = (path: Path) => readonly string[];

interface Written {
  readonly document: YamlDocument;
  readonly lines: LineCounter;
  readonly known: Known;
}

/** What one issue of the schema says: a mistake, or one for each unknown key, with the nearest known one. */
export function mistakesOf(issue: z.core.$ZodIssue, written: Written): readonly CodebookMistake[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const known = written.known(path);
    return issue.keys.map((key) => {
      const close = nearest(key, known);
      const hint = close ? `did you mean \`${close}\`?` : `known here: ${known.join(', ')}`;
      return {
        line: lineOf(written, [...path, key]),
        path: spell([...path, key]),
        message: `unknown key; ${hint}`,
      };
    });
  }
  // The key of a record is at fault: say what is wrong with it rather than that it is.
  const inner = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  return [{ line: lineOf(written, path), path: spell(path), message: missing ? 'missing' : (inner ?? issue.message) }];
}

const spell = (path: Path) => (path.length === 0 ? '(file)' : path.join('.'));

/** Line of the key at this path, or of the node, or of the nearest parent that exists. */
function lineOf({ document, lines }: Omit<Written, 'known'>, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const at = path.slice(0, length);
    const parent = at.length === 0 ? null : document.getIn(at.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === at.at(-1)) : undefined;
    if (isScalar(pair?.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
    const node = document.getIn(at, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** The line, from 1, of what `path` names in the text of a codebook, or of the nearest thing above it that is there. */
export function codebookLine(text: string, path: readonly (string | number)[]): number {
  const lines = new LineCounter();
  return lineOf({ document: parseDocument(text, { lineCounter: lines }), lines }, path);
}
