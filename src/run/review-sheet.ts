// Texts to judge as a sheet that any spreadsheet opens, and the sheet read again: no cell that a spreadsheet would run, each
// answer kept once however often the sheet is read.

import { createHash } from 'node:crypto';
import { ABSTAINED } from '../model/annotation.ts';
import { DataSensError } from '../model/error.ts';
import { disarm, rearm } from '../model/formula.ts';
import { SKIP_REASONS } from '../model/review.ts';
import type { GuideTask, ReviewDesk, Reviewer, ReviewItemView, TaskAnswer } from './review-desk.ts';

const DELIMITERS = [';', ',', '\t'];
const UNSURE: ReadonlySet<string> = new Set([ABSTAINED, '?', 'je ne sais pas']);

export interface SheetResult {
  readonly answered: number;
  readonly skipped: number;
  /** Rows left blank. */
  readonly blank: number;
  /** Already received, in another reading of the sheet. */
  readonly repeated: number;
  /** Rows that were not kept, by their line, and why. */
  readonly refused: readonly { readonly line: number; readonly code: string; readonly message: string }[];
}

export interface Sheet {
  /** UTF-8 with a byte order mark, semicolons. */
  readonly text: string;
  readonly items: number;
}

/** The next items of a person, at most `limit`, kept for them, one a row. */
export async function writeSheet(desk: ReviewDesk, reviewer: Reviewer, limit: number): Promise<Sheet> {
  const tasks = taskColumns((await desk.overview(reviewer)).tasks);
  const items = await desk.next(reviewer, limit);
  const head = ['document', 'etag', 'title', 'text', ...tasks.map(({ id }) => id), 'comment', 'skip'];
  const rows = items.map((item) => [
    item.document,
    item.etag,
    item.title ?? '',
    item.text,
    ...tasks.map(() => ''),
    '',
    '',
  ]);
  const text = `\uFEFF${[head, ...rows].map((row) => row.map(cellOf).join(';')).join('\r\n')}\r\n`;
  return { text, items: items.length };
}

const cellOf = (value: string) => `"${disarm(value).replaceAll('"', '""')}"`;

/** Pieces of text are not marked in a sheet. */
const taskColumns = (tasks: readonly GuideTask[]) => tasks.filter(({ kind }) => kind !== 'spans');

/**
 * Reads a sheet that people filled in: category ids or titles, several ones apart by commas, `?` for not knowing.
 * @throws input-unreadable where it is no such sheet
 */
export async function readSheet(desk: ReviewDesk, reviewer: Reviewer, text: string): Promise<SheetResult> {
  const tasks = taskColumns((await desk.overview(reviewer)).tasks);
  const [head = [], ...rows] = parseRows(text);
  const column = (name: string) => head.indexOf(name);
  const missing = ['document', 'etag', ...tasks.map(({ id }) => id)].find((name) => column(name) < 0);
  if (missing !== undefined) {
    throw new DataSensError('input-unreadable', `the sheet has no column \`${missing}\``, {
      remedy: 'fill in the sheet that `datasens review export` writes, and keep its columns',
    });
  }
  const counts = { answered: 0, skipped: 0, blank: 0, repeated: 0 };
  const refused: { line: number; code: string; message: string }[] = [];
  for (const [at, row] of rows.entries()) {
    const cell = (name: string) => rearm(row[column(name)] ?? '').trim();
    const reason = cell('skip');
    const filled = tasks.filter(({ id }) => cell(id) !== '');
    if (filled.length === 0 && reason === '') {
      counts.blank += 1;
      continue;
    }
    try {
      const answers = reason === '' ? filled.map((task) => answerIn(task, cell(task.id))) : [];
      if (reason === '' && filled.length < tasks.length) throw unreadable('every task wants an answer, or `?`');
      const skipped = reason === '' ? null : reasonIn(reason);
      const item: Pick<ReviewItemView, 'document' | 'etag'> = { document: cell('document'), etag: cell('etag') };
      const content = { answers, skipped, comment: cell('comment') };
      const id = createHash('sha256')
        .update(JSON.stringify([reviewer.person, item, content]))
        .digest('hex')
        .slice(0, 32);
      const given = { ...item, ...content, id, seconds: null, settles: false };
      const { repeated } = await desk.answer(reviewer, given);
      if (repeated) counts.repeated += 1;
      else if (skipped === null) counts.answered += 1;
      else counts.skipped += 1;
    } catch (error) {
      if (!(error instanceof DataSensError) || error.retryable) throw error;
      refused.push({ line: at + 2, code: error.code, message: error.message });
    }
  }
  return { ...counts, refused };
}

function answerIn(task: GuideTask, words: string): TaskAnswer {
  if (UNSURE.has(words.toLowerCase())) return { task: task.id, label: ABSTAINED };
  const several = task.kind === 'several-labels' || task.kind === 'themes';
  const whole = labelOf(task, words);
  const labels = whole !== null || !several ? [whole] : words.split(',').map((part) => labelOf(task, part.trim()));
  if (labels.some((label) => label === null))
    throw unreadable(`task ${task.id}: a cell names none of ${listed(task.categories.map(({ id }) => id))}`);
  const known = [...new Set(labels as string[])].sort();
  return { task: task.id, label: known[0]!, ...(several ? { labels: known } : {}) };
}

function labelOf({ categories }: GuideTask, words: string): string | null {
  const plain = (text: string) => text.trim().toLowerCase();
  const found = categories.find(({ id, title }) =>
    [id, title.fr, title.en].some((name) => plain(name) === plain(words)),
  );
  return found?.id ?? null;
}

function reasonIn(words: string): (typeof SKIP_REASONS)[number] {
  const found = SKIP_REASONS.find((known) => known === words.toLowerCase());
  if (found !== undefined) return found;
  throw unreadable(`skip: a cell names none of ${listed(SKIP_REASONS)}`);
}

const LISTED = 12;
const listed = (ids: readonly string[]) =>
  `${ids.slice(0, LISTED).join(', ')}${ids.length > LISTED ? `, and ${ids.length - LISTED} more` : ''}`;

const unreadable = (message: string) =>
  new DataSensError('usage', message, { remedy: 'correct this row, then read the sheet again' });

/** Rows of cells (RFC 4180), with the delimiter that the first line has most of. */
function parseRows(text: string): readonly (readonly string[])[] {
  const body = text.replace(/^\uFEFF/, '');
  const first = body.slice(0, Math.max(0, body.indexOf('\n')));
  const [delimiter] = DELIMITERS.toSorted((left, right) => first.split(right).length - first.split(left).length);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < body.length; at += 1) {
    const letter = body[at]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (body[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === delimiter) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows.filter((cells) => cells.some((one) => one !== ''));
}
