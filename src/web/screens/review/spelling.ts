// Answers as text: to compare two of them, and to quote the words one rests on.

import type { ShownAnswer, TaskAnswer } from '../../../api/review-schemas.ts';
import { ABSTENTION } from './choice.ts';

const QUOTED = 5;

/** True where pieces of the text were looked for, and none is to be marked. */
export function marksNothing({ label, spans }: TaskAnswer): boolean {
  return label === ABSTENTION && spans?.length === 0;
}

/** The same for two answers that say the same. */
export function spellAnswer({ label, labels, spans }: TaskAnswer): string {
  return JSON.stringify([[...(labels ?? [label])].sort(), spans?.map(({ start, end, label: of }) => [start, end, of])]);
}

/** The first words that an answer rests on, each once. */
export function wordsOfAnswer({ evidence }: ShownAnswer, text: string): string {
  return [...new Set(evidence.map(({ start, end }) => text.slice(start, end)))].slice(0, QUOTED).join(', ');
}
