// The passages annotated by hand with their places (test/fixtures/territory), and how many of these are found.
//
// Strict: a mention is right where its words overlap those annotated and kind and code are the same. Names annotated as
// `ambigu` are not expected; a place given for one is wrong.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceMention } from '../src/model/territory.ts';
import { locate } from '../src/refine/territory/locate.ts';

export type PassagePart = 'dev' | 'held-out';

interface Passage {
  readonly id: number;
  readonly field?: string;
  readonly source?: string;
  readonly marked: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Gold extends Span {
  readonly code: string;
  readonly role: string;
}

interface Counts {
  right: number;
  given: number;
}

export interface PassageFigures extends Readonly<Counts> {
  readonly expected: number;
  /** Of those found right, how many in the right role. */
  readonly roles: number;
  readonly ambiguous: { readonly kept: number; readonly total: number };
  /** By the score that was given. */
  readonly bins: ReadonlyMap<string, Readonly<Counts>>;
}

/** Measures a part; `say` hears of everything that is not as annotated. */
export function measurePassages(part: PassagePart, say: (line: string) => void = () => {}): PassageFigures {
  const lines = readFileSync(join(import.meta.dirname, `fixtures/territory/${part}.jsonl`), 'utf8').split('\n');
  const total = { right: 0, given: 0, expected: 0, roles: 0 };
  const ambiguous = { kept: 0, total: 0 };
  const bins = new Map<string, Counts>();
  for (const line of lines.filter((each) => each !== '')) {
    const passage = JSON.parse(line) as Passage;
    const { text, gold } = readPassage(passage.marked);
    const hints = { given: null, field: passage.field ?? null, source: passage.source ?? null };
    const { places } = locate({ title: null, text }, hints);
    const tell = (what: string, span: Span) =>
      say(`${part} ${passage.id} ${what} "${text.slice(span.start, span.end)}" | ${text.slice(0, 90)}`);
    for (const place of places.filter((each) => each.place !== null)) {
      const match = gold.find((each) => overlap(each, place) && each.code === codeOf(place));
      const bin = place.score >= 0.9 ? '≥ 0.9' : place.score >= 0.75 ? '≥ 0.75' : '< 0.75';
      const counts = bins.get(bin) ?? { right: 0, given: 0 };
      bins.set(bin, counts);
      counts.given += 1;
      total.given += 1;
      if (match === undefined) tell(`wrong ${codeOf(place)} ${place.rule} ${place.score}`, place);
      else {
        counts.right += 1;
        total.right += 1;
        if (match.role === place.role) total.roles += 1;
        else tell(`role ${match.role} read ${place.role}`, place);
      }
    }
    for (const each of gold) {
      const isFound = places.some((place) => overlap(each, place) && codeOf(place) === each.code);
      if (!isFound) tell(`missed ${each.code}`, each);
      if (each.code === 'ambigu') {
        ambiguous.total += 1;
        ambiguous.kept += isFound ? 1 : 0;
      } else total.expected += 1;
    }
  }
  return { ...total, ambiguous, bins };
}

/** Text of a passage, and its places at their offsets. */
function readPassage(marked: string): { readonly text: string; readonly gold: readonly Gold[] } {
  const gold: Gold[] = [];
  let text = '';
  for (const piece of marked.split(/(⟦[^⟧]*⟧)/)) {
    const mark = /^⟦(\S+) (\S+)\|([^⟧]*)⟧$/.exec(piece);
    if (mark !== null) {
      gold.push({ start: text.length, end: text.length + mark[3]!.length, code: mark[1]!, role: mark[2]! });
    }
    text += mark === null ? piece : mark[3]!;
  }
  return { text, gold };
}

/** True where two spans share a character. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** `commune:38185`, or `ambigu`. */
export function codeOf({ place }: PlaceMention): string {
  return place === null ? 'ambigu' : `${place.kind}:${place.code}`;
}
