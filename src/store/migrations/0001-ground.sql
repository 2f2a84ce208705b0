-- Every table belongs to an organisation and is isolated by forced row-level security. The role datasens_app owns
-- nothing; it is the only one statements run under. Ids are raw bytes of sha256 or uuids.

do $$ begin
  create role datasens_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  if not pg_has_role(current_user, 'datasens_app', 'member') then
    execute format('grant datasens_app to %I', current_user);
  end if;
end $$;

create function current_organisation() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('datasens.organisation', true), '')::uuid;

create table organisation (
  id uuid primary key default current_organisation(),
  name text not null unique,
  created_at timestamptz not null default now()
);

create table source (
  organisation uuid not null default current_organisation() references organisation,
  name text not null,
  collector text not null,
  settings jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (organisation, name)
);

create table recipe (
  organisation uuid not null default current_organisation(),
  id bytea not null,
  body jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (organisation, id)
);

create table codebook (
  organisation uuid not null default current_organisation(),
  version text not null,
  body jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (organisation, version)
);

create table policy (
  organisation uuid not null default current_organisation(),
  id bytea not null,
  body jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (organisation, id)
);

create table run (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  command text not null,
  state text not null default 'running' check (state in ('running', 'done', 'partial', 'failed', 'cancelled')),
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  counts jsonb not null default '{}',
  error jsonb,
  primary key (organisation, id)
);
create index run_newest on run (organisation, started_at desc);

create table run_event (
  organisation uuid not null default current_organisation(),
  run uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  stage text not null,
  kind text not null,
  body jsonb not null,
  primary key (organisation, run, seq)
);

create table collect_state (
  organisation uuid not null default current_organisation(),
  source text not null,
  key text not null,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (organisation, source, key)
);

create table snapshot (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  source text not null,
  location text not null,
  fetched_at timestamptz not null,
  media_type text not null,
  charset text,
  headers jsonb not null,
  context jsonb not null,
  sha256 bytea check (octet_length(sha256) = 32),
  size_bytes bigint,
  state text not null default 'open' check (state in ('open', 'complete', 'abandoned', 'superseded')),
  opened_at timestamptz not null default clock_timestamp(),
  primary key (organisation, id),
  check ((state in ('complete', 'superseded')) = (sha256 is not null and size_bytes is not null))
);
create index snapshot_place on snapshot (organisation, source, location);
create index snapshot_open on snapshot (organisation, source) where state = 'open';

create table refusal (
  organisation uuid not null default current_organisation(),
  id bigint generated always as identity,
  run uuid not null,
  source text not null,
  location text not null,
  place text not null,
  code text not null,
  message text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (organisation, id)
);
create index refusal_source on refusal (organisation, source);

create table pack (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  object_key text not null,
  size_bytes bigint not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  created_at timestamptz not null default now(),
  primary key (organisation, id)
);

create table record (
  organisation uuid not null default current_organisation(),
  id bytea not null check (octet_length(id) = 32),
  pack uuid not null,
  start integer not null,
  length integer not null,
  primary key (organisation, id)
);

-- Apart from `record`, so that destroying a key (erasure) rewrites nothing else.
create table record_key (
  organisation uuid not null default current_organisation(),
  record bytea not null,
  wrapped bytea not null,
  primary key (organisation, record)
);

create table batch (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  source text not null,
  records integer not null,
  created_at timestamptz not null default now(),
  primary key (organisation, id)
);

create table snapshot_record (
  organisation uuid not null default current_organisation(),
  snapshot uuid not null,
  ordinal integer not null,
  record bytea not null,
  copy integer not null,
  key text,
  batch uuid not null,
  primary key (organisation, snapshot, ordinal)
);
create index snapshot_record_batch on snapshot_record (organisation, batch);
create index snapshot_record_copy on snapshot_record (organisation, snapshot, record);

create table progress (
  organisation uuid not null default current_organisation(),
  batch uuid not null,
  stage text not null,
  key text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (organisation, batch, stage, key)
);
