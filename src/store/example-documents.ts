// Documents as they are shown beside those of another recipe: title, text and fields, pseudonymised as they are stored.

import { sql } from 'kysely';
import type { DocumentId, PolicyId } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface ExampleDocument {
  readonly id: DocumentId;
  readonly title: string;
  /** Its beginning. */
  readonly text: string;
  /** Fields by name, as text; null where there is none. */
  readonly fields: Readonly<Record<string, string | null>>;
}

/** The documents of these ids, their texts cut at `characters`. */
export async function readExamples(
  tx: Tx,
  ids: readonly DocumentId[],
  { characters, policy }: { readonly characters: number; readonly policy: PolicyId },
): Promise<ReadonlyMap<DocumentId, ExampleDocument>> {
  const { rows } = await sql<ExampleDocument>`
    select encode(document.id, 'hex') as id, coalesce(title, '') as title, left(text, ${characters}) as text,
      jsonb_build_object(
        'language', language, 'date', published,
        'territory', coalesce(commune, department, region), 'territoryRule', territory_rule,
        'personal', (
          select string_agg(kind || ' ' || n, ', ' order by kind) from jsonb_each_text(personal) as mark (kind, n)
        ),
        'findings', (
          select string_agg(distinct finding ->> 'code', ', ') from jsonb_array_elements(findings) as finding
        ),
        'clearance', case when cleared then 'cleared' else array_to_string(reasons, ', ') end,
        'url', url, 'encoding', encoding, 'attributes', nullif(attributes::text, '{}')
      ) as fields
    from document left join clearance on clearance.document = document.id and policy = ${bytesOf(policy)}
    where document.id = any (${ids.map(bytesOf)}::bytea[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}
