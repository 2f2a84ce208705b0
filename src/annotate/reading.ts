// Finds the terms of a text: at each place the longest expression, else the word.

import type { Lexicon, Term } from './lexicon.ts';
import type { Token } from './tokens.ts';

export interface Reading {
  readonly term: Term;
  /** Indexes into the tokens, both included. */
  readonly first: number;
  readonly last: number;
  readonly stress: number;
}

interface Readings {
  /** Terms that speak of tone, none inside another. */
  readonly judging: readonly Reading[];
  /** Terms that speak of a theme, none inside another. */
  readonly speaking: readonly Reading[];
}

/** Tone and themes are read apart: `bien-être` says nothing of tone, and hides `bien`, but is a theme. */
export function readTerms(tokens: readonly Token[], lexicon: Lexicon): Readings {
  const judging: Reading[] = [];
  const speaking: Reading[] = [];
  let judged = -1;
  let spoken = -1;
  for (let first = 0; first < tokens.length; first += 1) {
    const word = tokens[first]!.word;
    if (word === null || (word.term === null && word.part === -1)) continue;
    let judge = word.term?.judges === true ? word.term : null;
    let judgeLast = first;
    let speak = word.term !== null && word.term.themes.length > 0 ? word.term : null;
    let speakLast = first;
    let node = word.part === -1 ? -1 : lexicon.step(0, word.part);
    for (let last = first; node !== -1; ) {
      const term = last === first ? null : lexicon.termAt(node);
      if (term !== null) {
        if (term.judges) {
          judge = term;
          judgeLast = last;
        }
        if (term.themes.length > 0) {
          speak = term;
          speakLast = last;
        }
      }
      last += 1;
      const part = tokens[last]?.word?.part ?? -1;
      node = part === -1 ? -1 : lexicon.step(node, part);
    }
    if (judge !== null && first > judged) {
      judging.push({ term: judge, first, last: judgeLast, stress: word.stress });
      judged = judgeLast;
    }
    if (speak !== null && first > spoken) {
      speaking.push({ term: speak, first, last: speakLast, stress: 1 });
      spoken = speakLast;
    }
  }
  return { judging, speaking };
}
