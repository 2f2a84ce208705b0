// One row of a questionnaire by the names of its columns.

import type { Finding } from '../model/finding.ts';
import type { FormatName } from './file-config.ts';
import type { ReadOpening } from './format.ts';
import { FORMAT_READERS } from './formats.ts';
import { jsonText, parseJson } from './json-record.ts';
import type { Row } from './questionnaire-columns.ts';

/** Reads a row with the reader of its file. Members of members (JSON) have dotted names. Pure, never throws. */
export function rowOf(
  bytes: Uint8Array,
  opening: ReadOpening,
): { readonly row: Row; readonly findings: readonly Finding[] } {
  const format = FORMAT_READERS[opening.context.format as FormatName] ?? FORMAT_READERS.text;
  const { fields, findings } = format.read(bytes, opening);
  const placed = opening.context.columns !== undefined;
  return { row: new Map(placed ? fields : fields.flatMap(membersOf)), findings };
}

function membersOf([name, value]: readonly [string, string]): readonly (readonly [string, string])[] {
  if (!value.startsWith('{')) return [[name, value]];
  try {
    const members = Object.entries(parseJson(value) as object);
    return members.map(([inner, member]) => [`${name}.${inner}`, jsonText(member)]);
  } catch {
    return [[name, value]];
  }
}
