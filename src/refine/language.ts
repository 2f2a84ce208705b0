// The language of a text: French is recognised by its function words, the rest by n-grams (eld).

import { eld } from 'eld/small';

export interface Language {
  /** ISO 639-1 code, or `und`. */
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

/** Not words of the writer: marks of personal data, addresses, names of accounts. */
const NOISE = /\[[A-ZÉ][A-ZÉ ]{1,24} \d{1,6}\]|https?:\/\/\S{1,2000}|www\.\S{1,2000}|\S{1,64}@\S{1,255}|[@#]\S{1,64}/g;

const FRENCH = new Set(
  'au aux avec avoir bien ce cela ces cet cette ceux chez comme dans depuis des doit donc du elle elles est et être été eux fait faire faut il ils je jamais leur leurs lui mais mes moi moins mon ne nos notre nous ont où par pas peu peut plus pour pourquoi quand que qui sans sera ses si soit son sont sur toujours tous tout toute toutes très trop une vos votre vous y à ça était'.split(
    ' ',
  ),
);
/** Words that French shares with its neighbours: they speak for French only beside words of its own. */
const SHARED = new Set('de en et la le les un du des que se on ou il ne son si y es a'.split(' '));
const FOREIGN = new Set(
  'the and of to is for that with this are was you have not from they it be och der die das und ist nicht mit den ein eine von zu auf el los las para con por del como está pero muy lo una che di per non della il gli sono è anche questo o os não com uma é mais do da em het een van dat niet voor zijn amb és els però però què i al dels'.split(
    ' ',
  ),
);

/** Detects the language of the first few hundred letters. Pure, never throws. */
export function detectLanguage(text: string): Language {
  const sample = sampleOf(text);
  const words = sample.toLowerCase().split(/[^\p{L}\p{M}]+/u);
  let letters = 0;
  let own = 0;
  let common = 0;
  let foreign = 0;
  let count = 0;
  for (const word of words) {
    if (word === '') continue;
    count += 1;
    letters += word.length;
    const shared = SHARED.has(word);
    if (shared) common += 1;
    else if (FRENCH.has(word)) own += 1;
    if (!shared && FOREIGN.has(word)) foreign += 1;
  }
  if (letters === 0) return { language: 'und', certain: false };
  const isFrench = own > 2 * foreign && (own + common) * 4 >= count;
  if (isFrench && own >= 3) return { language: 'fr', certain: true };
  if (letters < FEWEST_LETTERS) return shortText(sample, letters, isFrench && own > 0);
  return byNgrams(sample, letters, isFrench && own > 0);
}

function sampleOf(text: string): string {
  const head = text.length > 2 * SAMPLE_LENGTH ? text.slice(0, 2 * SAMPLE_LENGTH) : text;
  return (/[[@#:]|www/.test(head) ? head.replace(NOISE, ' ') : head).slice(0, SAMPLE_LENGTH).toWellFormed();
}

/** Too few letters to be certain; French, the language expected, and scripts of few languages are still named. */
function shortText(sample: string, letters: number, isFrench: boolean): Language {
  if (isFrench) return { language: 'fr', certain: false };
  const found = eld.detect(sample);
  if (found.language === 'fr' && letters >= GUESSED_LETTERS) return { language: 'fr', certain: false };
  const strong = /[^\u0000-\u024F\u2000-\u206F]/.test(sample) && found.isReliable();
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
