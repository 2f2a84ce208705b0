// The lexicons as they are searched: one map of word forms, one trie of expressions, one term for all a form says.

import { accented, fold, shorten, singular, skeleton, wordsOf } from './folding.ts';
import { adjectiveForms, nounForms, verbForms } from './inflection.ts';
import type { LexiconSection } from './lexicon-file.ts';

/** What a word does to the judgements around it. */
type Cue =
  | 'open'
  | 'close'
  | 'close-after-open'
  | 'negate'
  | 'lack'
  | 'relieve'
  | 'intensify'
  | 'diminish'
  | 'turn'
  | 'concede'
  | 'wish'
  | 'irony';

interface ThemeWeight {
  readonly theme: string;
  readonly weight: number;
}

/** All that a word or an expression says. */
export interface Term {
  /** Polarity from -3 to +3; 0 where it has none. */
  readonly tone: number;
  readonly cue: Cue | null;
  /** Factor of `intensify` and `diminish`; 1 elsewhere. */
  readonly factor: number;
  readonly themes: readonly ThemeWeight[];
  /** True where it speaks of tone, be it to say that it has none (`bien sûr`). */
  readonly judges: boolean;
}

/** A word form as it is met in a text. */
export interface Word {
  readonly term: Term | null;
  /** Number of the word in expressions; -1 where no expression holds it. */
  readonly part: number;
  /** Above 1 where letters were stretched: `suuuper`. */
  readonly stress: number;
}

export interface Lexicon {
  /** The word of a spelling met in a text, misspellings allowed; a word that says nothing where it is unknown. */
  word(spelling: string): Word;
  /** Node of the trie after this word, from this node (0 is the root); -1 where no expression goes on. */
  step(node: number, part: number): number;
  /** The expression that ends at this node. */
  termAt(node: number): Term | null;
  /** Forms of words and expressions known. */
  readonly size: { readonly forms: number; readonly expressions: number };
}

interface LexiconSources {
  readonly polarity: readonly LexiconSection[];
  readonly themes: readonly LexiconSection[];
  readonly cues: readonly LexiconSection[];
}

const SILENT: Word = { term: null, part: -1, stress: 1 };

/** Inflected forms that are, far more often, another word: plaire → plus, plu; mentir → mens … */
const OTHER_WORDS = new Set(
  'plus plut sur mur soi sous fois soit ment sors pris mise mis vis vit dis dit ri pas os ferme fermes uni unis offre offres unie'.split(
    ' ',
  ),
);
/** Words in use whose skeleton is that of a word of the lexicon: poisson is no poison. */
const LOOKALIKES = new Set(
  'poisson poissons dessert desserts coussin cousin mettre casse chasse basse balle belle'.split(' '),
);

const MINIMUM_SKELETON = 6;
/** Spellings remembered; then all are forgotten at once, so that memory stays flat whatever is read. */
const REMEMBERED = 60_000;
/** Longer spellings are cut from their text by reference: remembering them would keep whole texts. */
const LONGEST_REMEMBERED = 12;

/** Builds the lexicon; about 100 ms, once per worker. */
export function buildLexicon(sources: LexiconSources): Lexicon {
  const draft = new Draft();
  for (const { heading, entries } of sources.cues) {
    const [name, factor] = heading as [string, string?];
    const says = name === 'plain' ? { judges: true } : { cue: name as Cue, factor: Number(factor ?? 1), judges: true };
    for (const entry of entries) draft.add(entry, [], says);
  }
  for (const { heading, entries } of sources.polarity) {
    const [kind, strength] = heading as [string, string];
    for (const entry of entries) draft.add(entry, formsOf(kind, entry), { tone: Number(strength), judges: true });
  }
  for (const { heading, entries } of sources.themes) {
    const [theme, weight] = heading as [string, string];
    for (const entry of entries) {
      const [word, mark] = entry.split(':') as [string, string?];
      const kind = mark === 'a' ? 'adjective' : mark === 'v' ? 'verb' : 'noun';
      draft.add(word, formsOf(kind, word), { themes: [{ theme, weight: Number(weight) }] });
    }
  }
  return draft.finish();
}

function formsOf(kind: string, entry: string): readonly string[] {
  const word = fold(entry);
  // Once folded, `réchauffé` would take the adverb of `chaste`: réchauffement.
  if (kind === 'adjective' && entry.endsWith('é')) return [`${word}e`, `${word}es`];
  if (kind === 'adjective') return adjectiveForms(word);
  if (kind === 'verb') return verbForms(word);
  if (kind === 'noun') return nounForms(word);
  return [word];
}

type Says = Partial<Term>;
const NOTHING: Term = { tone: 0, cue: null, factor: 1, themes: [], judges: false };

class Draft {
  readonly #bases = new Map<string, Term>();
  readonly #inflected: (readonly [form: string, says: Says])[] = [];
  /** Words that accents tell from others: `marché`, `mesuré`. By their accented spelling. */
  readonly #accented = new Map<string, Term>();
  readonly #parts = new Map<string, number>();
  readonly #edges = new Map<number, number>();
  readonly #ends: (Term | null)[] = [null];
  #expressions = 0;

