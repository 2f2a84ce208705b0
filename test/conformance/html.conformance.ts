// HTML to text: fragments beside the text they were published with, and pages beside what a reader mode keeps.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { htmlToText } from '../../src/refine/html.ts';
import type { Conformance } from './conformance.ts';

interface Sheet {
  readonly url: string;
  readonly html: string;
  readonly text: string;
}

/** Token F1 from which an extraction counts as right. */
const RIGHT = 0.95;
const verbose = process.argv.includes('--verbose');

const html: Conformance = async (data) => {
  const sheets = JSON.parse(readFileSync(join(data, 'html/fiches-travail-html-text.json'), 'utf8')) as readonly Sheet[];
  const same = sheets.filter((sheet) => letters(htmlToText(sheet.html)) === letters(sheet.text)).length;
  // Their text glues the last word of a block to the first of the next, so token F1 cannot reach 100 %.
  const shared = sheets.map((sheet) => tokenF1(htmlToText(sheet.html), sheet.text));

  const folder = join(data, 'html/readability');
  const pages = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'source.html')));
  const scores = pages.map((name) => {
    const source = htmlToText(readFileSync(join(folder, name, 'source.html'), 'utf8'));
    const expected = htmlToText(readFileSync(join(folder, name, 'expected.html'), 'utf8'));
    const score = tokenF1(source, expected);
    if (score < RIGHT && verbose) console.error(`${name} ${score.toFixed(3)}`);
    return score;
  });
  return [
    {
      name: 'html: fragments, same letters',
      passed: same,
      total: sheets.length,
      figure: `token F1 ${percent(mean(shared))}`,
    },
    {
      name: 'html: pages, token F1 ≥ 0.95',
      passed: scores.filter((score) => score >= RIGHT).length,
      total: scores.length,
      figure: `mean F1 ${percent(mean(scores))}, lowest ${percent(Math.min(...scores))}`,
    },
  ];
};

/** Letters and digits in order; bullets, spaces and blocks do not count. */
function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

function tokenF1(found: string, expected: string): number {
  const tokens = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const left = tokens(found);
  const right = tokens(expected);
  if (left.length + right.length === 0) return 1;
  const counts = new Map<string, number>();
  for (const token of left) counts.set(token, (counts.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of right) {
    const count = counts.get(token) ?? 0;
    if (count > 0) shared += 1;
    counts.set(token, count - 1);
  }
  return (2 * shared) / (left.length + right.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export default html;
