// What people said of where the texts of a source are, as refining reads it; and the lock that keeps both in step.

import { sql } from 'kysely';
import { type PlaceKind, type SaidTerritory, subjectKey, type TerritoryDecision } from '../model/territory.ts';
import type { Tx } from './database.ts';

export interface Teaching {
  /** Standing corrections, by `subjectKey`. */
  readonly given: ReadonlyMap<string, SaidTerritory>;
  /** By written form. */
  readonly lessons: ReadonlyMap<string, SaidTerritory>;
}

/** A decision as its columns hold it. */
export interface SaidRow {
  readonly decision: TerritoryDecision;
  readonly placeKind: PlaceKind | null;
  readonly place: string | null;
}

/**
 * Reads what people said, and keeps it as it is until the transaction ends: a correction waits for the texts that are being
 * derived without it, and then reaches them.
 */
export async function readTeaching(tx: Tx, source: string): Promise<Teaching> {
  await sql`select pg_advisory_xact_lock_shared(${lockOf(source)})`.execute(tx);
  const { rows: given } = await sql<SaidRow & { record: Buffer; part: string }>`
    select record, part, decision, place_kind as "placeKind", place from territory_correction where source = ${source}
    `.execute(tx);
  const { rows: lessons } = await sql<SaidRow & { form: string }>`
    select form, decision, place_kind as "placeKind", place from territory_lesson where source = ${source}`.execute(tx);
  return {
    given: new Map(given.map((row) => [subjectKey(row.record.toString('hex'), row.part), saidOf(row)])),
    lessons: new Map(lessons.map((row) => [row.form, saidOf(row)])),
  };
}

/** Waits until nothing of this source is being derived, and lets nothing begin until the transaction ends. */
export async function holdTeaching(tx: Tx, source: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockOf(source)})`.execute(tx);
}

export function saidOf({ decision, placeKind, place }: SaidRow): SaidTerritory {
  if (decision !== 'place') return { decision, place: null };
  return { decision, place: { kind: placeKind!, code: place! } };
}

function lockOf(source: string) {
  return sql`hashtextextended(current_setting('datasens.organisation') || ${`territory ${source}`}, 0)`;
}