  add(entry: string, forms: readonly string[], says: Says): void {
    const words = wordsOf(entry);
    if (words.length > 1) {
      this.#addExpression(words, says);
      return;
    }
    const base = words[0];
    if (base === undefined) return;
    if (entry.startsWith('=')) {
      this.#addAccented(accented(entry.slice(1)), says);
      return;
    }
    if (entry.endsWith('é')) {
      // `mesuré` is not `mesure`; its other forms are nobody else's.
      for (const spelling of [entry, `${entry}s`]) this.#addAccented(accented(spelling), says);
    } else {
      this.#bases.set(base, merge(this.#bases.get(base) ?? NOTHING, says));
    }
    const others = entry.endsWith('é') ? [base, `${base}s`] : [base];
    for (const form of forms) {
      if (!others.includes(form) && !OTHER_WORDS.has(form)) this.#inflected.push([form, says]);
    }
  }

  #addAccented(spelling: string, says: Says): void {
    this.#accented.set(spelling, merge(this.#accented.get(spelling) ?? NOTHING, says));
  }

  #addExpression(words: readonly string[], says: Says): void {
    let node = 0;
    for (const word of words) {
      const part = this.#partOf(singular(word));
      const edge = edgeOf(node, part);
      let next = this.#edges.get(edge);
      if (next === undefined) {
        next = this.#ends.push(null) - 1;
        this.#edges.set(edge, next);
      }
      node = next;
    }
    if (this.#ends[node] === null) this.#expressions += 1;
    this.#ends[node] = merge(this.#ends[node] ?? NOTHING, says);
  }

  #partOf(word: string): number {
    let part = this.#parts.get(word);
    if (part === undefined) {
      part = this.#parts.size;
      this.#parts.set(word, part);
    }
    return part;
  }

  finish(): Lexicon {
    // What an entry says of its own spelling stands; inflection only adds to what nobody wrote.
    const terms = new Map(this.#bases);
    for (const [form, says] of this.#inflected) {
      const base = this.#bases.get(form);
      if (base === undefined) terms.set(form, merge(terms.get(form) ?? NOTHING, says));
      else if (says.themes !== undefined && base.themes.length === 0) terms.set(form, merge(base, says));
    }
    const words = new Map<string, Word>();
    for (const [form, term] of terms) words.set(form, { ...SILENT, term });
    for (const [word, part] of this.#parts) {
      for (const form of [word, `${word}s`, `${word}x`]) {
        words.set(form, { ...(words.get(form) ?? SILENT), part });
      }
    }
    const accentedWords = new Map<string, Word>();
    for (const [spelling, term] of this.#accented) {
      const plain = words.get(fold(spelling)) ?? SILENT;
      accentedWords.set(spelling, { ...plain, term: plain.term === null ? term : merge(term, plain.term) });
    }
    const edges = this.#edges;
    const ends = this.#ends;
    return {
      word: speller({ words, accentedWords, skeletons: skeletonsOf(terms) }),
      step: (node, part) => edges.get(edgeOf(node, part)) ?? -1,
      termAt: (node) => ends[node] ?? null,
      size: { forms: terms.size, expressions: this.#expressions },
    };
  }
}

/** The first to speak of tone or cue is believed; themes add up, the heaviest weight of each. */
function merge(term: Term, says: Says): Term {
  const themes = new Map(term.themes.map(({ theme, weight }) => [theme, weight]));
  for (const { theme, weight } of says.themes ?? []) themes.set(theme, Math.max(weight, themes.get(theme) ?? 0));
  return {
    tone: term.tone === 0 ? (says.tone ?? 0) : term.tone,
    cue: term.cue ?? says.cue ?? null,
    factor: term.cue === null ? (says.factor ?? term.factor) : term.factor,
    themes: [...themes].map(([theme, weight]) => ({ theme, weight })),
    judges: term.judges || says.judges === true,
  };
}

/** Fewer than 2^20 words stand in expressions; node numbers take the rest of the 53 bits. */
const edgeOf = (node: number, part: number) => node * 1_048_576 + part;

/** Skeletons that stand for one term only; those of two different terms are left out. */
function skeletonsOf(terms: ReadonlyMap<string, Term>): ReadonlyMap<string, Term> {
  const skeletons = new Map<string, Term | null>();
  for (const [form, term] of terms) {
    if (form.length < MINIMUM_SKELETON || term.cue !== null) continue;
    const bones = skeleton(form);
    const known = skeletons.get(bones);
    skeletons.set(bones, known === undefined || known?.tone === term.tone ? term : null);
  }
  return new Map([...skeletons].flatMap(([bones, term]) => (term === null ? [] : [[bones, term] as const])));
}

interface Spellings {
  /** By folded spelling. */
  readonly words: ReadonlyMap<string, Word>;
  /** By spelling with accents; they go first. */
  readonly accentedWords: ReadonlyMap<string, Word>;
  readonly skeletons: ReadonlyMap<string, Term>;
}

function speller({ words, accentedWords, skeletons }: Spellings): (spelling: string) => Word {
  const remembered = new Map<string, Word>();
  return (spelling) => {
    const known = remembered.get(spelling);
    if (known !== undefined) return known;
    const word = read(spelling);
    if (spelling.length <= LONGEST_REMEMBERED) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(spelling, word);
    }
    return word;
  };

  function read(spelling: string): Word {
    const folded = fold(spelling);
    const exact = accentedWords.get(accented(spelling)) ?? words.get(folded);
    if (exact !== undefined) return exact;
    for (const times of [2, 1] as const) {
      const short = shorten(folded, times);
      const stretched = short === folded ? undefined : words.get(short);
      if (stretched !== undefined) return { ...stretched, stress: 1.3 };
    }
    if (folded.length < MINIMUM_SKELETON - 1 || LOOKALIKES.has(folded)) return SILENT;
    const term = skeletons.get(skeleton(folded));
    return term === undefined ? SILENT : { ...SILENT, term };
  }
}
