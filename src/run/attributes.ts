// The columns that the settings name as attributes, kept for comparison beside the text.

import type { Item } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';

/** Values of the mapped attribute columns, by column name, then the item's own; empty cells are left out. */
export function attributesOf(item: Item, mapping: JsonObject): Readonly<Record<string, string>> {
  const wanted = Array.isArray(mapping.attributes) ? new Set(mapping.attributes) : new Set();
  const mapped = item.fields.filter(([name, value]) => wanted.has(name) && value.trim() !== '');
  return { ...Object.fromEntries(mapped), ...item.attributes };
}
