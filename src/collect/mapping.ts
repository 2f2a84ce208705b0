// Which column is the text, the title, the date …: as the settings say, else by name, else by what the columns hold.

import { DataSensError } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';
import { COLUMN_WORDS, foldName, ROLES, type Role } from './column-words.ts';
import type { FileConfig } from './file-config.ts';

/** Names of columns; null where there is none. Plain JSON: it travels in the snapshot's context. */
export type Mapping = { readonly [role in Exclude<Role, 'text'>]: string | null } & {
  readonly text: readonly string[];
};

export interface SampleColumns {
  readonly columns: readonly string[];
  /** Cells of the first records, in the order of the columns; shorter where cells are missing. */
  readonly rows: readonly (readonly string[])[];
}

/** Cells longer than this on average hold sentences. */
const SENTENCE_LENGTH = 40;

/** How full and how long the cells of a column are. */
interface Profile {
  readonly name: string;
  readonly folded: string;
  readonly averageLength: number;
  readonly filled: number;
  /** Share of the filled cells that hold letters and are neither a link nor a date. */
  readonly wordy: number;
  /** Share of the filled cells that are no one else's. */
  readonly distinct: number;
}

/**
 * Maps columns to roles.
 * @throws input-unreadable where the settings name a column that the file does not have
 */
export function mapColumns(sample: SampleColumns, given: FileConfig['map'], location: string): Mapping {
  const profiles = sample.columns.map((name, at) => profile(name, sample.rows, at));
  const taken = new Set<string>();
  const named = (role: Role): readonly string[] | null => {
    const value = given?.[role];
    if (value === undefined) return null;
    const columns = typeof value === 'string' ? [value] : value;
    const found = columns.map((column) => requireColumn(column, sample.columns, location));
    for (const column of found) taken.add(column);
    return found;
  };
  const explicit = new Map(ROLES.map((role) => [role, named(role)]));
  const single = (role: Exclude<Role, 'text'>): string | null => {
    const column = explicit.get(role)?.[0] ?? findByName(role, profiles, taken);
    if (column !== null) taken.add(column);
    return column;
  };
  // Titles and dates by name first, so that the longest column left is the text.
  const textByName = explicit.get('text') ?? wrap(findText(profiles, taken));
  for (const column of textByName) taken.add(column);
  const [id, title, date, territory, url] = (['id', 'title', 'date', 'territory', 'url'] as const).map(single);
  const text = textByName.length > 0 ? textByName : wrap(findLongest(profiles, taken));
  for (const column of text) taken.add(column);
  return {
    id: id!,
    title: title!,
    text,
    date: date!,
    territory: territory!,
    author: explicit.get('author')?.[0] ?? findAuthor(profiles, taken, text),
    url: url!,
  };
}

/**
 * The mapping of a capture, with the columns that the settings name now: another `map` reads kept bytes otherwise. Columns that
 * are not there are left as they were; one that another role now has is no more the one found by itself.
 */
export function remapColumns(kept: Mapping, given: FileConfig['map'], columns: readonly string[]): Mapping {
  const found = new Map<Role, readonly string[]>();
  for (const role of ROLES) {
    const wanted = given?.[role];
    if (wanted === undefined) continue;
    const spelled = (typeof wanted === 'string' ? [wanted] : wanted).flatMap((name) => spellingOf(name, columns) ?? []);
    if (spelled.length > 0) found.set(role, spelled);
  }
  if (found.size === 0) return kept;
  const taken = new Set([...found.values()].flat());
  const single = (role: Exclude<Role, 'text'>): string | null => {
    const before = kept[role];
    return found.get(role)?.[0] ?? (before !== null && taken.has(before) ? null : before);
  };
  const [id, title, date, territory, author, url] = (
    ['id', 'title', 'date', 'territory', 'author', 'url'] as const
  ).map(single);
  const text = found.get('text') ?? kept.text.filter((column) => !taken.has(column));
  return { id: id!, title: title!, text, date: date!, territory: territory!, author: author!, url: url! };
}

function spellingOf(wanted: string, columns: readonly string[]): string | null {
  if (columns.includes(wanted)) return wanted;
  const folded = foldName(wanted);
  const alike = folded === '' ? undefined : columns.find((column) => foldName(column) === folded);
  // A path into nested JSON begins with a column.
  return alike ?? (columns.some((column) => wanted.startsWith(`${column}.`)) ? wanted : null);
}

/** The column as the file spells it. @throws input-unreadable where the file has none that is called so */
export function requireColumn(wanted: string, columns: readonly string[], location: string): string {
  const spelled = spellingOf(wanted, columns);
  if (spelled !== null) return spelled;
  const close = nearest(wanted, columns);
  const hint = close === null ? `its columns are ${columns.slice(0, 30).join(', ')}` : `did you mean \`${close}\`?`;
  throw new DataSensError('input-unreadable', `${location} has no column \`${wanted}\`; ${hint}`, {
    remedy: 'correct the columns that the settings of this source name',
  });
}

