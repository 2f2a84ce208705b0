-- Themes proposed from the corpus, and what people made of them: nothing is ever changed nor removed.

-- Bodies hold terms, figures and ids of documents, never a text.
create table theme_proposal (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  proposed_at timestamptz not null default clock_timestamp(),
  actor text not null,
  body jsonb not null,
  primary key (organisation, id)
);
create index theme_proposal_newest on theme_proposal (organisation, proposed_at desc);

create table theme_edit (
  organisation uuid not null default current_organisation(),
  proposal uuid not null,
  -- From 1: what stands is what these do, one after the other.
  place integer not null,
  edited_at timestamptz not null default clock_timestamp(),
  actor text not null,
  body jsonb not null,
  primary key (organisation, proposal, place),
  foreign key (organisation, proposal) references theme_proposal (organisation, id)
);

do $$
declare
  named text;
begin
  foreach named in array array['theme_proposal', 'theme_edit'] loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format(
      'create policy own on %I using (organisation = nullif(current_setting(''datasens.organisation'', true), '''')::uuid)',
      named
    );
    execute format('grant select, insert on %I to datasens_app', named);
  end loop;
end $$;
