// What the answers of a column look like, and whether its question was open or closed.

import { foldName } from './column-words.ts';
import type { Mapping } from './mapping.ts';
import { type PersonalColumn, personalByName, personalForm } from './questionnaire-personal.ts';
import { isNoAnswer, isWording, wordingOf } from './questionnaire-wording.ts';

/** Names of columns and their cells, as one row of the file has them. */
export type Row = ReadonlyMap<string, string>;

export interface Sample {
  readonly location: string;
  readonly columns: readonly string[];
  /** True where a column is known by its place too (rows of cells), not by its name alone (JSON). */
  readonly placed: boolean;
  /** What the file's own reader found. */
  readonly mapping: Mapping;
  readonly rows: readonly Row[];
}

export interface ColumnProfile {
  readonly name: string;
  /** Folded wording, words apart. */
  readonly words: readonly string[];
  readonly rows: number;
  /** Cells that hold an answer. */
  readonly filled: number;
  readonly distinct: number;
  readonly meanLength: number;
  readonly meanWords: number;
  /** Shares of the filled cells, 0 to 1. */
  readonly numbers: number;
  readonly dates: number;
  readonly links: number;
  /** Answers of several choices out of few, put side by side. */
  readonly choices: boolean;
  readonly personal: PersonalColumn | null;
}

/** By column. */
export type Profiles = ReadonlyMap<string, ColumnProfile>;

export type Verdict =
  | { readonly kind: 'open' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'ignored'; readonly reason: string };

/** A column most of whose cells have this shape has it. */
const MOST = 0.6;
/** Closed questions have at most so many answers, each given so often on average. */
const MAXIMUM_CHOICES = 30;
const REPEATED = 3;
/** Below so many answers nothing can be told from their repetition. */
const FEW_ANSWERS = 30;
/** Answers of a personal column are shorter: `Adresse` may be a subject that people write about. */
const PROSE_WORDS = 12;

/** Words of closed questions that few answers do not tell. */
const CLOSED_WORDS: ReadonlySet<string> = new Set(
  (
    'age ages tranche sexe genre gender civilite situation statut status categorie category csp profession activite ' +
    'quartier secteur zone canton region type niveau diplome logement foyer satisfaction note frequence mode sens ' +
    'group groupe theme thematique chapitre rubrique position profil'
  ).split(' '),
);

/** Describes a column from a sample of rows. */
export function profileOf(name: string, rows: readonly Row[]): ColumnProfile {
  const cells = rows.map((row) => row.get(name)?.trim() ?? '').filter((cell) => cell !== '' && !isNoAnswer(cell));
  const distinct = new Set(cells);
  const mean = (measure: (cell: string) => number) =>
    cells.length === 0 ? 0 : cells.reduce((sum, cell) => sum + measure(cell), 0) / cells.length;
  const share = (test: (cell: string) => boolean) => mean((cell) => (test(cell) ? 1 : 0));
  const words = foldName(wordingOf(name)).split('_');
  const meanWords = mean((cell) => cell.split(/\s+/).length);
  const form = (['mail', 'other'] as const).find((kind) => share((cell) => personalForm(cell) === kind) >= MOST);
  return {
    name,
    words,
    rows: rows.length,
    filled: cells.length,
    distinct: distinct.size,
    meanLength: mean((cell) => cell.length),
    meanWords,
    numbers: share((cell) => /^[-+]?\d[\d\s.,]{0,30}%?$/.test(cell)),
    dates: share(isDate),
    links: share((cell) => /^https?:\/\/\S+$/i.test(cell)),
    choices: areChoices(cells),
    personal: form ?? (meanWords < PROSE_WORDS ? personalByName(name) : null),
  };
}

/** Tells an open question from a closed one. Personal columns are to be taken out before. */
export function verdictOf(column: ColumnProfile): Verdict {
  const { filled, distinct, meanWords, meanLength } = column;
  if (filled === 0) return ignored('no answer');
  if (column.links >= MOST) return ignored('links');
  if (column.dates >= MOST) return ignored('dates');
  const repeated = filled / distinct;
  const known = column.words.some((word) => CLOSED_WORDS.has(word));
  if (column.numbers >= 0.9) {
    const scale = known || distinct <= 12 || (distinct <= 130 && repeated >= REPEATED);
    return scale ? { kind: 'closed' } : ignored('numbers');
  }
  if (repeated >= REPEATED && (distinct <= MAXIMUM_CHOICES || meanLength <= 200)) return { kind: 'closed' };
  if (column.choices) return { kind: 'closed' };
  if (known && meanWords <= 6) return { kind: 'closed' };
  if (meanWords >= 4 || meanLength >= 30) return { kind: 'open' };
  if (distinct <= MAXIMUM_CHOICES && repeated >= 1.5) return { kind: 'closed' };
  if (isWording(column.name)) return { kind: 'open' };
  return ignored(filled < FEW_ANSWERS ? 'too few answers to tell' : 'short answers, nearly all different');
}

function ignored(reason: string): Verdict {
  return { kind: 'ignored', reason };
}

export function isDate(cell: string): boolean {
  return /^(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?:[T ,].{0,40})?$/.test(cell);
}

/** True where cells are lists drawn from few values: `vélo, bus`, `vélo|bus`. */
function areChoices(cells: readonly string[]): boolean {
  return ['|', ';', '\n', ','].some((separator) => {
    const lists = cells.map((cell) => cell.split(separator).map((choice) => choice.trim()));
    const several = lists.filter((list) => list.length > 1).length;
    if (several < Math.max(3, cells.length / 5)) return false;
    const choices = lists.flat();
    const distinct = new Set(choices);
    return distinct.size <= MAXIMUM_CHOICES && choices.length / distinct.size >= REPEATED;
  });
}
