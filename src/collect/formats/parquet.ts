// Parquet, read by DuckDB in rows as JSON. A record is one row's JSON.

import { DataSensError } from '../../model/error.ts';
import type { FileConfig } from '../file-config.ts';
import type { FileSource } from '../file-source.ts';
import type { Format, FormatEvent } from '../format.ts';
import { readJsonRecord } from '../json-record.ts';
import { type JsonPiece, jsonRecords } from '../json-records.ts';

export const parquet: Format = { name: 'parquet', collect, read: readJsonRecord };

/** Nothing is loaded from the network, and no other file can be read. */
const SETTINGS = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  threads: '1',
  memory_limit: '512MB',
};

async function* collect(source: FileSource, config: FileConfig): AsyncIterable<readonly FormatEvent[]> {
  const place = {
    location: source.location,
    format: 'parquet',
    mediaType: 'application/vnd.apache.parquet',
    charset: 'utf-8',
    certain: true,
  } as const;
  if (!source.plain) {
    throw new DataSensError('input-unsupported', `${source.location} must be unpacked to be read as Parquet`);
  }
  yield* jsonRecords(rows(source), place, config);
}

async function* rows(source: FileSource): AsyncIterable<readonly JsonPiece[]> {
  // Not imported above: threads that only read records would each load it (30 MB).
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', SETTINGS);
  const connection = await instance.connect();
  try {
    const path = literal(source.path);
    await connection.run(`SET allowed_paths = [${path}]`);
    await connection.run('SET enable_external_access = false');
    const result = await connection.stream(`SELECT to_json(line)::VARCHAR FROM read_parquet(${path}) line`);
    let number = 0;
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      yield chunk.getColumnValues(0).map((value) => {
        number += 1;
        return { bytes: Buffer.from(String(value), 'utf8'), at: `row ${number}` };
      });
    }
  } catch (cause) {
    if (cause instanceof DataSensError) throw cause;
    throw new DataSensError('input-unreadable', `${source.location} is not a readable Parquet file`, { cause });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const literal = (path: string) => `'${path.replaceAll("'", "''")}'`;
