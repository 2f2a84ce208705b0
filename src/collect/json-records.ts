// Opens a snapshot of JSON records once enough of them were seen to tell which member is what.

import type { JsonObject } from '../model/json.ts';
import type { FileConfig, FormatName } from './file-config.ts';
import type { FormatEvent } from './format.ts';
import { type JsonContext, jsonColumns, parseJson, readJsonRecord } from './json-record.ts';
import { mapColumns } from './mapping.ts';
import { recordText } from './record-text.ts';

/** A value's bytes, and where it stands for the refusal of one that is no JSON (`line 12`). */
export interface JsonPiece {
  readonly bytes: Buffer;
  readonly at: string;
}

export interface JsonPlace {
  readonly location: string;
  readonly format: Extract<FormatName, 'json' | 'jsonl' | 'parquet'>;
  readonly mediaType: string;
  readonly charset: string;
  readonly certain: boolean;
}

const SAMPLE_RECORDS = 100;

type Events = readonly FormatEvent[];

/** Records of the pieces that are JSON, refusals of those that are not, after one opening. */
export async function* jsonRecords(
  pieces: AsyncIterable<readonly (JsonPiece | FormatEvent)[]>,
  place: JsonPlace,
  config: FileConfig,
): AsyncIterable<Events> {
  const waiting: (JsonPiece | FormatEvent)[] = [];
  const samples: unknown[] = [];
  let context: JsonContext | null = null;
  for await (const batch of pieces) {
    if (context !== null) {
      yield emit(batch, context);
      continue;
    }
    for (const piece of batch) {
      if (samples.length < SAMPLE_RECORDS && 'at' in piece && 'bytes' in piece) {
        const value = tryParse(piece.bytes, place);
        if (value !== undefined) samples.push(value);
      }
      waiting.push(piece);
    }
    if (samples.length < SAMPLE_RECORDS) continue;
    context = open();
    yield [openingOf(context), ...emit(waiting, context)];
  }
  if (context !== null) return;
  context = open();
  yield [openingOf(context), ...emit(waiting, context)];

  function open(): JsonContext {
    const columns = [...new Set(samples.flatMap((sample) => jsonColumns(sample).map(([name]) => name)))];
    const rows = samples.map((sample) => {
      const cells = new Map(jsonColumns(sample));
      return columns.map((column) => cells.get(column) ?? '');
    });
    // Members differ from record to record: a column that the settings name may come later.
    const mapping = mapColumns({ columns, rows }, samples.length === 0 ? undefined : config.map, place.location);
    return { format: place.format, mapping, certain: place.certain };
  }

  function openingOf(found: JsonContext): FormatEvent {
    const { mediaType, charset } = place;
    return { kind: 'opening', opening: { part: '', mediaType, charset, context: found as unknown as JsonObject } };
  }

  function emit(batch: readonly (JsonPiece | FormatEvent)[], found: JsonContext): Events {
    const read = { location: place.location, mediaType: place.mediaType, charset: place.charset };
    return batch.map((piece): FormatEvent => {
      if ('kind' in piece) return piece;
      if (piece.bytes.length === 0)
        return unreadable(piece.at, place.location, 'is missing: a comma separates nothing');
      if (tryParse(piece.bytes, place) === undefined) return unreadable(piece.at, place.location, 'is not JSON');
      const key =
        found.mapping.id === null ? null : readJsonRecord(piece.bytes, { ...read, context: asJson(found) }).id;
      return { kind: 'record', bytes: piece.bytes, key };
    });
  }
}

function asJson(context: JsonContext): JsonObject {
  return context as unknown as JsonObject;
}

function unreadable(at: string, location: string, what: string): FormatEvent {
  return { kind: 'refusal', location, at, code: 'input-unreadable', message: `${at} of ${location} ${what}` };
}

function tryParse(bytes: Buffer, place: JsonPlace): unknown {
  try {
    return parseJson(recordText(bytes, place.charset, place.certain).text);
  } catch {
    return undefined;
  }
}
