// People's corrections of territories: the standing ones, the lessons drawn from them, and the documents that follow both.

import { sql } from 'kysely';
import type { DocumentId } from '../model/identity.ts';
import type { SaidTerritory, Territory } from '../model/territory.ts';
import type { Tx } from './database.ts';
import { type SaidRow, saidOf } from './territory-teaching.ts';
import { bytesOf, jsonText } from './values.ts';

/** The text that a document is of, and how its territory came to be. */
export interface TerritorySubject {
  readonly source: string;
  readonly record: string;
  readonly part: string;
  readonly form: string | null;
  /** What the resolver found, as it is stored. */
  readonly found: Pick<Territory, 'commune' | 'epci' | 'department' | 'region'> & { readonly rule: string | null };
  readonly correction: (StoredCorrection & { readonly annotator: string; readonly at: string }) | null;
  readonly lesson: { readonly said: SaidTerritory; readonly corrections: number } | null;
}

export interface StoredCorrection {
  readonly said: SaidTerritory;
  readonly always: boolean;
}

/** Null where there is no such document. */
export async function readTerritorySubject(tx: Tx, document: DocumentId): Promise<TerritorySubject | null> {
  const { rows } = await sql<
    Omit<TerritorySubject, 'correction' | 'lesson'> & {
      correction: (SaidRow & { always: boolean; annotator: string; at: string }) | null;
      lesson: (SaidRow & { corrections: number }) | null;
    }
  >`
    select document.source, encode(document.record, 'hex') as record, coalesce(row.part, '') as part,
      document.territory_form as form,
      coalesce(nullif(document.territory_found -> 'territory', 'null'), case when document.territory_found is null then
        jsonb_build_object('commune', document.commune, 'epci', document.epci, 'department', document.department,
          'region', document.region, 'rule', document.territory_rule) end,
        '{"commune": null, "epci": null, "department": null, "region": null, "rule": null}') as found,
      (select jsonb_build_object('decision', decision, 'placeKind', place_kind, 'place', place, 'always', always,
          'annotator', annotator, 'at', to_char(corrected_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        from territory_correction held where held.source = document.source and held.record = document.record
          and held.part = coalesce(row.part, '')) as correction,
      (select jsonb_build_object('decision', decision, 'placeKind', place_kind, 'place', place, 'corrections', corrections)
        from territory_lesson held where held.source = document.source and held.form = document.territory_form) as lesson
    from document left join snapshot_record row
      on row.snapshot = document.snapshot and row.ordinal = document.ordinal
    where document.id = ${bytesOf(document)}`.execute(tx);
  const [row] = rows;
  if (row === undefined) return null;
  const { correction, lesson, ...subject } = row;
  return {
    ...subject,
    correction: correction && {
      said: saidOf(correction),
      always: correction.always,
      annotator: correction.annotator,
      at: correction.at,
    },
    lesson: lesson && { said: saidOf(lesson), corrections: lesson.corrections },
  };
}

type Subject = Pick<TerritorySubject, 'source' | 'record' | 'part' | 'form'>;

/** The last word on a text; the one before, if any, no longer stands. */
export async function saveCorrection(
  tx: Tx,
  { source, record, part, form }: Subject,
  given: StoredCorrection & { readonly annotator: string; readonly document: DocumentId },
): Promise<void> {
  const { said, always, annotator, document } = given;
  await sql`
    insert into territory_correction (source, record, part, decision, place_kind, place, always, form, annotator, document)
    values (${source}, ${bytesOf(record)}, ${part}, ${said.decision}, ${said.place?.kind ?? null}, ${said.place?.code ?? null},
      ${always}, ${form}, ${annotator}, ${bytesOf(document)})
    on conflict (organisation, source, record, part) do update set decision = excluded.decision,
      place_kind = excluded.place_kind, place = excluded.place, always = excluded.always, form = excluded.form,
      annotator = excluded.annotator, document = excluded.document, corrected_at = clock_timestamp()`.execute(tx);
}

export async function deleteCorrection(tx: Tx, { source, record, part }: Subject): Promise<void> {
  await sql`
    delete from territory_correction where source = ${source} and record = ${bytesOf(record)} and part = ${part}`.execute(
    tx,
  );
}

/** The standing corrections of texts in which this form decides. */
export async function correctionsOfForm(tx: Tx, source: string, form: string): Promise<readonly StoredCorrection[]> {
  const { rows } = await sql<SaidRow & { always: boolean }>`
    select decision, place_kind as "placeKind", place, always from territory_correction
    where source = ${source} and form = ${form}`.execute(tx);
  return rows.map((row) => ({ said: saidOf(row), always: row.always }));
}

