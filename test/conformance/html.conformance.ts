// HTML to text: fragments beside the text they were published with, whole pages beside what a reader mode keeps of them.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { htmlToText } from '../../src/refine/html.ts';
import { readPage } from '../../src/refine/page.ts';
import { fold } from '../../src/refine/page-title.ts';
import type { Conformance } from './conformance.ts';

interface Sheet {
  readonly url: string;
  readonly html: string;
  readonly text: string;
}

interface ExpectedMetadata {
  readonly title: string;
  readonly byline: string | null;
  readonly publishedTime: string | null;
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
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'source.html')));
  const pages = names.map((name) => {
    const read = (file: string) => readFileSync(join(folder, name, file), 'utf8');
    const page = readPage(read('source.html'));
    const expected = JSON.parse(read('expected-metadata.json')) as ExpectedMetadata;
    const score = tokenF1(page.text, htmlToText(read('expected.html')));
    if (score < RIGHT && verbose) console.error(`${name} ${score.toFixed(3)}`);
    return { page, expected, score };
  });
  const scores = pages.map(({ score }) => score);
  const titled = pages.filter(({ expected }) => expected.title !== '');
  const signed = pages.filter(({ expected }) => expected.byline !== null);
  const dated = pages.filter(({ expected }) => expected.publishedTime !== null);
  return [
    {
      name: 'html: fragments, same letters',
      passed: same,
      total: sheets.length,
      figure: `token F1 ${percent(mean(shared))}`,
    },
    {
      name: 'html: main content, token F1 ≥ 0.95',
      passed: scores.filter((score) => score >= RIGHT).length,
      total: scores.length,
      figure: `mean F1 ${percent(mean(scores))}, lowest ${percent(Math.min(...scores))}`,
    },
    {
      name: 'html: titles of pages',
      passed: titled.filter(({ page, expected }) => isTitle(page.title ?? '', expected.title)).length,
      total: titled.length,
      figure: `${titled.filter(({ page, expected }) => page.title === expected.title).length} to the letter, the others without the name of their site`,
    },
    {
      name: 'html: authors of pages',
      passed: signed.filter(({ page, expected }) => fold(page.authors.join(', ')) === fold(expected.byline!)).length,
      total: signed.length,
      figure: `${pages.filter(({ page, expected }) => expected.byline === null && page.authors.length > 0).length} found where none is expected`,
    },
    {
      name: 'html: dates of pages',
      passed: dated.filter(({ page, expected }) => page.publishedAt === expected.publishedTime).length,
      total: dated.length,
      figure: `${pages.filter(({ page, expected }) => expected.publishedTime === null && page.publishedAt !== null).length} found where none is expected`,
    },
  ];
};

/** The expected title, or its beginning where what follows is set off from it. */
function isTitle(title: string, expected: string): boolean {
  if (title === '' || !expected.startsWith(title)) return false;
  return title === expected || /^\s[|–—-]\s/.test(expected.slice(title.length));
}

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
