// What two texts say differently, word by word, at a cost that grows as their length: words found once in both anchor what
// lies between (patience differencing, Bram Cohen), a few levels deep.

export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** As `DiffPart`, with what is the same cut to what surrounds the differences. */
export type ExcerptPart =
  | DiffPart
  | { readonly kind: 'skipped' /** UTF-16 units left out. */; readonly length: number };

export interface Diff {
  readonly parts: readonly DiffPart[];
  /** True where one text was longer than what is compared: what follows is not told. */
  readonly cut: boolean;
}

/** Words, spaces and signs that are compared, in each text. */
const MAXIMUM_WORDS = 20_000;
const MAXIMUM_LENGTH = 200_000;
const LEVELS = 8;
const WORD = /\s+|[\p{L}\p{M}\p{N}]{1,200}|[^\s\p{L}\p{M}\p{N}]/gu;

interface Pass {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly out: { kind: DiffPart['kind']; text: string }[];
}

/** Differences in reading order; what is removed comes before what is added in its place. Pure, never throws. */
export function diffWords(before: string, after: string): Diff {
  const [from, to] = [wordsOf(before), wordsOf(after)];
  const pass: Pass = { before: from.words, after: to.words, out: [] };
  compare(pass, [0, from.words.length], [0, to.words.length], LEVELS);
  return { parts: pass.out, cut: from.cut || to.cut };
}

/** The differences with `around` UTF-16 units of what surrounds them, at most `maximum` units in all. */
export function excerptOf(
  { parts }: Pick<Diff, 'parts'>,
  { around, maximum }: { readonly around: number; readonly maximum: number },
): readonly ExcerptPart[] {
  const out: ExcerptPart[] = [];
  let left = maximum;
  const put = (kind: DiffPart['kind'], text: string) => {
    const shown = text.slice(0, Math.max(0, left)).toWellFormed();
    left -= text.length;
    if (shown !== '') out.push({ kind, text: shown });
    if (shown.length < text.length) skip(text.length - shown.length);
  };
  const skip = (length: number) => {
    const last = out.at(-1);
    if (last?.kind === 'skipped') out[out.length - 1] = { kind: 'skipped', length: last.length + length };
    else out.push({ kind: 'skipped', length });
  };
  for (const [at, { kind, text }] of parts.entries()) {
    const head = at === 0 ? 0 : around;
    const tail = at === parts.length - 1 ? 0 : around;
    if (kind !== 'same' || text.length <= head + tail) {
      put(kind, text);
      continue;
    }
    put('same', text.slice(0, head));
    skip(text.length - head - tail);
    put('same', text.slice(text.length - tail));
  }
  return out;
}

function wordsOf(text: string): { readonly words: readonly string[]; readonly cut: boolean } {
  const words: string[] = [];
  for (const [word] of text.slice(0, MAXIMUM_LENGTH).matchAll(WORD)) {
    if (words.length === MAXIMUM_WORDS) return { words, cut: true };
    words.push(word);
  }
  return { words, cut: text.length > MAXIMUM_LENGTH };
}

type Range = readonly [start: number, end: number];

function compare(pass: Pass, [a, aEnd]: Range, [b, bEnd]: Range, levels: number): void {
  const { before, after } = pass;
  let [from, to, fromEnd, toEnd] = [a, b, aEnd, bEnd];
  while (from < fromEnd && to < toEnd && before[from] === after[to]) {
    from += 1;
    to += 1;
  }
  say(pass, 'same', before, [a, from]);
  while (fromEnd > from && toEnd > to && before[fromEnd - 1] === after[toEnd - 1]) {
    fromEnd -= 1;
    toEnd -= 1;
  }
  const anchors = levels === 0 ? [] : anchorsOf(pass, [from, fromEnd], [to, toEnd]);
  for (const [left, right] of anchors) {
    compare(pass, [from, left], [to, right], levels - 1);
    say(pass, 'same', before, [left, left + 1]);
    from = left + 1;
    to = right + 1;
  }
  if (anchors.length > 0) compare(pass, [from, fromEnd], [to, toEnd], levels - 1);
  else {
    say(pass, 'removed', before, [from, fromEnd]);
    say(pass, 'added', after, [to, toEnd]);
  }
  say(pass, 'same', before, [fromEnd, aEnd]);
}

function say({ out }: Pass, kind: DiffPart['kind'], words: readonly string[], [start, end]: Range): void {
  if (start >= end) return;
  const text = words.slice(start, end).join('');
  const last = out.at(-1);
  if (last?.kind === kind) last.text += text;
  else out.push({ kind, text });
}

/** Places of the words that each range holds once, in an order that both have. */
function anchorsOf({ before, after }: Pass, left: Range, right: Range): readonly Range[] {
  const places = placesOf(after, right);
  const pairs: Range[] = [];
  for (const [word, at] of placesOf(before, left)) {
    const other = places.get(word);
    if (at >= 0 && other !== undefined && other >= 0) pairs.push([at, other]);
  }
  return longestRise(pairs);
}

/** Where each word that is no space stands; -1 for one that stands in several places. */
function placesOf(words: readonly string[], [start, end]: Range): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (let at = start; at < end; at += 1) {
    const word = words[at]!;
    if (word.trim() !== '') places.set(word, places.has(word) ? -1 : at);
  }
  return places;
}

/** The longest run of pairs whose second members rise too (patience sorting; pairs come in order of their first). */
function longestRise(pairs: readonly Range[]): readonly Range[] {
  const tops: number[] = [];
  const previous: number[] = [];
  for (const [at, [, right]] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tops[middle]!]![1] < right) low = middle + 1;
      else high = middle;
    }
    previous[at] = low === 0 ? -1 : tops[low - 1]!;
    tops[low] = at;
  }
  const rise: Range[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = previous[at]!) rise.push(pairs[at]!);
  return rise.reverse();
}