/** Keeps what a form teaches, or that it teaches nothing. */
export async function saveLesson(
  tx: Tx,
  { source, form }: { readonly source: string; readonly form: string },
  lesson: { readonly said: SaidTerritory; readonly corrections: number } | null,
): Promise<void> {
  await sql`delete from territory_lesson where source = ${source} and form = ${form}`.execute(tx);
  if (lesson === null) return;
  const { said, corrections } = lesson;
  await sql`
    insert into territory_lesson (source, form, decision, place_kind, place, corrections)
    values (${source}, ${form}, ${said.decision}, ${said.place?.kind ?? null}, ${said.place?.code ?? null}, ${corrections})
    `.execute(tx);
}

/** Documents of one text, or those in which a form decides and nobody corrected. */
export type TerritoryScope =
  | Pick<TerritorySubject, 'source' | 'record' | 'part'>
  /** `besides`: a record that is not counted among those that changed. */
  | { readonly source: string; readonly form: string; readonly besides: string };

/**
 * Puts documents where was said; what the resolver found stays beside, and comes back where `territory` is null. Search
 * follows.
 * @returns documents that changed
 */
export async function placeDocuments(tx: Tx, scope: TerritoryScope, territory: Territory | null): Promise<number> {
  const chosen = 'form' in scope ? ofForm(scope) : ofText(scope);
  const given = jsonText(territory ?? {});
  const { rows } = await sql<{ n: number }>`
    with said as (
      select document.id, case when ${territory === null} then territory_found -> 'territory' else ${given}::jsonb end as body,
        coalesce(territory_found, jsonb_build_object(
          'territory', case when territory_rule is not null then jsonb_build_object('commune', commune, 'epci', epci,
            'department', department, 'region', region, 'role', territory_role, 'score', territory_score,
            'rule', territory_rule, 'candidates', to_jsonb(territory_candidates)) end,
          'findings', (select coalesce(jsonb_agg(finding), '[]') from jsonb_array_elements(findings) as finding
            where finding ->> 'at' = 'territory')
        )) as found
      from document where ${chosen} and ${isMoved(territory)}
    ), changed as (
      update document set commune = body ->> 'commune', epci = body ->> 'epci', department = body ->> 'department',
        region = body ->> 'region', territory_role = body ->> 'role', territory_score = (body ->> 'score')::real,
        territory_rule = body ->> 'rule',
        territory_candidates = array(select jsonb_array_elements_text(
          case jsonb_typeof(body -> 'candidates') when 'array' then body -> 'candidates' else '[]' end)),
        findings = (select coalesce(jsonb_agg(finding), '[]') from jsonb_array_elements(findings) as finding
          where finding ->> 'at' <> 'territory')
          || case when ${territory === null} then found -> 'findings' else '[]' end,
        territory_found = case when ${territory === null} then null else found end
      from said where document.id = said.id
      returning document.id, document.record, document.department, document.findings
    ), indexed as (
      update document_search set department = changed.department,
        findings = array(select distinct finding ->> 'code' from jsonb_array_elements(changed.findings) as finding)
      from changed where document_search.document = changed.id
    )
    select count(*)::integer as n from changed where record <> ${bytesOf('form' in scope ? scope.besides : '')}`.execute(
    tx,
  );
  return rows[0]!.n;
}

/** Those that are there already are left as they are. */
function isMoved(territory: Territory | null) {
  if (territory === null) return sql`territory_found is not null`;
  const { commune, epci, department, region, rule } = territory;
  return sql`(commune, epci, department, region, territory_rule)
    is distinct from (${commune}::text, ${epci}::text, ${department}::text, ${region}::text, ${rule}::text)`;
}

function ofText({ source, record, part }: Extract<TerritoryScope, { record: string }>) {
  return sql`document.source = ${source} and document.record = ${bytesOf(record)} and exists (
    select from snapshot_record row where row.snapshot = document.snapshot and row.ordinal = document.ordinal
      and coalesce(row.part, '') = ${part})`;
}

function ofForm({ source, form }: Extract<TerritoryScope, { form: string }>) {
  return sql`document.source = ${source} and document.territory_form = ${form} and not exists (
    select from territory_correction held
    join snapshot_record row on row.snapshot = document.snapshot and row.ordinal = document.ordinal
    where held.source = document.source and held.record = document.record and held.part = coalesce(row.part, ''))`;
}
