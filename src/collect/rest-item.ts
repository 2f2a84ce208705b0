// From an API's item to what DataSens keeps of it: the settings' expressions for each role, every member as a field.

import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import type { RecordOrigin } from './collector.ts';
import { compileExpression, type Expression } from './expression.ts';
import { plainItem } from './item-fields.ts';
import { parseJson } from './json-record.ts';
import { recordText } from './record-text.ts';
import type { ItemMap, RestConfig } from './rest-config.ts';
import { readSdmxSeries } from './sdmx-series.ts';

/** What `read` depends on. */
export type RestReading = Pick<RestConfig, 'format' | 'map' | 'textFormat'>;

type Fields = Item['fields'];
type Job = readonly [role: string, expression: Expression];

const MAXIMUM_FIELDS = 300;
const MAXIMUM_FIELD_LENGTH = 4000;
const MAXIMUM_FIELD_DEPTH = 6;

/** Expressions of the settings in use: compiled once for a batch, whose records share their settings. */
const compiled = new WeakMap<ItemMap, readonly Job[]>();

/** Reads a record; a promise only where an expression computes something. Never throws. */
export function readRestItem(bytes: Uint8Array, from: RecordOrigin, config: RestReading): Item | Promise<Item> {
  const { text, findings } = recordText(bytes, from.charset, true);
  const unreadable = (): Item => {
    return plainItem(text, [...findings, { code: 'json-repaired', at: 'record', evidence: 'not JSON; read as text' }]);
  };
  const record = config.format === 'sdmx' ? readSdmxSeries(text) : jsonRecord(text);
  if (record === null) return unreadable();
  const jobs = jobsOf(config.map);
  const answers = jobs.map(([role, expression]) => answered(role, expression, record.value));
  const build = (values: readonly unknown[]): Item => {
    try {
      const roles = jobs.map(([role], at) => [role, values[at]] as const);
      return itemOf(roles, { ...record, findings, textFormat: config.textFormat });
    } catch {
      // Nested deeper than the stack is high: collection lets no such record through.
      return unreadable();
    }
  };
  return answers.some((answer) => answer instanceof Promise) ? Promise.all(answers).then(build) : build(answers);
}

function jsonRecord(text: string): { readonly value: unknown; readonly fields: Fields } | null {
  try {
    const value = parseJson(text);
    const fields: [string, string][] = [];
    flatten(value, '', fields);
    return { value, fields };
  } catch {
    return null;
  }
}

function jobsOf(map: ItemMap): readonly Job[] {
  const known = compiled.get(map);
  if (known !== undefined) return known;
  const { text = [], attributes = {}, ...roles } = map;
  const sources = [
    ...Object.entries(roles).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ...(typeof text === 'string' ? [text] : text).map((source) => ['text', source] as const),
    ...Object.entries(attributes).map(([name, source]) => [`attributes.${name}`, source] as const),
  ];
  const jobs = sources.map(([role, source]) => [role, compileExpression(source)] as const);
  compiled.set(map, jobs);
  return jobs;
}

/** What an expression could not take becomes a finding. */
function answered(role: string, expression: Expression, value: unknown): unknown {
  const failed = (error: unknown): Finding => ({
    code: 'json-repaired',
    at: role,
    evidence: `left empty: ${error instanceof Error ? error.message : 'an expression stopped'}`,
  });
  try {
    const answer = expression.evaluate(value);
    return answer instanceof Promise ? answer.catch((error: unknown) => new Failed(failed(error))) : answer;
  } catch (error) {
    return new Failed(failed(error));
  }
}

class Failed {
  readonly finding: Finding;
  constructor(finding: Finding) {
    this.finding = finding;
  }
}

interface Around {
  readonly fields: Fields;
  readonly findings: readonly Finding[];
  readonly textFormat: RestReading['textFormat'];
}

function itemOf(answers: readonly (readonly [role: string, value: unknown])[], around: Around): Item {
  const failures = answers.flatMap(([, value]) => (value instanceof Failed ? [value.finding] : []));
  const given = answers.filter(([, value]) => !(value instanceof Failed));
  const all = (role: string) => given.filter(([name]) => name === role).map(([, value]) => value);
  const one = (role: string) => blankToNull(asText(all(role)[0], ', '));
  const attributes = given.flatMap(([role, value]) => {
    const text = role.startsWith('attributes.') ? blankToNull(asText(value, ', ')) : null;
    return text === null ? [] : [[role.slice('attributes.'.length), text] as const];
  });
  const [author] = all('author');
  const participant = one('participant');
  const paragraphs = all('text').map((value) => asText(value, '\n\n'));
  return {
    id: one('id'),
    title: one('title'),
    text: paragraphs.filter((paragraph) => paragraph.trim() !== '').join('\n\n'),
    textFormat: around.textFormat,
    url: one('url'),
    authors: (Array.isArray(author) ? author : [author]).flatMap((each) => blankToNull(asText(each, ' ')) ?? []),
    publishedAt: one('date'),
    territory: one('territory'),
    fields: around.fields,
    findings: [...around.findings, ...failures],
    ...(participant === null ? {} : { participant }),
    ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
  };
}

function blankToNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

function asText(value: unknown, between: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  if (Array.isArray(value)) {
    return value
      .map((each) => asText(each, between))
      .filter((each) => each !== '')
      .join(between);
  }
  return JSON.stringify(value);
}

/** Members in order under dotted names; lists of plain values are joined, other lists stay JSON. */
function flatten(value: unknown, name: string, fields: [string, string][]): void {
  if (fields.length >= MAXIMUM_FIELDS) return;
  const depth = name.split('.').length;
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth <= MAXIMUM_FIELD_DEPTH) {
    for (const [key, member] of Object.entries(value)) flatten(member, name === '' ? key : `${name}.${key}`, fields);
    return;
  }
  const isPlainList = Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null);
  const text = Array.isArray(value) && !isPlainList ? JSON.stringify(value) : asText(value, ', ');
  fields.push([name === '' ? 'value' : name, text.slice(0, MAXIMUM_FIELD_LENGTH)]);
}
