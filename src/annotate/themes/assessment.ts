// What is known of themes once the texts are read by their terms: how many, which speak of it most, which barely.

import type { DocumentId } from '../../model/identity.ts';
import { wilson } from '../../model/interval.ts';
import type { ThemeFigures } from '../../model/theme.ts';
import { prepareAssignment, type ThemeTerms } from './assignment.ts';

/** One text for each group of copies. */
export interface ReadText {
  readonly id: DocumentId;
  readonly text: string;
  /** Documents that it stands for, itself included. */
  readonly copies: number;
}

export interface Assessment {
  readonly figures: readonly ThemeFigures[];
  /** Texts that have none of the themes. */
  readonly unassigned: number;
}

const SHOWN = 5;
/** Words below which a text speaks too little to stand for a theme. */
const SPEAKS = 60;

/** Reads every text once. The order of the texts does not matter. */
export function assess(texts: readonly ReadText[], themes: readonly ThemeTerms[]): Assessment {
  const assign = prepareAssignment(themes);
  const held = themes.map(() => [] as { readonly text: ReadText; readonly strength: number }[]);
  let unassigned = 0;
  for (const text of texts) {
    const given = assign(text.text);
    if (given.length === 0) unassigned += 1;
    const total = given.reduce((sum, one) => sum + one.sum, 0);
    // A text that says one thing, and says it in few words, stands better for it.
    for (const { theme, sum } of given) {
      const length = Math.log(Math.max(text.text.length, SPEAKS) + Math.E);
      held[theme]!.push({ text, strength: (sum * (sum / total)) / length });
    }
  }
  return { figures: held.map((list) => figuresOf(list, texts.length)), unassigned };
}

function figuresOf(list: readonly { readonly text: ReadText; readonly strength: number }[], all: number): ThemeFigures {
  const ordered = [...list].sort(
    (left, right) => right.strength - left.strength || (left.text.id < right.text.id ? -1 : 1),
  );
  const ids = (some: typeof ordered) => some.map(({ text }) => text.id);
  const representative = ordered.slice(0, SHOWN);
  return {
    texts: list.length,
    documents: list.reduce((sum, { text }) => sum + text.copies, 0),
    share: all === 0 ? 0 : list.length / all,
    interval: wilson(list.length, all),
    representative: ids(representative),
    divergent: ids(ordered.slice(representative.length).slice(-SHOWN).reverse()),
  };
}
