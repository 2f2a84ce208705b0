-- What models answered, so that the same text is never asked twice, and what asking took. Words of no text are here: judgements
-- hold offsets, and texts are told by keyed hashes.

create table model_answer (
  organisation uuid not null default current_organisation(),
  -- sha256 of text (keyed), codebook version, prompt, model and parameters.
  key bytea not null,
  annotator text not null,
  codebook text not null,
  -- [{ task, label, labels, score, evidence }], verified.
  judgements jsonb not null,
  -- Tasks without a judgement, and why.
  faults jsonb not null,
  made jsonb not null,
  input_tokens integer not null,
  output_tokens integer not null,
  -- Characters of the text that was judged: what the next estimate goes by.
  characters integer not null,
  run uuid,
  created_at timestamptz not null default now(),
  primary key (organisation, key)
);
create index model_answer_annotator on model_answer (organisation, annotator, codebook);

-- One row for each process of a run that asked a model.
create table model_use (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  run uuid,
  annotator text not null,
  codebook text not null,
  model text not null,
  host text not null,
  busy_ms double precision not null default 0,
  asked integer not null default 0,
  cached integer not null default 0,
  failed integer not null default 0,
  -- `budget` or `unreachable`, where it came to no end.
  stopped text,
  updated_at timestamptz not null default now(),
  primary key (organisation, id)
);
create index model_use_annotator on model_use (organisation, annotator, codebook);
create index model_use_run on model_use (organisation, run);

do $$
declare
  named text;
begin
  foreach named in array array['model_answer', 'model_use'] loop
    execute format('alter table %I enable row level security', named);
    execute format('alter table %I force row level security', named);
    execute format(
      'create policy own on %I using (organisation = nullif(current_setting(''datasens.organisation'', true), '''')::uuid)',
      named
    );
    execute format('grant select, insert, update, delete on %I to datasens_app', named);
  end loop;
end $$;
