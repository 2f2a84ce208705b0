-- Runs that can be asked for, stopped, taken up and compared: what each was asked, what it did to each source, which
-- batches it made, and which of them failed.

alter table run
  add column request jsonb not null default '{}',
  -- Settings, recipes, codebook, policy and versions it ran under.
  add column context jsonb not null default '{}',
  -- What was expected of it before it began; null where there was no history.
  add column estimate jsonb,
  -- Seconds and documents of each phase: what later estimates rest on.
  add column timings jsonb not null default '{}',
  add column cancel_requested_at timestamptz;

alter table batch add column run uuid;
alter table snapshot add column run uuid;
-- What became of the batch's records: counts by name.
alter table progress add column counts jsonb not null default '{}';

create index snapshot_run on snapshot (organisation, run) where run is not null;
create index refusal_run on refusal (organisation, run);

create table run_source (
  organisation uuid not null default current_organisation(),
  run uuid not null,
  source text not null,
  -- `waiting`: to be collected; `skipped`: not asked for.
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'skipped')),
  started_at timestamptz,
  finished_at timestamptz,
  counts jsonb not null default '{}',
  error jsonb,
  primary key (organisation, run, source)
);
create index run_source_newest on run_source (organisation, source, started_at desc);

create table batch_failure (
  organisation uuid not null default current_organisation(),
  run uuid not null,
  batch uuid not null,
  stage text not null,
  key text not null,
  code text not null,
  message text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (organisation, run, batch, stage)
);

do $$
declare
  named text;
begin
  foreach named in array array['run_source', 'batch_failure'] loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format(
      'create policy own on %I using (organisation = nullif(current_setting(''datasens.organisation'', true), '''')::uuid)',
      named
    );
    execute format('grant select, insert, update, delete on %I to datasens_app', named);
  end loop;
end $$;
