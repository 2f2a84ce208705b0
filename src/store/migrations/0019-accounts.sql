-- Who signs in, from where they are let in, and how often it was tried. Annotations and acts hold the person's id only.

create table account (
  organisation uuid not null default current_organisation(),
  person text not null check (person ~ '^person:[a-z2-7]{12}$'),
  -- As it is compared: NFKC, lower case.
  sign_in text not null,
  display_name text not null,
  roles text[] not null
    check (roles <@ array['reader', 'analyst', 'reviewer', 'steward', 'dpo', 'admin', 'garant'] and roles <> '{}'),
  -- PHC string: algorithm, parameters, salt and hash.
  password text not null,
  -- Set where somebody else chose the password: it must be changed, before then.
  password_expires_at timestamptz,
  state text not null default 'active' check (state in ('active', 'disabled')),
  created_at timestamptz not null default clock_timestamp(),
  last_sign_in_at timestamptz,
  primary key (organisation, person),
  unique (organisation, sign_in)
);

create table session (
  organisation uuid not null default current_organisation(),
  -- sha256 of the token: whoever reads this table can not be let in by it.
  token bytea not null,
  person text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (organisation, token),
  foreign key (organisation, person) references account (organisation, person)
);
create index session_person on session (organisation, person);

create table sign_in_attempt (
  organisation uuid not null default current_organisation(),
  -- sha256 of what is counted, a name or an address: neither is kept.
  key bytea not null,
  attempts integer not null,
  last_at timestamptz not null,
  primary key (organisation, key)
);

do $$
declare
  named text;
begin
  foreach named in array array['account', 'session', 'sign_in_attempt'] loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format(
      'create policy own on %I using (organisation = nullif(current_setting(''datasens.organisation'', true), '''')::uuid)',
      named
    );
    execute format('grant select, insert, update on %I to datasens_app', named);
    -- An account is disabled, never deleted: what its person did keeps its author.
    if named <> 'account' then execute format('grant delete on %I to datasens_app', named); end if;
  end loop;
end $$;
