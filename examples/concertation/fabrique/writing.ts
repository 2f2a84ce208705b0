// How people write: phrases filled and joined, then bruised as keyboards, haste and phones bruise them.

import { CLOSINGS, OPENINGS, PHRASES, type Tone } from './phrases.ts';
import type { Random } from './random.ts';
import { COMMUNES, SLOTS } from './slots.ts';

export interface Place {
  readonly name: string;
  readonly postcode: string;
}

/** Picks alternatives and fills slots. */
export function fill(phrase: string, place: Place, random: Random): string {
  return phrase
    .replace(/\(([^()]*\|[^()]*)\)/g, (_, options: string) => random.pick(options.split('|')))
    .replace(/\{(\w+)\}/g, (_, slot: string) => {
      if (slot === 'commune') return place.name;
      if (slot === 'commune2') return random.pick(COMMUNES.filter(([name]) => name !== place.name))[0];
      return random.pick(SLOTS[slot]!);
    });
}

/** One contribution on a theme in a tone: an opening perhaps, one to four sentences, a closing perhaps. */
export function compose(theme: string, tone: Tone, place: Place, random: Random): string {
  const stock = [...PHRASES[theme]![tone]];
  const wanted = theme === 'hors-theme' ? 1 : 1 + random.below(4);
  const sentences: string[] = [];
  while (sentences.length < wanted && stock.length > 0) {
    sentences.push(fill(stock.splice(random.below(stock.length), 1)[0]!, place, random));
  }
  const parts = [fill(random.pick(OPENINGS), place, random), ...sentences, random.pick(CLOSINGS[tone])];
  const glue = random.chance(0.15) ? '\n' : ' ';
  return parts.filter((part) => part.trim() !== '').join(glue);
}

/** Bruises a text as its author's habits would. Personal data is added after this, so that it stays as written. */
export function bruise(text: string, random: Random): string {
  const habit = random.next();
  if (habit < 0.35) return text;
  if (habit < 0.45) return text.toLowerCase();
  if (habit < 0.5) return text.toUpperCase();
  if (habit < 0.6) return text.normalize('NFD').replace(/\p{M}/gu, '');
  if (habit < 0.68)
    return text.replace(/[.!?]/g, (mark) => random.pick([mark, `${mark}${mark}${mark}`, ' ...', ' !!!']));
  if (habit < 0.76) return phoneWriting(text);
  if (habit < 0.84)
    return text.replace(/[’']/g, random.pick(['’', ' ', '`'])).replace(/, /g, random.pick([' , ', ',', ', ']));
  return typos(text, random);
}

function phoneWriting(text: string): string {
  return text
    .toLowerCase()
    .replace(/\bc'est\b/g, 'c')
    .replace(/\bque\b/g, 'ke')
    .replace(/\bpour\b/g, 'pr')
    .replace(/\bbeaucoup\b/g, 'bcp')
    .replace(/\btoujours\b/g, 'tjrs')
    .replace(/\bquand\b/g, 'qd')
    .replace(/\bparce que\b/g, 'pcq');
}

function typos(text: string, random: Random): string {
  return text.replace(/\p{L}{6,}/gu, (word) => {
    if (!random.chance(0.12)) return word;
    const at = 1 + random.below(word.length - 3);
    return random.chance(0.5)
      ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
      : word.slice(0, at) + word.slice(at + 1);
  });
}
