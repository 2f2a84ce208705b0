-- Evaluations, kept so that the next one can be compared with them. Figures and ids of labels only: no text and no document.

create table evaluation (
  organisation uuid not null default current_organisation(),
  -- Hash of the judgements it was made of: the same judgements are one evaluation.
  id bytea not null check (octet_length(id) = 32),
  codebook text not null,
  body jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation, id)
);
create index evaluation_newest on evaluation (organisation, created_at desc);

alter table evaluation enable row level security;
alter table evaluation force row level security;
create policy own on evaluation
  using (organisation = nullif(current_setting('datasens.organisation', true), '')::uuid);
grant select, insert on evaluation to datasens_app;
