// The languages of a text, sentence by sentence: the one it is mostly in, and the parts that are in another.

import type { Passage } from '../model/document.ts';
import { detectLanguage, judgeSentence, type Language } from './language.ts';
import { type Sentence, splitSentences } from './sentences.ts';

interface Languages extends Language {
  readonly passages: readonly Passage[];
}

interface Run extends Sentence {
  readonly language: string;
  readonly letters: number;
}

/** Longer texts are read this far: about twenty pages. */
const LONGEST_TEXT = 50_000;
/** A passage shorter than this is a name, a title or a slip. */
const FEWEST_LETTERS = 25;
/** A text is in several languages where the second holds this share of what is certain, and this many letters. */
const MIXED_SHARE = 0.3;
const MIXED_LETTERS = 60;

/** Language of a text and its passages. Offsets are UTF-16 units of `text`. Pure, never throws. */
export function readLanguages(text: string): Languages {
  const { runs, letters } = runsOf(text.slice(0, LONGEST_TEXT));
  const told = new Map<string, number>();
  for (const run of runs) told.set(run.language, (told.get(run.language) ?? 0) + run.letters);
  const [first, second] = [...told].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const isMixed =
    second !== undefined && second[1] >= MIXED_LETTERS && second[1] >= MIXED_SHARE * (first![1] + second[1]);
  if (isMixed) return { language: 'mul', certain: true, passages: passagesOf(runs, 'mul') };
  const isTold = first !== undefined && 2 * first[1] >= letters;
  const whole: Language = isTold ? { language: first[0], certain: true } : detectLanguage(text);
  return { ...whole, passages: passagesOf(runs, whole.language) };
}

/** Sentences whose language is certain, neighbours of the same one joined with what lies between; letters of all. */
function runsOf(text: string): { readonly runs: readonly Run[]; readonly letters: number } {
  const runs: Run[] = [];
  let total = 0;
  for (const { start, end } of splitSentences(text)) {
    const { language, letters } = judgeSentence(text.slice(start, end));
    total += letters;
    if (language === null) continue;
    const last = runs.at(-1);
    if (last?.language === language) runs[runs.length - 1] = { ...last, end, letters: last.letters + letters };
    else runs.push({ start, end, language, letters });
  }
  return { runs, letters: total };
}

function passagesOf(runs: readonly Run[], language: string): Passage[] {
  return runs
    .filter((run) => run.language !== language && run.letters >= FEWEST_LETTERS)
    .map(({ start, end, language: spoken }) => ({ start, end, language: spoken }));
}
