// A name and a description that a model gave a theme, believed only where the theme's own words bear them out.

import { z } from 'zod';
import type { NamingFault } from '../../model/theme.ts';
import { fold, wordsOf } from '../folding.ts';
import { keyOfTerm, termsOf } from './terms.ts';

/** What a model is shown of a theme. */
export interface NamingSubject {
  /** Surest first. */
  readonly terms: readonly string[];
  /** Representative texts, personal data replaced. */
  readonly texts: readonly string[];
}

export interface ThemeName {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
}

/** Characters at most. */
export const LONGEST_NAME = 60;
export const LONGEST_DESCRIPTION = 240;
const SHORTEST_NAME = 3;
const MOST_NAME_WORDS = 10;
/** This many words in a row that a text has too are that text's, not the model's. */
const COPIED_WORDS = 8;

const answer = z.strictObject({
  nom: z.string().trim().min(SHORTEST_NAME).max(LONGEST_NAME),
  description: z.string().trim().min(SHORTEST_NAME).max(LONGEST_DESCRIPTION),
});

/** Words, numbers and what stands between them: no brackets, so no mark of a person, and no line. */
const PRINTABLE = /^[\p{L}\p{M}\p{N} '’«»"“”(),;:.!?%€&/–—-]+$/u;
const ADDRESS = /https?:|www\.|\/\//i;

/** The name that an answer gives, or why it is not taken. `taken` are the names of other themes. */
export function readNaming(content: string, subject: NamingSubject, taken: readonly string[]): ThemeName | NamingFault {
  const parsed = answer.safeParse(parseJson(content));
  if (!parsed.success) return 'form';
  const given = { name: parsed.data.nom, description: parsed.data.description };
  return faultOf(given, subject, taken) ?? given;
}

/** Why a name is not taken for this theme; null where it is. */
export function faultOf(
  { name, description }: ThemeName,
  subject: NamingSubject,
  taken: readonly string[],
): NamingFault | null {
  const both = [name, description];
  if (both.some((words) => !PRINTABLE.test(words) || ADDRESS.test(words))) return 'form';
  if (wordsOf(name).length > MOST_NAME_WORDS) return 'form';
  const stems = stemsOf(subject);
  if (!both.every((words) => termsOf(words).some(({ key }) => stems.has(key)))) return 'ungrounded';
  if (isCopied(description, subject.texts)) return 'copied';
  return taken.some((other) => plain(other) === plain(name)) ? 'duplicate' : null;
}

function stemsOf({ terms, texts }: NamingSubject): ReadonlySet<string> {
  const own = terms.flatMap((term) => keyOfTerm(term)?.split(' ') ?? []);
  const said = texts.flatMap((text) => termsOf(text).map(({ key }) => key));
  return new Set([...own, ...said]);
}

function isCopied(description: string, texts: readonly string[]): boolean {
  const words = wordsOf(description);
  const read = texts.map((text) => ` ${wordsOf(text).join(' ')} `);
  for (let from = 0; from + COPIED_WORDS <= words.length; from += 1) {
    const run = ` ${words.slice(from, from + COPIED_WORDS).join(' ')} `;
    if (read.some((text) => text.includes(run))) return true;
  }
  return false;
}

const plain = (name: string) => wordsOf(fold(name)).join(' ');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
