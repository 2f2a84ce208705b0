// Sentences of messy contributions: boundaries of ours and of Intl.Segmenter against those that a person set.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { splitSentences } from '../../src/refine/sentences.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

interface Annotated {
  readonly text: string;
  /** Offsets where a further sentence begins. */
  readonly starts: ReadonlySet<number>;
}

const fixtures = resolve(import.meta.dirname, '../fixtures/sentences');
const verbose = process.argv.includes('--verbose');

const sentences: Conformance = async () => {
  const segmenter = new Intl.Segmenter('fr', { granularity: 'sentence' });
  return ['dev', 'held-out'].flatMap((half) => {
    const annotated = readAnnotated(`${fixtures}/${half}.txt`);
    return [
      line(`sentences: ${half}`, annotated, (text) => splitSentences(text).map(({ start }) => start)),
      line(`sentences: ${half}, Intl.Segmenter`, annotated, (text) =>
        Array.from(segmenter.segment(text), ({ index }) => index),
      ),
    ];
  });
};

/** Texts end with `%%`; `‖` stands before the first character of each further sentence. */
export function readAnnotated(path: string): readonly Annotated[] {
  const [, ...lines] = readFileSync(path, 'utf8').split('\n');
  const marked = lines
    .join('\n')
    .split('\n%%\n')
    .filter((text) => text.trim() !== '');
  return marked.map((whole) => {
    const parts = whole.split('‖');
    const text = parts.join('');
    const starts = new Set<number>();
    let at = 0;
    for (const part of parts.slice(0, -1)) {
      at += part.length;
      starts.add(firstLetter(text, at));
    }
    return { text, starts };
  });
}

function line(
  name: string,
  annotated: readonly Annotated[],
  split: (text: string) => readonly number[],
): ConformanceLine {
  let right = 0;
  let found = 0;
  let wanted = 0;
  for (const { text, starts } of annotated) {
    // White space may belong to either side: only the first letter of a sentence counts.
    const ours = new Set(split(text).map((at) => firstLetter(text, at)));
    ours.delete(firstLetter(text, 0));
    wanted += starts.size;
    found += ours.size;
    for (const at of ours) {
      if (starts.has(at)) right += 1;
      else if (verbose) console.error(`${name}: cut before «${text.slice(at, at + 30)}»`);
    }
    if (verbose)
      for (const at of starts) if (!ours.has(at)) console.error(`${name}: no cut before «${text.slice(at, at + 30)}»`);
  }
  const precision = right / found;
  const recall = right / wanted;
  const f1 = (2 * precision * recall) / (precision + recall);
  const figure = `boundaries: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}`;
  return { name, passed: right, total: wanted, figure };
}

function firstLetter(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at += 1;
  return at;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export default sentences;
