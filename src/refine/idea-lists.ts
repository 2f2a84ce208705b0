// Ideas that their writer numbered or put bullets before.

/** A number, a letter or a bullet at the start of a line, and the words after it. */
const ITEM =
  /^[ \t]{0,8}(?:(?<number>\d{1,2})\s?(?:[.)°/]|[-–](?=\s))\s{0,3}(?!\d)|(?<letter>[a-h])[.)]\s{1,3}|(?<bullet>[-–—•*▪‣◦►✓])\s{0,3})(?=[\p{L}«"“'([\d])/u;
/** Numbers within a line: `Il faut : 1) … 2) …`. */
const INLINE = /(?<=^|[\s:;,.(])(?<number>[1-9])\s?(?:\)|°\)?|\.(?=\s))\s{0,3}(?=\p{L})/gu;
/** Share of the items that must be more than a word or two: a list of things is no list of ideas. */
const TOLD = 0.6;
const FEWEST_WORDS = 4;

interface Item {
  readonly start: number;
  /** 1, 2, … of a number or letter; 0 of a bullet. */
  readonly rank: number;
}

/** Where the items of the text's first list begin, and what follows it after a blank line; empty without a list. */
export function listStarts(text: string): number[] {
  const items = text.includes('\n') ? firstList(lineItems(text)) : [];
  if (items.length >= 2)
    return areTold(text, items) ? [...items.map(({ start }) => start), ...tailStart(text, items)] : [];
  const inline = firstList(inlineItems(text));
  return inline.length >= 2 && areTold(text, inline) ? inline.map(({ start }) => start) : [];
}

function lineItems(text: string): Item[] {
  const items: Item[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const groups = ITEM.exec(line)?.groups;
    if (groups !== undefined) items.push({ start, rank: rankOf(groups) });
    start += line.length + 1;
  }
  return items;
}

function inlineItems(text: string): Item[] {
  return Array.from(text.matchAll(INLINE), (match) => ({ start: match.index, rank: Number(match.groups!.number) }));
}

function rankOf({ number, letter }: Readonly<Record<string, string | undefined>>): number {
  if (number !== undefined) return Number(number);
  return letter === undefined ? 0 : letter.charCodeAt(0) - 96;
}

/** Numbers that count up from one win over bullets, which may be their details. */
function firstList(items: readonly Item[]): Item[] {
  const numbered: Item[] = [];
  for (const item of items) if (item.rank === numbered.length + 1) numbered.push(item);
  return numbered.length >= 2 ? numbered : items.filter(({ rank }) => rank === 0);
}

function areTold(text: string, items: readonly Item[]): boolean {
  const told = items.filter(({ start }, at) => {
    const words = text.slice(start, items[at + 1]?.start ?? text.length).match(/\p{L}{2,40}/gu);
    return words !== null && words.length >= FEWEST_WORDS;
  });
  return told.length >= TOLD * items.length;
}

/** A paragraph after the last item is no part of it. */
function tailStart(text: string, items: readonly Item[]): number[] {
  const blank = text.indexOf('\n\n', items.at(-1)!.start);
  return blank < 0 ? [] : [blank + 2];
}
