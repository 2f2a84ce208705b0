// The tagger in its own domain: persons, places and organisations of old press, read by OCR, found exactly.
// Neighbouring sentences are of one page: blocks of 250 are held out together.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGazetteer } from '../../src/annotate/student/gazetteer.ts';
import { type MarkedText, trainSequence } from '../../src/annotate/student/sequence-training.ts';
import type { Span } from '../../src/annotate/student/spans-of-tags.ts';
import type { Conformance } from './conformance.ts';

const BLOCK = 250;
const LABELS = ['LOC', 'ORG', 'PER'];
const AIM = 0.75;
const names = join(import.meta.dirname, '../../src/refine/names');
const LISTS = { 'first-names.txt': 1, 'surnames.txt': 4, 'words.txt': 8, 'places.txt': 16 } as const;

const sequence: Conformance = async (data) => {
  const lines = readFileSync(join(data, 'language/ner-europeana-fr/all.jsonl'), 'utf8').trim().split('\n');
  const texts = lines.map((line, row) => textOf(JSON.parse(line) as Tagged, row));
  const entries = Object.entries(LISTS).flatMap(([file, bits]) =>
    readFileSync(join(names, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((word) => [word.replace(' ~', ''), bits] as const),
  );
  const asked = { task: 'noms', codebook: 'conformance@1', labels: LABELS, gazetteer: buildGazetteer(entries) };
  const { figures } = trainSequence(texts, asked);
  return figures.perLabel.map(({ label, precision, recall, f1, support }) => {
    const met = label !== 'PER' ? '' : `; aim ${AIM} ${f1 >= AIM ? 'met' : 'MISSED'}`;
    const figure = `precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}${met}`;
    return { name: `sequence: ${label}`, passed: Math.round(recall * support), total: support, figure };
  });
};
export default sequence;

interface Tagged {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

function textOf({ tokens, tags }: Tagged, row: number): MarkedText {
  let text = '';
  const spans: { start: number; end: number; label: Span['label'] }[] = [];
  for (const [place, token] of tokens.entries()) {
    if (place > 0) text += ' ';
    const start = text.length;
    text += token;
    const label = tags[place]!.slice(2);
    if (label === '') continue;
    // The set has no tag for a beginning: neighbours of one label are one.
    if (tags[place - 1] === tags[place]) spans.at(-1)!.end = text.length;
    else spans.push({ start, end: text.length, label });
  }
  return {
    id: `s${String(row).padStart(6, '0')}`,
    text,
    spans,
    keys: [`page ${Math.floor(row / BLOCK)}`],
    person: true,
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
