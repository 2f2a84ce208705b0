-- What is derived: documents, copies, annotations, clearances, releases, figures, and who did what.

-- The same spelling as documentId() of model/recipe.ts; a test compares them.
create function document_id(source text, record bytea, copy integer, recipe bytea) returns bytea
  language sql immutable parallel safe
  return sha256(
    convert_to(source, 'UTF8') || '\x00'::bytea || convert_to(encode(record, 'hex'), 'UTF8') || '\x00'::bytea
    || convert_to(copy::text, 'UTF8') || '\x00'::bytea || convert_to(encode(recipe, 'hex'), 'UTF8')
  );

create table document (
  organisation uuid not null default current_organisation(),
  id bytea not null check (octet_length(id) = 32),
  source text not null,
  snapshot uuid not null,
  ordinal integer not null,
  record bytea not null,
  recipe bytea not null,
  key text,
  title text,
  text text not null,
  language text not null,
  published text,
  published_precision text,
  week date,
  commune text,
  department text,
  territory_rule text,
  url text,
  encoding text not null,
  attributes jsonb not null,
  findings jsonb not null,
  personal jsonb not null,
  bands integer[] not null,
  fingerprint bytea not null,
  batch uuid not null,
  created_at timestamptz not null default now(),
  primary key (organisation, id)
);

-- A later version of an item has the same key: govern looks for it, people ask by it.
create index document_key on document (organisation, source, key) where key is not null;

create table document_cluster (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  cluster bytea not null,
  size integer not null,
  representative boolean not null,
  campaign boolean not null,
  primary key (organisation, document)
);
create index document_cluster_members on document_cluster (organisation, cluster);

-- Begins with the document, so that one index serves identity and reading.
create table annotation (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  id bytea not null check (octet_length(id) = 32),
  codebook text not null,
  task text not null,
  label text not null,
  score double precision not null,
  annotator text not null,
  provisional boolean not null,
  evidence jsonb not null,
  created_at timestamptz not null default now(),
  primary key (organisation, document, id)
);

create table clearance (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  policy bytea not null,
  cleared boolean not null,
  reasons text[] not null check (cleared = (cardinality(reasons) = 0)),
  decided_at timestamptz not null default now(),
  primary key (organisation, policy, document)
);

create table release (
  organisation uuid not null default current_organisation(),
  id bytea not null check (octet_length(id) = 32),
  name text not null,
  manifest jsonb not null,
  object_prefix text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation, id)
);

create table indicator (
  organisation uuid not null default current_organisation(),
  release bytea not null,
  name text not null,
  body jsonb not null,
  computed_at timestamptz not null default clock_timestamp(),
  primary key (organisation, release, name)
);

create table measurement (
  organisation uuid not null default current_organisation(),
  id bigint generated always as identity,
  name text not null,
  body jsonb not null,
  at timestamptz not null default clock_timestamp(),
  primary key (organisation, id)
);
create index measurement_newest on measurement (organisation, name, id desc);

create table act (
  organisation uuid not null default current_organisation(),
  seq bigint not null,
  at timestamptz not null,
  actor text not null,
  verb text not null,
  object text not null,
  why text not null,
  detail jsonb not null,
  previous bytea not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (organisation, seq)
);
