-- Classifiers learned from people's answers: what was measured of each, and which one judges. Their weights are objects.

create table student (
  organisation uuid not null default current_organisation(),
  -- sha256 of the artefact before compression.
  digest text not null,
  codebook text not null,
  task text not null,
  state text not null check (state in ('candidate', 'promoted', 'retired')),
  object_key text not null,
  size_bytes integer not null,
  -- Labels, choices, counts and figures.
  head jsonb not null,
  -- What it was compared with, and why it was promoted or not.
  verdict jsonb not null,
  -- Document → labels that a model which had not seen the document gave it: what the next one is compared with.
  held_out jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  promoted_at timestamptz,
  primary key (organisation, digest)
);
create unique index student_promoted on student (organisation, codebook, task) where state = 'promoted';
create index student_task on student (organisation, codebook, task, created_at desc);

alter table student enable row level security;
alter table student force row level security;
create policy own on student using (organisation = nullif(current_setting('datasens.organisation', true), '')::uuid);
grant select, insert, update, delete on student to datasens_app;
