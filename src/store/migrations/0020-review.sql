-- What people are asked to judge, who holds what meanwhile, and what they have begun to answer. Judgements are annotations.

-- The queue of a codebook version, as it was drawn: what follows from the documents and annotations of that moment.
create table review_item (
  organisation uuid not null default current_organisation(),
  codebook text not null,
  document bytea not null,
  queue text not null check (queue in ('random', 'uncertain')),
  position integer not null,
  -- True where two people read it, to know how far people agree.
  double boolean not null,
  -- Why it is uncertain; null in the random queue.
  cause text check (cause in ('suspected', 'apart', 'score')),
  drawn_at timestamptz not null default now(),
  primary key (organisation, codebook, document)
);

-- Kept for one person until then: nobody else is given it meanwhile.
create table review_hold (
  organisation uuid not null default current_organisation(),
  codebook text not null,
  document bytea not null,
  person text not null check (person like 'person:%'),
  until timestamptz not null,
  primary key (organisation, codebook, document, person)
);

create table review_draft (
  organisation uuid not null default current_organisation(),
  codebook text not null,
  document bytea not null,
  person text not null check (person like 'person:%'),
  body jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (organisation, codebook, document, person)
);

-- A reader's own words, which may name people: apart from annotations, so that they can be changed and erased.
create table review_comment (
  organisation uuid not null default current_organisation(),
  codebook text not null,
  document bytea not null,
  person text not null check (person like 'person:%'),
  words text not null,
  saved_at timestamptz not null default now(),
  primary key (organisation, codebook, document, person)
);

do $$
declare
  named text;
begin
  foreach named in array array['review_item', 'review_hold', 'review_draft', 'review_comment'] loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format(
      'create policy own on %I using (organisation = nullif(current_setting(''datasens.organisation'', true), '''')::uuid)',
      named
    );
    execute format('grant select, insert, update, delete on %I to datasens_app', named);
  end loop;
end $$;
