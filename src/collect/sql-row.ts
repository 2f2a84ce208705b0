// One row as a record: a JSON object whose members are the columns, in their order.

import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import type { RecordOrigin } from './collector.ts';
import { type Fields, itemOf, plainItem } from './item-fields.ts';
import { jsonFields, parseJson } from './json-record.ts';
import type { Mapping } from './mapping.ts';

export interface SqlContext {
  readonly columns: readonly string[];
  readonly mapping: Mapping;
}

/** Longer keys are texts, not names of rows. */
const MAXIMUM_KEY_LENGTH = 500;

/** Names of the members: a column called like another one is numbered. */
export function memberNames(columns: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let name = column;
    for (let number = 2; taken.has(name); number += 1) name = `${column} (${number})`;
    taken.add(name);
    return name;
  });
}

/** Writes rows of these columns; each cell is JSON text already. */
export function rowWriter(names: readonly string[]): (cells: readonly string[]) => Buffer {
  const heads = names.map((name, at) => `${at === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  return (cells) => {
    let text = '';
    for (let at = 0; at < heads.length; at += 1) text += heads[at]! + cells[at]!;
    return Buffer.from(heads.length === 0 ? '{}' : `${text}}`, 'utf8');
  };
}

/** The key of a row: its key columns as text, joined by `/`; null where one of them is empty or there is none. */
export function rowKey(cells: readonly string[], positions: readonly number[]): string | null {
  if (positions.length === 0) return null;
  const parts = positions.map((at) => cellText(cells[at]!));
  if (parts.includes('')) return null;
  const key = parts.length === 1 ? parts[0]! : parts.map((part) => part.replaceAll('/', '\\/')).join('/');
  return key.length > MAXIMUM_KEY_LENGTH ? null : key;
}

/** A cell as people read it; empty where it is null. */
export function cellText(cell: string): string {
  if (cell === 'null') return '';
  return cell.startsWith('"') ? (JSON.parse(cell) as string) : cell;
}

/** Reads a row back. Never throws: what is no JSON is an item of text with a finding. */
export function readRow(bytes: Uint8Array, { context }: Pick<RecordOrigin, 'context'>): Item {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const { columns, mapping } = context as unknown as SqlContext;
  try {
    const found = new Map(jsonFields(parseJson(text)));
    // JSON objects move members called by a number to the front.
    const known: Fields = columns.filter((name) => found.has(name)).map((name) => [name, found.get(name)!]);
    const fields = known.length === found.size ? known : [...found];
    return itemOf(fields, mapping, { findings: [] });
  } catch {
    const broken: Finding = { code: 'json-repaired', at: 'record', evidence: 'not JSON; read as text' };
    return plainItem(text, [broken]);
  }
}
