// The source's own identifier of an item, as the key that a later version of the item replaces it by.

import type { Expression } from './expression.ts';

/** Longer ones are no identifiers. */
const LONGEST_KEY = 500;

/** The identifier that an expression finds, or null. @throws ExpressionFailure */
export async function itemKey(id: Expression | null, value: unknown): Promise<string | null> {
  const found = await id?.evaluate(value);
  const text = typeof found === 'string' || typeof found === 'number' ? String(found).trim() : '';
  return text === '' || text.length > LONGEST_KEY ? null : text;
}
