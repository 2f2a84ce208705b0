// Dead letters: what a source gave and could not be read, with the reason; nothing else of it is lost.

import { sql } from 'kysely';
import type { RunId, SourceName } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { storable } from './values.ts';

export interface Refusal {
  readonly location: string;
  /** Where in the location: `line 12`, `entry data.csv`. */
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

export async function saveRefusals(
  tx: Tx,
  run: RunId,
  source: SourceName,
  refusals: readonly Refusal[],
): Promise<void> {
  await sql`
    insert into refusal (run, source, location, place, code, message)
    select ${run}::uuid, ${source}, location, place, code, message from unnest(
      ${refusals.map(({ location }) => storable(location))}::text[],
      ${refusals.map(({ at }) => storable(at))}::text[],
      ${refusals.map(({ code }) => code)}::text[],
      ${refusals.map(({ message }) => storable(message))}::text[]
    ) as given (location, place, code, message)`.execute(tx);
}
