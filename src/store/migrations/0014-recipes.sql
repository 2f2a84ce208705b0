-- Which recipe makes the documents that people see, by source: another one is tried beside it, compared, and replaces it when
-- somebody says so. Documents of other recipes stay where they are, found by their address.

create table recipe_use (
  organisation uuid not null default current_organisation(),
  source text not null,
  recipe bytea not null,
  -- `proposed`: the settings ask for it, and it waits for a decision; `past`: it was in force; `dropped`: the settings asked
  -- for it, and then for something else.
  state text not null check (state in ('in-force', 'proposed', 'refused', 'past', 'dropped')),
  -- Who read the records, and the settings it read them with: a recipe is more than its body.
  collector text not null,
  settings jsonb not null,
  since timestamptz not null default clock_timestamp(),
  -- The recipe that it replaced.
  replaced bytea,
  actor text,
  why text,
  -- What was found beside the recipe in force, and under which key (state of both) that still holds.
  comparison jsonb,
  compared_key text,
  compared_at timestamptz,
  primary key (organisation, source, recipe)
);
create unique index recipe_use_in_force on recipe_use (organisation, source) where state = 'in-force';
alter table recipe_use alter column comparison set statistics 0, alter column settings set statistics 0;

do $$ begin
  alter table recipe_use enable row level security;
  alter table recipe_use force row level security;
  create policy own on recipe_use
    using (organisation = nullif(current_setting('datasens.organisation', true), '')::uuid);
  grant select, insert, update, delete on recipe_use to datasens_app;
end $$;
