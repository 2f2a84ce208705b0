-- What happened on days and in places besides what people wrote; and what people said of where documents are.

create table context_value (
  organisation uuid not null default current_organisation(),
  -- `context:<name>` of the settings, or `holidays`, computed by rule.
  source text not null,
  series text not null,
  place_kind text not null check (place_kind in ('commune', 'epci', 'department', 'zone', 'region', 'country')),
  place text not null,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  -- Of an event; empty for numbers and categories, which have one value a day and place.
  event text not null,
  value double precision,
  category text,
  -- The bytes it was read in; null where it is computed.
  snapshot uuid,
  record bytea,
  -- Hash of the settings that it was read by: another reading makes it past.
  reading bytea not null,
  primary key (organisation, source, series, place_kind, place, first_day, last_day, event)
);
create index context_value_place on context_value (organisation, place_kind, place, first_day);

-- What the resolver said, where a person's word stands instead; and the written form of a place that decided.
alter table document add column territory_form text, add column territory_found jsonb;

-- The standing correction of a text: the last one, whatever the recipe that derives it.
create table territory_correction (
  organisation uuid not null default current_organisation(),
  source text not null,
  record bytea not null,
  part text not null,
  -- `place`, `elsewhere` (not there, and nobody said where) or `nowhere` (of no place at all).
  decision text not null check (decision in ('place', 'elsewhere', 'nowhere')),
  place_kind text,
  place text,
  -- For every text of this source in which this form decides.
  always boolean not null,
  form text,
  annotator text not null,
  document bytea not null,
  corrected_at timestamptz not null default clock_timestamp(),
  primary key (organisation, source, record, part),
  check ((decision = 'place') = (place_kind is not null and place is not null))
);
create index territory_correction_form on territory_correction (organisation, source, form) where form is not null;

-- What corrections taught: recomputed from them alone, whenever one of them changes.
create table territory_lesson (
  organisation uuid not null default current_organisation(),
  source text not null,
  form text not null,
  decision text not null check (decision in ('place', 'elsewhere', 'nowhere')),
  place_kind text,
  place text,
  corrections integer not null,
  primary key (organisation, source, form)
);

do $$
declare
  named text;
begin
  foreach named in array array['context_value', 'territory_correction', 'territory_lesson'] loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format(
      'create policy own on %I using (organisation = nullif(current_setting(''datasens.organisation'', true), '''')::uuid)',
      named
    );
    execute format('grant select, insert, update, delete on %I to datasens_app', named);
  end loop;
end $$;
