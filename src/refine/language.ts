// The language of a text: French is recognised by its function words, regional and overseas languages by theirs, the rest
// by n-grams (eld).

import { eld } from 'eld/small';
import { KNOWN_WORDS } from './language-words.ts';
import { findRegional } from './regional-language.ts';
import { wordsOf } from './units.ts';

export interface Language {
  /** ISO 639-1 code (639-3 where there is none), `mul` for several languages, or `und`. */
  readonly language: string;
  readonly certain: boolean;
}

/** Letters below which n-grams guess. */
const FEWEST_LETTERS = 20;
/** Letters below which not even French is guessed. */
const GUESSED_LETTERS = 8;
/** Below this many letters languages that are seldom written in France are not believed. */
const MANY_LETTERS = 60;
const SAMPLE_LENGTH = 400;

const RARE = new Set('az da et fi hr hu is ku lt lv ms no ro sk sl sq sv tl yo'.split(' '));

/** Languages whose n-grams are also those of a regional one (Occitan, Corsican, Alsatian): a word of their own is wanted. */
const KIN = new Set(['ca', 'it', 'de']);

/** Anything but Latin letters and common punctuation. */
const STRANGE_SCRIPT = /[^\u0000-\u024F\u2000-\u206F]/;

/** Not words of the writer: marks of personal data, addresses, names of accounts. */
const NOISE = /\[[A-ZÉ][A-ZÉ ]{1,24} \d{1,6}\]|https?:\/\/\S{1,2000}|www\.\S{1,2000}|\S{1,64}@\S{1,255}|[@#]\S{1,64}/g;

/** What the words of a text speak for. */
interface WordCount {
  readonly words: readonly string[];
  readonly letters: number;
  /** Words of French alone; of French and its neighbours; of a neighbour; of a neighbour and no regional language; of such a one. */
  readonly own: number;
  readonly common: number;
  readonly foreign: number;
  readonly kin: number;
  readonly regional: number;
}

/** Detects the language of the first few hundred letters. Pure, never throws. */
export function detectLanguage(text: string): Language {
  const sample = sampleOf(text);
  const counted = countWords(sample);
  const { letters, own, kin, regional } = counted;
  if (letters === 0) return { language: 'und', certain: false };
  const isFrench = isMostlyFrench(counted);
  if (isFrench && own >= 3 && own > regional) return { language: 'fr', certain: true };
  const found = regional < 2 ? null : findRegional(counted.words);
  if (found !== null) return { language: found.code, certain: found.certain && letters >= FEWEST_LETTERS };
  if (letters < FEWEST_LETTERS) return shortText(sample, letters, isFrench && own > 0);
  const { language, certain } = byNgrams(sample, letters, isFrench && own > 0);
  return { language, certain: certain && (kin > 0 || !KIN.has(language)) };
}

/** Letters of a sentence below which nothing is said of it, and from which n-grams are asked. */
const TOLD_LETTERS = 12;
const COUNTED_LETTERS = 25;

/**
 * The language of one sentence where it is certain, null where it is not, and its letters. Stricter than
 * `detectLanguage`: a language other than French needs words of its own, or a script of its own.
 */
export function judgeSentence(sentence: string): { readonly language: string | null; readonly letters: number } {
  const sample = sampleOf(sentence);
  const counted = countWords(sample);
  const { words, letters, own, foreign, regional } = counted;
  if (letters < TOLD_LETTERS) return { language: null, letters };
  if (isMostlyFrench(counted) && own > regional) {
    return { language: own >= 2 || foreign + regional === 0 ? 'fr' : null, letters };
  }
  const isStrange = STRANGE_SCRIPT.test(sample);
  if (letters < COUNTED_LETTERS || !(isStrange || (foreign + regional >= 2 && words.length >= 4))) {
    return { language: null, letters };
  }
  const { language, certain } = detectLanguage(sample);
  return { language: certain ? language : null, letters };
}

function sampleOf(text: string): string {
  const head = text.length > 2 * SAMPLE_LENGTH ? text.slice(0, 2 * SAMPLE_LENGTH) : text;
  return (/[[@#:]|www/.test(head) ? head.replace(NOISE, ' ') : head).slice(0, SAMPLE_LENGTH).toWellFormed();
}

function countWords(sample: string): WordCount {
  const words = wordsOf(sample.toLowerCase());
  let letters = 0;
  let own = 0;
  let common = 0;
  let foreign = 0;
  let kin = 0;
  let regional = 0;
  for (const word of words) {
    letters += word.length;
    const known = KNOWN_WORDS.get(word);
    if (known === undefined) continue;
    if (known.isShared) common += 1;
    else if (known.isFrench) own += 1;
    if (known.isForeign) foreign += 1;
    if (known.isForeign && known.regional.length === 0) kin += 1;
    if (known.regional.length > 0 && known.weight >= 0.5) regional += 1;
  }
  return { words, letters, own, common, foreign, kin, regional };
}

function isMostlyFrench({ own, common, foreign, words }: WordCount): boolean {
  return own > 2 * foreign && (own + common) * 4 >= words.length;
}

/** Too few letters to be certain; French, the language expected, and scripts of few languages are still named. */
function shortText(sample: string, letters: number, isFrench: boolean): Language {
  if (isFrench) return { language: 'fr', certain: false };
  const found = eld.detect(sample);
  if (found.language === 'fr' && letters >= GUESSED_LETTERS) return { language: 'fr', certain: false };
  const strong = STRANGE_SCRIPT.test(sample) && found.isReliable();
  return { language: strong ? found.language : 'und', certain: false };
}

function byNgrams(sample: string, letters: number, isFrench: boolean): Language {
  const found = eld.detect(sample);
  if (found.language === '') return { language: 'und', certain: false };
  if (found.language === 'fr') return { language: 'fr', certain: found.isReliable() };
  if (letters >= MANY_LETTERS) return { language: found.language, certain: found.isReliable() };
  if (isFrench) return { language: 'fr', certain: false };
  const likely = Object.entries(found.getScores()).find(([language]) => !RARE.has(language));
  return { language: likely?.[0] ?? 'und', certain: likely?.[0] === found.language && found.isReliable() };
}
