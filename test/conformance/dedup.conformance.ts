// Copies found among texts: pairs within known clusters, after the same refining as real documents get.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '../../src/model/item.ts';
import { DEFAULT_RECIPE } from '../../src/model/recipe.ts';
import { clusterTexts } from '../../src/refine/copies.ts';
import { pseudonymise } from '../../src/refine/pseudonymise.ts';
import { refine } from '../../src/refine/refine.ts';
import { signatureOf } from '../../src/refine/signature.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

interface Text {
  readonly id: string;
  readonly text: string;
}

const verbose = process.argv.includes('--verbose');

const dedup: Conformance = async (data) => {
  const docs = lines(join(data, 'dedup/docs.jsonl')).map((line) => JSON.parse(line) as Text);
  const clusters = JSON.parse(
    readFileSync(join(data, 'dedup/clusters.json'), 'utf8'),
  ) as readonly (readonly string[])[];
  const articles = lines(join(data, 'dedup/minhash-articles/articles_100.train')).map((line) => ({
    id: line.slice(0, line.indexOf(' ')),
    text: line.slice(line.indexOf(' ') + 1),
  }));
  const twins = lines(join(data, 'dedup/minhash-articles/articles_100.truth')).map((line) => line.trim().split(/\s+/));
  const refined = docs.map(({ id, text }) => ({ id, text: refinedText(text) }));
  return [
    pairs('dedup: pairs of edited copies', refined, clusters),
    pairs('dedup: pairs of articles', articles, twins),
    speed([...refined, ...articles]),
  ];
};

function refinedText(text: string): string {
  const item: Item = {
    id: null,
    title: null,
    text,
    textFormat: 'auto',
    url: null,
    authors: [],
    publishedAt: null,
    territory: null,
    fields: [],
    findings: [],
  };
  const refined = refine(item, DEFAULT_RECIPE, { charset: 'utf-8', collectedAt: null });
  return pseudonymise(refined, {}, DEFAULT_RECIPE).text;
}

function pairs(name: string, texts: readonly Text[], truth: readonly (readonly string[])[]): ConformanceLine {
  const expected = new Map(truth.flatMap((cluster, at) => cluster.map((id) => [id, at] as const)));
  const found = clusterTexts(texts);
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const [at, { id: a }] of texts.entries()) {
    for (const { id: b } of texts.slice(at + 1)) {
      const together = found.has(a) && found.get(a) === found.get(b);
      const copies = expected.has(a) && expected.get(a) === expected.get(b);
      if (together && copies) right += 1;
      else if (together) wrong += 1;
      else if (copies) missed += 1;
      if (together !== copies && verbose) console.error(`${name}: ${a} ${b} ${together ? 'joined' : 'missed'}`);
    }
  }
  const precision = right / Math.max(1, right + wrong);
  const recall = right / Math.max(1, right + missed);
  const f1 = (2 * right) / Math.max(1, 2 * right + wrong + missed);
  const figure = `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`;
  return { name, passed: right, total: right + missed, figure };
}

function speed(texts: readonly Text[]): ConformanceLine {
  for (const { text } of texts) signatureOf(text);
  const rounds = 10;
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) for (const { text } of texts) signatureOf(text);
  const perSecond = Math.round((rounds * texts.length) / ((performance.now() - start) / 1000));
  const length = Math.round(texts.reduce((sum, { text }) => sum + text.length, 0) / texts.length);
  const figure = `${perSecond} signatures/s on one core at ${length} characters`;
  return { name: 'dedup: speed', passed: texts.length, total: texts.length, figure };
}

function lines(path: string): readonly string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

export default dedup;
