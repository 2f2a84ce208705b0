// One key for each category: digits, then the letters that no command has.

const DIGITS = [...'123456789'];
/** Commands: a bulk, c comment, g guide, j next, k previous, s skip, t next task, u undo, v send, x remove a piece. */
const LETTERS = [...'bdefhilmnopqrwyz'];

/** Keys of the categories, in the codebook's order; a category beyond the last key has none. */
export function keysOf(categories: readonly { readonly id: string }[]): ReadonlyMap<string, string> {
  const keys = [...DIGITS, ...LETTERS];
  return new Map(categories.slice(0, keys.length).map(({ id }, at) => [id, keys[at]!]));
}

/** Digits by where they are on the keyboard: on a French one they ask for Shift. */
export function keyOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  return /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? (key.length === 1 ? key.toLowerCase() : key);
}
