// Places in texts: the passages annotated by hand (test/fixtures/territory), and how many places are seen in texts that
// nobody annotated.
// `passed` of a part are the mentions found right (test/passages.ts says when one is).

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locate } from '../../src/refine/territory/locate.ts';
import { codeOf, measurePassages, overlap, type PassagePart } from '../passages.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

const isVerbose = process.argv.includes('--verbose');

const territory: Conformance = async (data) => [
  ...measure('dev'),
  ...measure('held-out'),
  ...press(data),
  ...volumes(data),
];

function measure(part: PassagePart): readonly ConformanceLine[] {
  const { right, given, expected, roles, ambiguous, bins } = measurePassages(part, (line) => {
    if (isVerbose) console.error(line);
  });
  const byScore = [...bins].sort().map(([bin, counts]) => `${bin}: ${counts.right}/${counts.given}`);
  const figure = `precision ${ratio(right, given)} (${right}/${given}), recall ${ratio(right, expected)}; by score ${byScore.join(', ')}`;
  return [
    { name: `territory: ${part}`, passed: right, total: expected, figure },
    { name: `territory: ${part}, role`, passed: roles, total: right, figure: `accuracy ${ratio(roles, right)}` },
    { name: `territory: ${part}, ambigu`, passed: ambiguous.kept, total: ambiguous.total, figure: 'left undecided' },
  ];
}

const ratio = (part: number, whole: number) => (whole === 0 ? 'n/a' : (part / whole).toFixed(3));

/** Old press, where people marked what is a place, of any country: how many of the places given are one. */
function press(data: string): readonly ConformanceLine[] {
  const file = join(data, 'language/ner-europeana-fr/all.jsonl');
  if (!existsSync(file)) return [];
  let right = 0;
  let given = 0;
  let marked = 0;
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { tokens, tags } = JSON.parse(line) as {
      readonly tokens: readonly string[];
      readonly tags: readonly string[];
    };
    let text = '';
    const places: { start: number; end: number }[] = [];
    tokens.forEach((token, at) => {
      text += text === '' || /^[,.)\]]/.test(token) || /['’]$/.test(text) ? '' : ' ';
      const start = text.length;
      text += token;
      if (tags[at]!.endsWith('LOC')) places.push({ start, end: text.length });
    });
    marked += places.length;
    for (const place of locate({ title: null, text }, { given: null, field: null, source: null }).places) {
      const isRight = places.some((each) => overlap(each, place));
      given += 1;
      right += isRight ? 1 : 0;
      if (isVerbose && !isRight)
        console.error(
          `press wrong ${codeOf(place)} "${text.slice(place.start, place.end)}" | ${text.slice(Math.max(0, place.start - 30), place.end + 20)}`,
        );
    }
  }
  const figure = `${(right / given).toFixed(3)} of the places given are places; ${marked} words of places are marked, of any country`;
  return [{ name: 'territory: old press', passed: right, total: given, figure }];
}

/** Places per thousand words where nobody marked the truth: a rise after a change is a change to read. */
function volumes(data: string): readonly ConformanceLine[] {
  const sources = [
    ['consultation', 'consultations/republique-numerique/arguments.csv'],
    ['tweets', 'language/sent3-tweets-umsab/train.jsonl'],
    ['film reviews', 'language/sent2-allocine/train.jsonl'],
  ] as const;
  return sources
    .filter(([, file]) => existsSync(join(data, file)))
    .map(([name, file]) => {
      const lines = readFileSync(join(data, file), 'utf8').split('\n').filter(Boolean);
      const texts = file.endsWith('.jsonl') ? lines.map((line) => (JSON.parse(line) as { text: string }).text) : lines;
      const found = texts.map(
        (text) => locate({ title: null, text }, { given: null, field: null, source: null }).places,
      );
      const words = texts.reduce((sum, text) => sum + (text.match(/\p{L}+/gu)?.length ?? 0), 0);
      const places = found.flat();
      const share = (count: number) => ((count / words) * 1000).toFixed(2);
      if (isVerbose) {
        const names = new Map<string, number>();
        found.forEach((each, at) => {
          for (const place of each) {
            const key = `${codeOf(place)} ${texts[at]!.slice(place.start, place.end)}`;
            names.set(key, (names.get(key) ?? 0) + 1);
          }
        });
        console.error(
          [...names]
            .sort((a, b) => b[1] - a[1])
            .map(([key, n]) => `${name}\t${n}\t${key}`)
            .join('\n'),
        );
      }
      return {
        name: `territory: places in ${name}`,
        passed: found.filter((each) => each.length > 0).length,
        total: texts.length,
        figure: `per 1,000 words: ${share(places.length)}, of which ambigu ${share(places.filter(({ place }) => place === null).length)}`,
      };
    });
}

export default territory;
