// Which UTF-16 units are letters: a table, because asking an expression of each character of every text costs more.

/** 1 for each unit that is a letter or a combining mark of the basic plane, in any script. */
export const LETTERS: Uint8Array = Uint8Array.from({ length: 0x10000 }, (_, unit) =>
  /[\p{L}\p{M}]/u.test(String.fromCharCode(unit)) ? 1 : 0,
);
