// One JSON value a line. A record is a line's bytes; a line that is no JSON is refused, and the rest goes on.

import { stripMark } from '../bytes.ts';
import { detectFileCharset } from '../file-charset.ts';
import type { FileConfig } from '../file-config.ts';
import type { FileSource } from '../file-source.ts';
import type { Format, FormatEvent } from '../format.ts';
import { readJsonRecord } from '../json-record.ts';
import { type JsonPiece, jsonRecords } from '../json-records.ts';
import { createRowSplitter } from '../row-splitter.ts';

const LINES = { delimiter: -1, quote: -1, newline: 0x0a, width: null };

export const jsonLines: Format = { name: 'jsonl', collect, read: readJsonRecord };

async function* collect(source: FileSource, config: FileConfig): AsyncIterable<readonly FormatEvent[]> {
  const { charset, certain, bomLength } = await detectFileCharset(source, config.encoding);
  const place = {
    location: source.location,
    format: 'jsonl',
    mediaType: 'application/jsonl',
    charset,
    certain,
  } as const;
  yield* jsonRecords(lines(), place, config);

  async function* lines(): AsyncIterable<readonly (JsonPiece | FormatEvent)[]> {
    const splitter = createRowSplitter(LINES, charset, config.maximumRecordBytes);
    let number = 0;
    for await (const chunk of stripMark(source.chunks(), bomLength)) yield take(splitter.push(chunk, false));
    yield take(splitter.push(Buffer.alloc(0), true));

    function take(split: readonly (Buffer | null)[]): readonly (JsonPiece | FormatEvent)[] {
      return split.flatMap((bytes): readonly (JsonPiece | FormatEvent)[] => {
        number += 1;
        if (bytes === null) return [tooLong(source.location, number, config.maximumRecordBytes)];
        return bytes.length === 0 ? [] : [{ bytes, at: `line ${number}` }];
      });
    }
  }
}

function tooLong(location: string, line: number, maximum: number): FormatEvent {
  const message = `a line of ${location} is longer than ${maximum} bytes (maximumRecordBytes)`;
  return { kind: 'refusal', location, at: `line ${line}`, code: 'input-too-large', message };
}
