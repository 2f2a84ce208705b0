// Where words begin and end, so that pieces of a text are chosen without a mouse. Offsets are UTF-16.

export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Words in order: letters, marks and digits together, and typed marks (`[PERSONNE 1]`) whole. */
export function wordsOf(text: string): readonly Piece[] {
  return [...text.matchAll(/\[[\p{Lu} ]{2,24} \d{1,6}\]|[\p{L}\p{M}\p{N}]+/gu)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }));
}

/** The piece from the word where the choice began to the word where it is now. */
export function pieceOf(words: readonly Piece[], anchor: number, focus: number): Piece | null {
  const [first, last] = [words[Math.min(anchor, focus)], words[Math.max(anchor, focus)]];
  return first && last ? { start: first.start, end: last.end } : null;
}

/** A piece chosen with the mouse, taken to the ends of the words it touches; null where it touches none. */
export function snap(words: readonly Piece[], chosen: Piece): Piece | null {
  const touched = words.filter(({ start, end }) => start < chosen.end && end > chosen.start);
  return touched.length === 0 ? null : { start: touched[0]!.start, end: touched.at(-1)!.end };
}