function findByName(role: Role, profiles: readonly Profile[], taken: ReadonlySet<string>): string | null {
  const free = profiles.filter((column) => !taken.has(column.name) && isFit(role, column));
  for (const word of COLUMN_WORDS[role]) {
    const exact = free.find((column) => column.folded === foldName(word));
    if (exact) return exact.name;
  }
  // `date_de_la_contribution`, `titre_de_la_proposition`: the first word says what it is.
  for (const word of COLUMN_WORDS[role]) {
    // `nom_institut` is no author.
    if (word.length < (role === 'author' ? 6 : 3) || role === 'id') continue;
    const starts = free.find((column) => column.folded.startsWith(`${word}_`));
    if (starts) return starts.name;
  }
  return null;
}

/** `nom` is a person's beside a text; in a table of places or products it is what the row is about. */
function findAuthor(profiles: readonly Profile[], taken: ReadonlySet<string>, text: readonly string[]): string | null {
  const author = findByName('author', profiles, taken);
  const length = Math.max(0, ...profiles.filter((column) => text.includes(column.name)).map((c) => c.averageLength));
  return author !== null && /^(?:nom|name)$/.test(foldName(author)) && length < SENTENCE_LENGTH ? null : author;
}

function isFit(role: Role, column: Profile): boolean {
  // An identifier that several records share would make them replace one another.
  if (role === 'id') return column.filled >= 0.99 && column.distinct >= 0.999 && column.averageLength <= 200;
  if (role === 'date' || role === 'territory') return column.averageLength <= 80;
  if (role === 'author' || role === 'url') return column.averageLength <= 300;
  return true;
}

/** A column called like a text and holding one; among several, the first name of the list, then the longest. */
function findText(profiles: readonly Profile[], taken: ReadonlySet<string>): string | null {
  const words = COLUMN_WORDS.text;
  const candidates = profiles.filter(
    (column) => !taken.has(column.name) && (column.wordy > 0.2 || column.filled === 0),
  );
  const exact = candidates.filter((column) => words.includes(column.folded));
  if (exact.length > 0) {
    const longest = Math.max(...exact.map((column) => column.averageLength));
    // A short label called `avis` (for, against) is not the text when a long `commentaire` stands beside it.
    return minimumBy(
      exact.filter((column) => column.averageLength * 4 >= longest),
      (column) => words.indexOf(column.folded),
    ).name;
  }
  const partly = candidates.filter(
    (column) =>
      column.averageLength >= 20 && column.folded.split('_').some((part) => part.length > 3 && words.includes(part)),
  );
  const long = partly.filter((column) => !startsAsAnother(column.folded));
  return long.length === 0 ? null : minimumBy(long, (column) => -column.averageLength).name;
}

/** `titre_de_la_proposition` holds the word of a text and is a title. */
function startsAsAnother(folded: string): boolean {
  const first = folded.split('_')[0]!;
  return ROLES.some((role) => role !== 'text' && COLUMN_WORDS[role].includes(first));
}

function findLongest(profiles: readonly Profile[], taken: ReadonlySet<string>): string | null {
  const free = profiles.filter((column) => !taken.has(column.name) && column.wordy > 0.5);
  return free.length === 0 ? null : minimumBy(free, (column) => -column.averageLength).name;
}

function profile(name: string, rows: SampleColumns['rows'], at: number): Profile {
  const cells = rows.map((row) => row[at]?.trim() ?? '');
  const filled = cells.filter((cell) => cell !== '');
  const letters = filled.filter((cell) => /\p{L}/u.test(cell) && !/^https?:\/\/\S+$/.test(cell) && !isDate(cell));
  const total = filled.reduce((sum, cell) => sum + cell.length, 0);
  return {
    name,
    folded: foldName(name),
    averageLength: filled.length === 0 ? 0 : total / filled.length,
    filled: cells.length === 0 ? 0 : filled.length / cells.length,
    wordy: filled.length === 0 ? 0 : letters.length / filled.length,
    distinct: filled.length === 0 ? 0 : new Set(filled).size / filled.length,
  };
}

const isDate = (cell: string) => /^\d{4}-\d\d-\d\d(?:[T ]|$)/.test(cell);
const wrap = (name: string | null): readonly string[] => (name === null ? [] : [name]);

function minimumBy<Value>(values: readonly Value[], measure: (value: Value) => number): Value {
  return values.reduce((best, value) => (measure(value) < measure(best) ? value : best));
}
