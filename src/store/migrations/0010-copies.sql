-- Who copied whom, kept so that a run compares what is new with what is known instead of everything with everything.

-- Documents that are accounted for: the difference with those that stand is what a run has to do.
create table copy_document (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  fingerprint bytea not null,
  primary key (organisation, document)
);
create index copy_document_fingerprint on copy_document (organisation, fingerprint);

-- Signatures of the wordings, packed: read whole by each run, 200 bytes a text. For 50,000 texts these take 10 MB and 0.2 s to
-- write, as much to read; a row for each key and its index took 268 MB and 21 s, an index over arrays 103 MB and 13 s.
create table copy_block (
  organisation uuid not null default current_organisation(),
  id bigint generated always as identity,
  wordings integer not null,
  keys integer not null,
  entries bytea not null,
  primary key (organisation, id)
);
alter table copy_block alter column entries set storage external;

-- Wordings that are near copies of others, or fill in the same form letter; those that stand alone are not listed.
create table copy_wording (
  organisation uuid not null default current_organisation(),
  fingerprint bytea not null,
  -- Smallest fingerprint of its near copies, and of those that share a form with these.
  cluster bytea not null,
  model bytea not null,
  -- Part of its words that it has in common with the text of its cluster, and of its model, and which texts these were.
  cluster_share real,
  cluster_reference bytea,
  model_share real,
  model_reference bytea,
  primary key (organisation, fingerprint)
);
create index copy_wording_cluster on copy_wording (organisation, cluster);
create index copy_wording_model on copy_wording (organisation, model);

-- Clusters of near copies, and models that several texts fill in, as people read them.
create table copy_group (
  organisation uuid not null default current_organisation(),
  kind text not null check (kind in ('near', 'partial')),
  label bytea not null,
  -- The document whose text stands for the group.
  document bytea not null,
  documents integer not null,
  wordings integer not null,
  sources integer not null,
  campaign boolean not null,
  -- Median part of its words that a document has in common with the group's text.
  share real not null,
  -- Documents whose day is known, and when they came.
  dated integer not null,
  first_on date,
  last_on date,
  peak_on date,
  peak_documents integer not null,
  -- The seven days in which most of them came.
  densest_on date,
  densest_documents integer not null,
  -- Documents by equal parts of the time between the first and the last.
  timeline integer[] not null,
  primary key (organisation, kind, label)
);
create index copy_group_largest on copy_group (organisation, documents desc, kind, document);
create index copy_group_document on copy_group (organisation, document);

do $$
declare
  named text;
begin
  foreach named in array array['copy_document', 'copy_block', 'copy_wording', 'copy_group'] loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format(
      'create policy own on %I using (organisation = nullif(current_setting(''datasens.organisation'', true), '''')::uuid)',
      named
    );
    execute format('grant select, insert, update, delete on %I to datasens_app', named);
  end loop;
end $$;
