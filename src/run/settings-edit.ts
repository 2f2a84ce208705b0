// Writes one source into the text of datasens.yaml: what is not of this source keeps its bytes, comments and order.

import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import type { Json, JsonObject } from '../model/json.ts';

/** Words of a source in the order in which a steward reads them. */
const ORDER = [
  'collector',
  'with',
  'title',
  'licence',
  'purpose',
  'legalBasis',
  'retention',
  'approver',
  'territory',
  'every',
  'paused',
];

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Entry = Pair<Scalar, { readonly range?: readonly [number, number, number] | null } | null>;

/** The sources as the text has them, with no default filled in; empty where the text has none. */
export function sourcesIn(text: string): Readonly<Record<string, JsonObject>> {
  const body = parseDocument(text).toJS() as { readonly sources?: Record<string, JsonObject> } | null;
  return body?.sources ?? {};
}

/**
 * The text with this source added or changed. Words of the source that stay the same keep their lines; those that change
 * keep the comments around them. `text` must be readable YAML.
 */
export function writeSource(text: string, name: string, source: JsonObject): string {
  const ordered = inOrder(JSON.parse(JSON.stringify(source)));
  const spliced = splice(text, name, ordered);
  const wanted = { ...sourcesIn(text), [name]: ordered };
  if (spliced !== null && isDeepStrictEqual(readable(spliced), wanted)) return spliced;
  // Sources written on one line, or with anchors: the whole file is written anew, comments kept.
  const document = parseDocument(text);
  const at = document.getIn(['sources', name], true);
  if (isMap(at)) mergeMap(document, at, ordered);
  else if (!isMap(document.get('sources', true))) document.set('sources', document.createNode({ [name]: ordered }));
  else document.setIn(['sources', name], document.createNode(ordered));
  return document.toString({ lineWidth: 0 });
}

function readable(text: string): unknown {
  return parseDocument(text).errors.length > 0 ? null : sourcesIn(text);
}

function inOrder(source: JsonObject): JsonObject {
  const rank = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  return Object.fromEntries(Object.entries(source).sort(([left], [right]) => rank(left) - rank(right)));
}

/** Null where the sources are not written as a block. */
function splice(text: string, name: string, source: JsonObject): string | null {
  const document = parseDocument(text);
  const sources = document.get('sources', true);
  if (!isMap(sources) || sources.flow || sources.items.length === 0) return null;
  const entries = sources.items as Entry[];
  const known = entries.find((entry) => String(entry.key.value) === name);
  if (known === undefined) {
    const entry = new Document({ [name]: source }).contents as YAMLMap;
    const column = columnOf(text, startOf(entries[0]!));
    const written = `\n${' '.repeat(column)}${render(entry.items[0] as Entry, column)}`;
    return apply(text, [insertion(text, entries, written)]);
  }
  if (!isMap(known.value) || known.value.flow || known.value.items.length === 0) {
    return apply(text, [replacement(text, changed(document, known, source))]);
  }
  return apply(text, spliceWords(text, document, known.value as YAMLMap, source));
}

/** Edits of the lines of one source, word by word. */
function spliceWords(text: string, document: Document, map: YAMLMap, source: JsonObject): readonly Splice[] {
  const entries = map.items as Entry[];
  const splices: Splice[] = [];
  for (const entry of entries) {
    const key = String(entry.key.value);
    if (!Object.hasOwn(source, key)) splices.push(removal(text, entry));
    else if (!isDeepStrictEqual(plainValue(document, entry), source[key])) {
      splices.push(replacement(text, changed(document, entry, source[key]!)));
    }
  }
  const added = Object.keys(source).filter((key) => !entries.some((entry) => String(entry.key.value) === key));
  if (added.length === 0) return splices;
  const column = columnOf(text, startOf(entries[0]!));
  const written = added.map((key) => {
    const body = new Document({ [key]: source[key] }).contents as YAMLMap;
    return ' '.repeat(column) + render(body.items[0] as Entry, column);
  });
  return [...splices, insertion(text, entries, written.join('\n'))];
}

function plainValue(document: Document, entry: Entry): unknown {
  return (entry.value as { toJS?(document: Document): unknown } | null)?.toJS?.(document) ?? null;
}

/** The entry with its new value; what it holds and did not change keeps its writing. */
function changed(document: Document, entry: Entry, value: Json): Entry {
  const copy = entry.clone() as Entry;
  const node = copy.value;
  if (isMap(node) && isObject(value)) mergeMap(document, node, value);
  else if (isScalar(node) && !isObject(value) && !Array.isArray(value)) node.value = value;
  else copy.value = document.createNode(value) as Entry['value'];
  return copy;
}

function mergeMap(document: Document, map: YAMLMap, wanted: JsonObject): void {
  for (const { key } of [...map.items] as Entry[]) if (!Object.hasOwn(wanted, String(key.value))) map.delete(key);
  for (const [key, value] of Object.entries(wanted)) {
    const node = map.get(key, true);
    if (isMap(node) && isObject(value)) mergeMap(document, node, value);
    else if (!isDeepStrictEqual(map.toJSON()[key], value)) map.set(key, document.createNode(value));
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const startOf = (entry: Entry): number => entry.key.range![0];
const endOf = (entry: Entry): number => entry.value?.range?.[1] ?? entry.key.range![1];

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

/** The lines of an entry, the first unindented; comments that stand outside of its range are left out. */
function render(entry: Entry, column: number): string {
  const map = new Document({}).contents as YAMLMap;
  const copy = entry.clone() as Entry;
  copy.key.commentBefore = undefined;
  copy.key.spaceBefore = false;
  if (copy.value !== null) Object.assign(copy.value, { comment: undefined });
  map.items.push(copy as Pair);
  const document = new Document({});
  document.contents = map as never;
  const lines = document.toString({ lineWidth: 0 }).replace(/\n$/, '').split('\n');
  const indent = ' '.repeat(column);
  return lines.map((line, at) => (line === '' || at === 0 ? line : indent + line)).join('\n');
}

function replacement(text: string, entry: Entry): Splice {
  const [start, end] = [startOf(entry), endOf(entry)];
  const written = render(entry, columnOf(text, start));
  return { start, end, text: text.slice(start, end).endsWith('\n') ? `${written}\n` : written };
}

function removal(text: string, entry: Entry): Splice {
  return { start: startOf(entry) - columnOf(text, startOf(entry)), end: lineEnd(text, endOf(entry)), text: '' };
}

/** After the last entry and the comments that stand at its depth below it. */
function insertion(text: string, entries: readonly Entry[], written: string): Splice {
  const last = entries.at(-1)!;
  const column = columnOf(text, startOf(last));
  let at = lineEnd(text, endOf(last));
  for (let next = at; ; ) {
    const [line, indent] = /^([ \t]*)#.*\r?\n?/.exec(text.slice(next)) ?? [];
    if (line === undefined || indent!.length < column) break;
    next += line.length;
    at = next;
  }
  const open = at > 0 && text[at - 1] !== '\n';
  return { start: at, end: at, text: `${open ? '\n' : ''}${written}\n` };
}

/** The start of the line after the one that holds `at`; `at` itself where a line starts there. */
function lineEnd(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function apply(text: string, splices: readonly Splice[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return [...splices]
    .sort((left, right) => right.start - left.start)
    .reduce(
      (written, { start, end, text: lines }) =>
        written.slice(0, start) + lines.replaceAll('\n', newline) + written.slice(end),
      text,
    );
}
