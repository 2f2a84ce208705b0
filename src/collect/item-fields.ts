// From a record's own columns to an item: the source's words under neutral names.

import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import type { Mapping } from './mapping.ts';

export type Fields = Item['fields'];

/** Looks a column up by its name; null where the record has none. */
export type Lookup = (column: string) => string | null;

/** Builds an item. Absent and blank columns are null; several text columns are paragraphs of one text. */
export function itemOf(
  fields: Fields,
  mapping: Mapping,
  given: { lookup?: Lookup; findings: readonly Finding[] },
): Item {
  const lookup = given.lookup ?? ((column) => fields.find(([name]) => name === column)?.[1] ?? null);
  const value = (column: string | null): string | null => {
    const text = column === null ? '' : (lookup(column)?.trim() ?? '');
    return text === '' ? null : text;
  };
  const author = value(mapping.author);
  const texts = mapping.text.map((column) => lookup(column) ?? '');
  return {
    id: value(mapping.id),
    title: value(mapping.title),
    text: texts.length === 1 ? texts[0]! : texts.filter((text) => text.trim() !== '').join('\n\n'),
    textFormat: 'auto',
    url: value(mapping.url),
    authors: author === null ? [] : [author],
    publishedAt: value(mapping.date),
    territory: value(mapping.territory),
    fields,
    findings: given.findings,
  };
}

/** The item of a record that nothing could be read from but its text. */
export function plainItem(text: string, findings: readonly Finding[]): Item {
  return {
    id: null,
    title: null,
    text,
    textFormat: 'auto',
    url: null,
    authors: [],
    publishedAt: null,
    territory: null,
    fields: [],
    findings,
  };
}
