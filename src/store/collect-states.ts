// What a collector asked to remember of a place: an etag, a cursor, the hash of what was read last.

import type { SourceName } from '../model/identity.ts';
import type { Json } from '../model/json.ts';
import type { Tx } from './database.ts';
import { jsonText, storable } from './values.ts';

/** The value under this key, or undefined where nothing was remembered. */
export async function readState(tx: Tx, source: SourceName, key: string): Promise<Json | undefined> {
  const row = await tx
    .selectFrom('collect_state')
    .select('value')
    .where('source', '=', source)
    .where('key', '=', storable(key))
    .executeTakeFirst();
  return row?.value;
}

export async function saveState(tx: Tx, source: SourceName, key: string, value: Json): Promise<void> {
  await tx
    .insertInto('collect_state')
    .values({ source, key: storable(key), value: jsonText(value) })
    .onConflict((conflict) =>
      conflict
        .columns(['organisation', 'source', 'key'])
        .doUpdateSet({ value: jsonText(value), updated_at: new Date() }),
    )
    .execute();
}
