// Writes a new version into the text of a codebook: what does not change keeps its bytes, comments and order.

import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isNode, isSeq, parseDocument } from 'yaml';
import type { Codebook, Mapping, Task } from '../model/codebook.ts';
import { readCodebookText } from './codebook.ts';

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface CodebookEdit {
  readonly version: number;
  /** Replaces the task of this id, or comes after the others. */
  readonly task: Task;
  /** Replaces the mapping; none where null. */
  readonly mapping: Mapping | null;
}

/** The text with the edit made. `text` must be a codebook without mistake. */
export function editCodebook(text: string, edit: CodebookEdit): string {
  const spliced = splice(text, edit);
  const before = readCodebookText(text);
  if (!('mistakes' in before)) {
    const read = readCodebookText(spliced ?? '');
    if (spliced !== null && isDeepStrictEqual(read, wantedOf(before, edit))) return spliced;
  }
  // Written on one line, or with anchors: the whole is written anew, comments kept.
  const document = parseDocument(text);
  document.set('version', edit.version);
  const tasks = (before as Codebook).tasks;
  const at = tasks.findIndex(({ id }) => id === edit.task.id);
  document.setIn(['tasks', at === -1 ? tasks.length : at], document.createNode(plainTask(edit.task)));
  if (edit.mapping === null) document.delete('mapping');
  else document.set('mapping', document.createNode(edit.mapping));
  return document.toString({ lineWidth: 0 });
}

function wantedOf({ mapping: _, ...before }: Codebook, { version, task, mapping }: CodebookEdit): Codebook {
  const known = before.tasks.some(({ id }) => id === task.id);
  const tasks = known ? before.tasks.map((one) => (one.id === task.id ? task : one)) : [...before.tasks, task];
  return { ...before, version, tasks, ...(mapping === null ? {} : { mapping }) };
}

/** Null where the codebook is not written as blocks. */
function splice(text: string, { version, task, mapping }: CodebookEdit): string | null {
  const document = parseDocument(text);
  const root = document.contents;
  const number = document.get('version', true);
  const tasks = document.get('tasks', true);
  if (!isMap(root) || root.flow || !isNode(number) || !number.range || !isSeq(tasks) || tasks.flow) return null;
  const splices: Splice[] = [{ start: number.range[0], end: number.range[1], text: String(version) }];
  const known = tasks.items.find((item) => isMap(item) && item.get('id') === task.id);
  const last = tasks.items.at(-1);
  if (known !== undefined) {
    if (!isMap(known) || known.flow || !known.range) return null;
    const [start, end] = known.range;
    splices.push({ start, end, text: ended(render(plainTask(task), columnOf(text, start)), text.slice(start, end)) });
  } else if (isMap(last) && !last.flow && last.range) {
    const column = columnOf(text, last.range[0]);
    const at = lineEnd(text, last.range[1]);
    splices.push({ start: at, end: at, text: `\n${' '.repeat(column - 2)}- ${render(plainTask(task), column)}\n` });
  } else return null;
  const pair = root.items.find(({ key }) => isNode(key) && String(key) === 'mapping');
  const written = mapping === null ? '' : `${render({ mapping }, 0)}\n`;
  if (pair === undefined) {
    if (written !== '') splices.push({ start: text.length, end: text.length, text: `\n${written}` });
  } else {
    const [key, value] = [pair.key, pair.value];
    if (!isNode(key) || !key.range || !isNode(value) || !value.range) return null;
    splices.push({ start: key.range[0], end: lineEnd(text, value.range[1]), text: written });
  }
  return apply(text.endsWith('\n') ? text : `${text}\n`, splices);
}

/** What a person would write: what may be left out is. */
function plainTask({ categories, none, abstention, ...task }: Task) {
  return {
    ...task,
    ...(none === null ? {} : { none }),
    ...(abstention ? { abstention } : {}),
    categories: categories.map(({ includes, excludes, examples, terms, ...category }) => ({
      ...category,
      ...(includes.length > 0 ? { includes } : {}),
      ...(excludes.length > 0 ? { excludes } : {}),
      ...(examples.length > 0 ? { examples } : {}),
      ...(terms === undefined ? {} : { terms }),
    })),
  };
}

/** YAML of a value, its lines but the first indented. */
function render(value: unknown, column: number): string {
  const lines = new Document(value).toString({ lineWidth: 0 }).trimEnd().split('\n');
  return lines.map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(column) + line)).join('\n');
}

const ended = (written: string, replaced: string) => (replaced.endsWith('\n') ? `${written}\n` : written);

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function lineEnd(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length + 1 : end + 1;
}

function apply(text: string, splices: readonly Splice[]): string {
  return [...splices]
    .sort((left, right) => right.start - left.start)
    .reduce((written, { start, end, text: lines }) => written.slice(0, start) + lines + written.slice(end), text);
}
