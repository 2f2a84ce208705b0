// Reads a result of any size in flat memory, through a server-side cursor of the transaction.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './database.ts';

/** Rows of `query`, fetched `size` at a time; the transaction must stay open while they are read. */
export async function* streamRows<Row>(tx: Tx, query: RawBuilder<Row>, size: number): AsyncIterable<Row> {
  for await (const rows of streamPages(tx, query, size)) yield* rows;
}

/** The same in arrays of `size`: for who reads millions, to whom waiting for each row would cost more than the row. */
export async function* streamPages<Row>(tx: Tx, query: RawBuilder<Row>, size: number): AsyncIterable<readonly Row[]> {
  const name = sql.id(`rows_${Math.random().toString(36).slice(2)}`);
  // All rows will be read, and the first may take long: plan and wait accordingly.
  await sql`select set_config('cursor_tuple_fraction', '1', true), set_config('statement_timeout', '0', true)`.execute(
    tx,
  );
  await sql`declare ${name} no scroll cursor for ${query}`.execute(tx);
  try {
    for (;;) {
      const { rows } = await sql<Row>`fetch forward ${sql.raw(String(size))} from ${name}`.execute(tx);
      yield rows;
      if (rows.length < size) break;
    }
  } finally {
    // In a failed transaction nothing can be said any more; the cursor ends with it.
    await sql`close ${name}`.execute(tx).catch(() => undefined);
  }
}
