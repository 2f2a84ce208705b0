// One record of a context source as observations: which cell is the day, which the place, which the values.

import { type ContextKind, type ContextPlace, EVERYWHERE, type Observation } from '../../model/context.ts';
import type { Item } from '../../model/item.ts';
import { isPeriodName, type Period, readPeriod } from './period.ts';
import { readContextPlaces } from './place.ts';

/** Which cell of a record is what, as the settings say. */
export interface ContextMapping {
  /** A cell with a day or period; two cells; or `periods`, where each period is a field of its own (SDMX). */
  readonly date: string | { readonly from: string; readonly to: string };
  readonly territory: 'everywhere' | { readonly is: string } | { readonly field: string };
  readonly values: Readonly<
    Record<
      string,
      {
        readonly field: string;
        readonly kind: ContextKind;
        readonly where?: Readonly<Record<string, string>> | undefined;
      }
    >
  >;
}

export interface RecordObservations {
  readonly observations: readonly Observation[];
  /** Why a record, or one of its values, gave none. */
  readonly unread: Readonly<Record<'date' | 'territory' | 'value', number>>;
}

const LONGEST_LABEL = 300;

/** What one record says. Empty cells say nothing; what cannot be read is counted. Pure, never throws. */
export function readObservations(item: Item, mapping: ContextMapping): RecordObservations {
  const unread = { date: 0, territory: 0, value: 0 };
  const observations: Observation[] = [];
  for (const cells of rowsOf(cellsOf(item), mapping)) {
    const period = periodOf(cells, mapping);
    const places = placesOf(cells, mapping);
    if (period === null) unread.date += 1;
    else if (places.length === 0) unread.territory += 1;
    else {
      for (const [series, { field, kind, where }] of Object.entries(mapping.values)) {
        if (!isWanted(cells, where)) continue;
        const cell = cells.get(field)?.trim() ?? '';
        if (cell === '') continue;
        const value = kind === 'number' ? readNumber(cell) : null;
        const label = kind === 'number' ? null : cell.slice(0, LONGEST_LABEL);
        if (value === null && label === null) unread.value += 1;
        else observations.push(...places.map((place) => ({ series, place, ...period, value, label })));
      }
    }
  }
  return { observations, unread };
}

type Cells = ReadonlyMap<string, string>;

/** Columns by name; lists of `{ nom, valeur }` give a cell each, so that `temperature_2m_max` is one. */
function cellsOf({ fields, attributes }: Item): Cells {
  const cells = new Map<string, string>();
  for (const [name, value] of fields) {
    for (const [inner, each] of namedValues(value)) if (!cells.has(inner)) cells.set(inner, each);
    if (!cells.has(name)) cells.set(name, value);
  }
  for (const [name, value] of Object.entries(attributes ?? {})) cells.set(name, value);
  return cells;
}

function namedValues(text: string): readonly (readonly [string, string])[] {
  if (!text.startsWith('[{')) return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: Readonly<Record<string, unknown>>) => {
    const name = each?.nom ?? each?.name;
    const value = each?.valeur ?? each?.value;
    return typeof name === 'string' && (typeof value === 'number' || typeof value === 'string')
      ? [[name, String(value)] as const]
      : [];
  });
}

/** The record itself, or one row for each of its periods: cells `period` and `value` beside the others. */
function rowsOf(cells: Cells, { date }: ContextMapping): readonly Cells[] {
  if (date !== 'periods') return [cells];
  const own = [...cells].filter(([name]) => !isPeriodName(name));
  return [...cells]
    .filter(([name]) => isPeriodName(name))
    .map(([period, value]) => new Map([...own, ['period', period], ['value', value]]));
}

function periodOf(cells: Cells, { date }: ContextMapping): Period | null {
  if (typeof date === 'string') return readPeriod(cells.get(date === 'periods' ? 'period' : date) ?? '');
  const first = readPeriod(cells.get(date.from) ?? '');
  const last = readPeriod(cells.get(date.to) ?? '') ?? first;
  if (first === null || last === null || last.lastDay < first.firstDay) return null;
  return { firstDay: first.firstDay, lastDay: last.lastDay };
}

function placesOf(cells: Cells, { territory }: ContextMapping): readonly ContextPlace[] {
  if (territory === 'everywhere') return [EVERYWHERE];
  return readContextPlaces('is' in territory ? territory.is : (cells.get(territory.field) ?? ''));
}

function isWanted(cells: Cells, where: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(where).every(([name, value]) => cells.get(name)?.trim() === value);
}

/** `1 234,5`, `12.4`, `-3`; null for what is no number. */
function readNumber(cell: string): number | null {
  const plain = cell
    .replace(/[\s\u00A0\u202F]/g, '')
    .replace('−', '-')
    .replace(',', '.');
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}
