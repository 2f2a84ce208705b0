// Documents of two recipes of one source, paired by the record that they were made of, and what differs between them. All of it
// is counted by the database: no text comes out.

import { sql } from 'kysely';
import type { DocumentId, PolicyId, RecipeId, SourceName } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

/** What may differ between two documents of one record; `other`: address, encoding, attributes, segments, places named. */
export const RECIPE_CHANGES = [
  'text',
  'title',
  'language',
  'date',
  'territory',
  'personal',
  'findings',
  'clearance',
  'other',
] as const;
export type RecipeChange = (typeof RECIPE_CHANGES)[number];

export interface RecipeScope {
  readonly source: SourceName;
  readonly before: RecipeId;
  readonly after: RecipeId;
  readonly policy: PolicyId;
}

export interface RecipeCounts {
  readonly same: number;
  readonly changed: number;
  /** Documents of the recipe in force that the other did not make, and the other way round. */
  readonly gone: number;
  readonly new: number;
  /** Documents in which each of these differs. */
  readonly changes: Readonly<Record<RecipeChange, number>>;
}

export interface Shift {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

export interface PairExample {
  readonly before: DocumentId | null;
  readonly after: DocumentId | null;
  readonly changes: readonly RecipeChange[];
}

/** Columns that each change is seen in. */
const COLUMNS: Readonly<Record<Exclude<RecipeChange, 'clearance'>, readonly string[]>> = {
  text: ['text'],
  title: ['title'],
  language: ['language', 'passages'],
  date: ['published', 'published_precision'],
  territory: ['commune', 'epci', 'department', 'region', 'territory_role', 'territory_rule', 'territory_candidates'],
  personal: ['personal'],
  findings: ['findings'],
  other: ['key', 'url', 'encoding', 'attributes', 'segments', 'places'],
};

/**
 * Pairs the documents of a source in a table of this transaction, which the functions below read. Documents that a later
 * version replaced are left out of both sides: nobody is shown them.
 */
export async function pairRecipes(tx: Tx, { source, before, after, policy }: RecipeScope): Promise<void> {
  const differs = (side: 'before' | 'after') => (columns: readonly string[]) =>
    sql`(${sql.join(columns.map((column) => sql.ref(`${side}.${column}`)))})`;
  const bits = RECIPE_CHANGES.map((change, bit) => {
    const condition =
      change === 'clearance'
        ? sql`mine.reasons is distinct from theirs.reasons`
        : sql`${differs('before')(COLUMNS[change])} is distinct from ${differs('after')(COLUMNS[change])}`;
    return sql`case when ${condition} then ${sql.raw(String(1 << bit))} else 0 end`;
  });
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx);
  await sql`
    create temporary table recipe_pair on commit drop as
    select before.id as before, after.id as after,
      case when before.id is null or after.id is null then 0 else ${sql.join(bits, sql` | `)} end as changes
    from (
      select distinct document_id(batch.source, row.record, row.copy, ${bytesOf(before)}::bytea, row.part) as before,
        document_id(batch.source, row.record, row.copy, ${bytesOf(after)}::bytea, row.part) as after
      from snapshot_record row join batch on batch.id = row.batch where batch.source = ${source}
    ) as pair
    left join clearance mine on mine.document = pair.before and mine.policy = ${bytesOf(policy)}
    left join clearance theirs on theirs.document = pair.after and theirs.policy = ${bytesOf(policy)}
    left join document before on before.id = pair.before and not coalesce('superseded' = any (mine.reasons), false)
    left join document after on after.id = pair.after and not coalesce('superseded' = any (theirs.reasons), false)
    where before.id is not null or after.id is not null`.execute(tx);
  await sql`analyze recipe_pair`.execute(tx);
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx);
}

/** How many documents are the same, changed, gone and new, and what changed. */
export async function countPairs(tx: Tx): Promise<RecipeCounts> {
  const { rows } = await sql<{ changes: number; gone: boolean; fresh: boolean; n: number }>`
    select changes, after is null as gone, before is null as fresh, count(*)::integer as n
    from recipe_pair group by 1, 2, 3`.execute(tx);
  const sum = (those: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(those).reduce((total, { n }) => total + n, 0);
  return {
    same: sum(({ changes, gone, fresh }) => changes === 0 && !gone && !fresh),
    changed: sum(({ changes }) => changes > 0),
    gone: sum(({ gone }) => gone),
    new: sum(({ fresh }) => fresh),
    changes: Object.fromEntries(
      RECIPE_CHANGES.map((change, bit) => [change, sum(({ changes }) => (changes & (1 << bit)) > 0)]),
    ) as RecipeCounts['changes'],
  };
}

/** Marks of personal data by kind, in the documents where they differ. */
export async function personalShifts(tx: Tx): Promise<readonly Shift[]> {
  const marks = (side: 'before' | 'after') => sql`
    select name, ${sql.raw(side === 'before' ? 'n::integer, 0' : '0, n::integer')} from recipe_pair
    join document on document.id = recipe_pair.${sql.ref(side)}, jsonb_each_text(personal) as mark (name, n)
    where ${hasChange('personal')}`;
  return shiftsOf(tx, marks);
}

/** Findings by code, in the documents where they differ. */
export async function findingShifts(tx: Tx): Promise<readonly Shift[]> {
  const codes = (side: 'before' | 'after') => sql`
    select finding ->> 'code', ${sql.raw(side === 'before' ? '1, 0' : '0, 1')} from recipe_pair
    join document on document.id = recipe_pair.${sql.ref(side)}, jsonb_array_elements(findings) as finding
    where ${hasChange('findings')}`;
  return shiftsOf(tx, codes);
}

/** Documents cleared and refused, by reason, where the policy's answer differs; a document counts under each of its reasons. */
export async function clearanceShifts(tx: Tx, policy: PolicyId): Promise<readonly Shift[]> {
  const answers = (side: 'before' | 'after') => sql`
    select reason, ${sql.raw(side === 'before' ? '1, 0' : '0, 1')} from recipe_pair
    join clearance on clearance.document = recipe_pair.${sql.ref(side)} and clearance.policy = ${bytesOf(policy)},
      unnest(case when cleared then array['cleared'] else reasons end) as reason
    where ${hasChange('clearance')}`;
  return shiftsOf(tx, answers);
}

async function shiftsOf(tx: Tx, side: (of: 'before' | 'after') => ReturnType<typeof sql>): Promise<readonly Shift[]> {
  const { rows } = await sql<Shift>`
    select name, sum(before)::integer as before, sum(after)::integer as after
    from (${side('before')} union all ${side('after')}) as mark (name, before, after)
    group by name having sum(before) <> sum(after) order by name collate "C"`.execute(tx);
  return rows;
}

/** A few pairs of each change, of those gone and of those new, the same each time. */
export async function pairExamples(tx: Tx, perChange: number): Promise<readonly PairExample[]> {
  const conditions = [...RECIPE_CHANGES.map(hasChange), sql`after is null`, sql`before is null`];
  const found = new Map<string, PairExample>();
  for (const condition of conditions) {
    const { rows } = await sql<{ before: DocumentId | null; after: DocumentId | null; changes: number }>`
      select encode(before, 'hex') as before, encode(after, 'hex') as after, changes from recipe_pair
      where ${condition} order by coalesce(before, after) limit ${perChange}`.execute(tx);
    for (const { before, after, changes } of rows) {
      const named = RECIPE_CHANGES.filter((_, bit) => (changes & (1 << bit)) > 0);
      found.set(`${before} ${after}`, { before, after, changes: named });
    }
  }
  return [...found.values()];
}

function hasChange(change: RecipeChange) {
  return sql`changes & ${sql.raw(String(1 << RECIPE_CHANGES.indexOf(change)))} > 0`;
}

/** Drops the table that `pairRecipes` left. */
export async function dropPairs(tx: Tx): Promise<void> {
  await sql`drop table recipe_pair`.execute(tx);
}
