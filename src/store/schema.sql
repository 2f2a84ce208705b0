-- What the migrations make, read back from the catalog; compared in a test, never executed.

create extension unaccent;

CREATE OR REPLACE FUNCTION public.current_organisation()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid
;

CREATE OR REPLACE FUNCTION public.document_id(source text, record bytea, copy integer, recipe bytea, part text)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN sha256((((((((convert_to(source, 'UTF8'::name) || '\x00'::bytea) || convert_to(encode(record, 'hex'::text), 'UTF8'::name)) || '\x00'::bytea) || convert_to((copy)::text, 'UTF8'::name)) || '\x00'::bytea) || convert_to(encode(recipe, 'hex'::text), 'UTF8'::name)) || COALESCE(('\x00'::bytea || convert_to(NULLIF(part, ''::text), 'UTF8'::name)), '\x'::bytea)))
;

text search datasens_french: asciihword -> french_stem, asciiword -> french_stem, email -> simple, file -> simple, float -> simple, host -> simple, hword -> unaccent then french_stem, hword_asciipart -> french_stem, hword_numpart -> simple, hword_part -> unaccent then french_stem, int -> simple, numhword -> simple, numword -> simple, sfloat -> simple, uint -> simple, url -> simple, url_path -> simple, version -> simple, word -> unaccent then french_stem;

create table account (
  organisation uuid not null default current_organisation(),
  person text not null,
  sign_in text not null,
  display_name text not null,
  roles text[] not null,
  password text not null,
  password_expires_at timestamp with time zone,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null default clock_timestamp(),
  last_sign_in_at timestamp with time zone
);
force row level security;

create table act (
  organisation uuid not null default current_organisation(),
  seq bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  verb text not null,
  object text not null,
  why text not null,
  detail jsonb not null,
  previous bytea not null,
  hash bytea not null
);
force row level security;

create table annotation (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  id bytea not null,
  codebook text not null,
  task text not null,
  label text not null,
  score double precision not null,
  annotator text not null,
  provisional boolean not null,
  evidence jsonb not null,
  created_at timestamp with time zone not null default now(),
  labels text[],
  made jsonb
);
force row level security;

create table batch (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  source text not null,
  records integer not null,
  created_at timestamp with time zone not null default now(),
  run uuid
);
force row level security;

create table batch_failure (
  organisation uuid not null default current_organisation(),
  run uuid not null,
  batch uuid not null,
  stage text not null,
  key text not null,
  code text not null,
  message text not null,
  at timestamp with time zone not null default clock_timestamp()
);
force row level security;

create table clearance (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  policy bytea not null,
  cleared boolean not null,
  reasons text[] not null,
  decided_at timestamp with time zone not null default now()
);
force row level security;

create table codebook (
  organisation uuid not null default current_organisation(),
  version text not null,
  body jsonb not null,
  saved_at timestamp with time zone not null default now()
);
force row level security;

create table collect_state (
  organisation uuid not null default current_organisation(),
  source text not null,
  key text not null,
  value jsonb not null,
  updated_at timestamp with time zone not null default now()
);
force row level security;

create table context_value (
  organisation uuid not null default current_organisation(),
  source text not null,
  series text not null,
  place_kind text not null,
  place text not null,
  first_day date not null,
  last_day date not null,
  event text not null,
  value double precision,
  category text,
  snapshot uuid,
  record bytea,
  reading bytea not null
);
force row level security;

create table copy_block (
  organisation uuid not null default current_organisation(),
  id bigint generated always as identity not null,
  wordings integer not null,
  keys integer not null,
  entries bytea not null storage e
);
force row level security;

create table copy_document (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  fingerprint bytea not null
);
force row level security;

create table copy_group (
  organisation uuid not null default current_organisation(),
  kind text not null,
  label bytea not null,
  document bytea not null,
  documents integer not null,
  wordings integer not null,
  sources integer not null,
  campaign boolean not null,
  share real not null,
  dated integer not null,
  first_on date,
  last_on date,
  peak_on date,
  peak_documents integer not null,
  densest_on date,
  densest_documents integer not null,
  timeline integer[] not null
);
force row level security;

create table copy_wording (
  organisation uuid not null default current_organisation(),
  fingerprint bytea not null,
  cluster bytea not null,
  model bytea not null,
  cluster_share real,
  cluster_reference bytea,
  model_share real,
  model_reference bytea
);
force row level security;

create table document (
  organisation uuid not null default current_organisation(),
  id bytea not null,
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
  created_at timestamp with time zone not null default now(),
  epci text,
  region text,
  territory_role text,
  territory_score real,
  territory_candidates text[] not null default '{}'::text[],
  gazetteer text,
  places jsonb not null default '[]'::jsonb,
  segments jsonb,
  passages jsonb,
  territory_form text,
  territory_found jsonb
);
force row level security;

create table document_cluster (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  cluster bytea not null,
  size integer not null,
  representative boolean not null,
  campaign boolean not null
);
force row level security;

create table document_search (
  organisation uuid not null default current_organisation(),
  document bytea not null,
  recipe bytea not null,
  source text not null,
  published_on date not null,
  department text,
  language text not null,
  theme text,
  tone text,
  findings text[] not null,
  tsv tsvector not null storage e,
  themes text[]
) with (toast_tuple_target=128);
force row level security;

create table evaluation (
  organisation uuid not null default current_organisation(),
  id bytea not null,
  codebook text not null,
  body jsonb not null,
  created_at timestamp with time zone not null default clock_timestamp()
);
force row level security;

create table indicator (
  organisation uuid not null default current_organisation(),
  release bytea not null,
  name text not null,
  body jsonb not null,
  computed_at timestamp with time zone not null default clock_timestamp()
);
force row level security;

create table measurement (
  organisation uuid not null default current_organisation(),
  id bigint generated always as identity not null,
  name text not null,
  body jsonb not null,
  at timestamp with time zone not null default clock_timestamp()
);
force row level security;

create table model_answer (
  organisation uuid not null default current_organisation(),
  key bytea not null,
  annotator text not null,
  codebook text not null,
  judgements jsonb not null,
  faults jsonb not null,
  made jsonb not null,
  input_tokens integer not null,
  output_tokens integer not null,
  characters integer not null,
  run uuid,
  created_at timestamp with time zone not null default now(),
  naming jsonb
);
force row level security;

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
  stopped text,
  updated_at timestamp with time zone not null default now()
);
force row level security;

create table organisation (
  id uuid not null default current_organisation(),
  name text not null,
  created_at timestamp with time zone not null default now()
);
force row level security;

create table pack (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  object_key text not null,
  size_bytes bigint not null,
  sha256 bytea not null,
  created_at timestamp with time zone not null default now()
);
force row level security;

create table policy (
  organisation uuid not null default current_organisation(),
  id bytea not null,
  body jsonb not null,
  saved_at timestamp with time zone not null default now()
);
force row level security;

create table progress (
  organisation uuid not null default current_organisation(),
  batch uuid not null,
  stage text not null,
  key text not null,
  at timestamp with time zone not null default clock_timestamp(),
  counts jsonb not null default '{}'::jsonb
);
force row level security;

create table recipe (
  organisation uuid not null default current_organisation(),
  id bytea not null,
  body jsonb not null,
  saved_at timestamp with time zone not null default now()
);
force row level security;

create table recipe_use (
  organisation uuid not null default current_organisation(),
  source text not null,
  recipe bytea not null,
  state text not null,
  collector text not null,
  settings jsonb not null,
  since timestamp with time zone not null default clock_timestamp(),
  replaced bytea,
  actor text,
  why text,
  comparison jsonb,
  compared_key text,
  compared_at timestamp with time zone
);
force row level security;

create table record (
  organisation uuid not null default current_organisation(),
  id bytea not null,
  pack uuid not null,
  start integer not null,
  length integer not null
);
force row level security;

create table record_key (
  organisation uuid not null default current_organisation(),
  record bytea not null,
  wrapped bytea not null
);
force row level security;

create table refusal (
  organisation uuid not null default current_organisation(),
  id bigint generated always as identity not null,
  run uuid not null,
  source text not null,
  location text not null,
  place text not null,
  code text not null,
  message text not null,
  at timestamp with time zone not null default clock_timestamp(),
  resolved_at timestamp with time zone
);
force row level security;

create table release (
  organisation uuid not null default current_organisation(),
  id bytea not null,
  name text not null,
  manifest jsonb not null,
  object_prefix text not null,
  created_at timestamp with time zone not null default clock_timestamp()
);
force row level security;

create table review_comment (
  organisation uuid not null default current_organisation(),
  codebook text not null,
  document bytea not null,
  person text not null,
  words text not null,
  saved_at timestamp with time zone not null default now()
);
force row level security;

create table review_draft (
  organisation uuid not null default current_organisation(),
  codebook text not null,
  document bytea not null,
  person text not null,
  body jsonb not null,
  saved_at timestamp with time zone not null default now()
);
force row level security;

create table review_hold (
  organisation uuid not null default current_organisation(),
  codebook text not null,
  document bytea not null,
  person text not null,
  until timestamp with time zone not null
);
force row level security;

create table review_item (
  organisation uuid not null default current_organisation(),
  codebook text not null,
  document bytea not null,
  queue text not null,
  position integer not null,
  double boolean not null,
  cause text,
  drawn_at timestamp with time zone not null default now()
);
force row level security;

create table run (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  command text not null,
  state text not null default 'running'::text,
  started_at timestamp with time zone not null default clock_timestamp(),
  finished_at timestamp with time zone,
  counts jsonb not null default '{}'::jsonb,
  error jsonb,
  request jsonb not null default '{}'::jsonb,
  context jsonb not null default '{}'::jsonb,
  estimate jsonb,
  timings jsonb not null default '{}'::jsonb,
  cancel_requested_at timestamp with time zone
);
force row level security;

create table run_event (
  organisation uuid not null default current_organisation(),
  run uuid not null,
  seq bigint generated always as identity not null,
  at timestamp with time zone not null default clock_timestamp(),
  stage text not null,
  kind text not null,
  body jsonb not null
);
force row level security;

create table run_source (
  organisation uuid not null default current_organisation(),
  run uuid not null,
  source text not null,
  state text not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  counts jsonb not null default '{}'::jsonb,
  error jsonb
);
force row level security;

create table session (
  organisation uuid not null default current_organisation(),
  token bytea not null,
  person text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null
);
force row level security;

create table sign_in_attempt (
  organisation uuid not null default current_organisation(),
  key bytea not null,
  attempts integer not null,
  last_at timestamp with time zone not null
);
force row level security;

create table snapshot (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  source text not null,
  location text not null,
  fetched_at timestamp with time zone not null,
  media_type text not null,
  charset text,
  headers jsonb not null,
  context jsonb not null,
  sha256 bytea,
  size_bytes bigint,
  state text not null default 'open'::text,
  opened_at timestamp with time zone not null default clock_timestamp(),
  records integer,
  run uuid
);
force row level security;

create table snapshot_record (
  organisation uuid not null default current_organisation(),
  snapshot uuid not null,
  ordinal integer not null,
  record bytea not null,
  copy integer not null,
  key text,
  batch uuid not null,
  part text
);
force row level security;

create table source (
  organisation uuid not null default current_organisation(),
  name text not null,
  collector text not null,
  settings jsonb not null,
  updated_at timestamp with time zone not null default now()
);
force row level security;

create table student (
  organisation uuid not null default current_organisation(),
  digest text not null,
  codebook text not null,
  task text not null,
  state text not null,
  object_key text not null,
  size_bytes integer not null,
  head jsonb not null,
  verdict jsonb not null,
  held_out jsonb not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  promoted_at timestamp with time zone
);
force row level security;

create table territory_correction (
  organisation uuid not null default current_organisation(),
  source text not null,
  record bytea not null,
  part text not null,
  decision text not null,
  place_kind text,
  place text,
  always boolean not null,
  form text,
  annotator text not null,
  document bytea not null,
  corrected_at timestamp with time zone not null default clock_timestamp()
);
force row level security;

create table territory_lesson (
  organisation uuid not null default current_organisation(),
  source text not null,
  form text not null,
  decision text not null,
  place_kind text,
  place text,
  corrections integer not null
);
force row level security;

create table theme_edit (
  organisation uuid not null default current_organisation(),
  proposal uuid not null,
  place integer not null,
  edited_at timestamp with time zone not null default clock_timestamp(),
  actor text not null,
  body jsonb not null
);
force row level security;

create table theme_proposal (
  organisation uuid not null default current_organisation(),
  id uuid not null,
  proposed_at timestamp with time zone not null default clock_timestamp(),
  actor text not null,
  body jsonb not null
);
force row level security;

alter table account add constraint account_organisation_sign_in_key UNIQUE (organisation, sign_in);

alter table account add constraint account_person_check CHECK ((person ~ '^person:[a-z2-7]{12}$'::text));

alter table account add constraint account_pkey PRIMARY KEY (organisation, person);

alter table account add constraint account_roles_check CHECK (((roles <@ ARRAY['reader'::text, 'analyst'::text, 'reviewer'::text, 'steward'::text, 'dpo'::text, 'admin'::text, 'garant'::text]) AND (roles <> '{}'::text[])));

alter table account add constraint account_state_check CHECK ((state = ANY (ARRAY['active'::text, 'disabled'::text])));

alter table act add constraint act_hash_check CHECK ((octet_length(hash) = 32));

alter table act add constraint act_pkey PRIMARY KEY (organisation, seq);

alter table annotation add constraint annotation_id_check CHECK ((octet_length(id) = 32));

alter table annotation add constraint annotation_labels_check CHECK (((labels IS NULL) OR (cardinality(labels) > 0)));

alter table annotation add constraint annotation_pkey PRIMARY KEY (organisation, document, id);

alter table batch add constraint batch_pkey PRIMARY KEY (organisation, id);

alter table batch_failure add constraint batch_failure_pkey PRIMARY KEY (organisation, run, batch, stage);

alter table clearance add constraint clearance_check CHECK ((cleared = (cardinality(reasons) = 0)));

alter table clearance add constraint clearance_pkey PRIMARY KEY (organisation, policy, document);

alter table codebook add constraint codebook_pkey PRIMARY KEY (organisation, version);

alter table collect_state add constraint collect_state_pkey PRIMARY KEY (organisation, source, key);

alter table context_value add constraint context_value_check CHECK ((last_day >= first_day));

alter table context_value add constraint context_value_pkey PRIMARY KEY (organisation, source, series, place_kind, place, first_day, last_day, event);

alter table context_value add constraint context_value_place_kind_check CHECK ((place_kind = ANY (ARRAY['commune'::text, 'epci'::text, 'department'::text, 'zone'::text, 'region'::text, 'country'::text])));

alter table copy_block add constraint copy_block_pkey PRIMARY KEY (organisation, id);

alter table copy_document add constraint copy_document_pkey PRIMARY KEY (organisation, document);

alter table copy_group add constraint copy_group_kind_check CHECK ((kind = ANY (ARRAY['near'::text, 'partial'::text])));

alter table copy_group add constraint copy_group_pkey PRIMARY KEY (organisation, kind, label);

alter table copy_wording add constraint copy_wording_pkey PRIMARY KEY (organisation, fingerprint);

alter table document add constraint document_id_check CHECK ((octet_length(id) = 32));

alter table document add constraint document_pkey PRIMARY KEY (organisation, id);

alter table document_cluster add constraint document_cluster_pkey PRIMARY KEY (organisation, document);

alter table document_search add constraint document_search_pkey PRIMARY KEY (organisation, document);

alter table evaluation add constraint evaluation_id_check CHECK ((octet_length(id) = 32));

alter table evaluation add constraint evaluation_pkey PRIMARY KEY (organisation, id);

alter table indicator add constraint indicator_pkey PRIMARY KEY (organisation, release, name);

alter table measurement add constraint measurement_pkey PRIMARY KEY (organisation, id);

alter table model_answer add constraint model_answer_pkey PRIMARY KEY (organisation, key);

alter table model_use add constraint model_use_pkey PRIMARY KEY (organisation, id);

alter table organisation add constraint organisation_name_key UNIQUE (name);

alter table organisation add constraint organisation_pkey PRIMARY KEY (id);

alter table pack add constraint pack_pkey PRIMARY KEY (organisation, id);

alter table pack add constraint pack_sha256_check CHECK ((octet_length(sha256) = 32));

alter table policy add constraint policy_pkey PRIMARY KEY (organisation, id);

alter table progress add constraint progress_pkey PRIMARY KEY (organisation, batch, stage, key);

alter table recipe add constraint recipe_pkey PRIMARY KEY (organisation, id);

alter table recipe_use add constraint recipe_use_pkey PRIMARY KEY (organisation, source, recipe);

alter table recipe_use add constraint recipe_use_state_check CHECK ((state = ANY (ARRAY['in-force'::text, 'proposed'::text, 'refused'::text, 'past'::text, 'dropped'::text])));

alter table record add constraint record_id_check CHECK ((octet_length(id) = 32));

alter table record add constraint record_pkey PRIMARY KEY (organisation, id);

alter table record_key add constraint record_key_pkey PRIMARY KEY (organisation, record);

alter table refusal add constraint refusal_pkey PRIMARY KEY (organisation, id);

alter table release add constraint release_id_check CHECK ((octet_length(id) = 32));

alter table release add constraint release_pkey PRIMARY KEY (organisation, id);

alter table review_comment add constraint review_comment_person_check CHECK ((person ~~ 'person:%'::text));

alter table review_comment add constraint review_comment_pkey PRIMARY KEY (organisation, codebook, document, person);

alter table review_draft add constraint review_draft_person_check CHECK ((person ~~ 'person:%'::text));

alter table review_draft add constraint review_draft_pkey PRIMARY KEY (organisation, codebook, document, person);

alter table review_hold add constraint review_hold_person_check CHECK ((person ~~ 'person:%'::text));

alter table review_hold add constraint review_hold_pkey PRIMARY KEY (organisation, codebook, document, person);

alter table review_item add constraint review_item_cause_check CHECK ((cause = ANY (ARRAY['suspected'::text, 'apart'::text, 'score'::text])));

alter table review_item add constraint review_item_pkey PRIMARY KEY (organisation, codebook, document);

alter table review_item add constraint review_item_queue_check CHECK ((queue = ANY (ARRAY['random'::text, 'uncertain'::text])));

alter table run add constraint run_pkey PRIMARY KEY (organisation, id);

alter table run add constraint run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'partial'::text, 'failed'::text, 'cancelled'::text])));

alter table run_event add constraint run_event_pkey PRIMARY KEY (organisation, run, seq);

alter table run_source add constraint run_source_pkey PRIMARY KEY (organisation, run, source);

alter table run_source add constraint run_source_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'skipped'::text])));

alter table session add constraint session_organisation_person_fkey FOREIGN KEY (organisation, person) REFERENCES account(organisation, person);

alter table session add constraint session_pkey PRIMARY KEY (organisation, token);

alter table sign_in_attempt add constraint sign_in_attempt_pkey PRIMARY KEY (organisation, key);

alter table snapshot add constraint snapshot_check CHECK (((state = ANY (ARRAY['complete'::text, 'superseded'::text, 'quarantined'::text])) = ((sha256 IS NOT NULL) AND (size_bytes IS NOT NULL))));

alter table snapshot add constraint snapshot_pkey PRIMARY KEY (organisation, id);

alter table snapshot add constraint snapshot_sha256_check CHECK ((octet_length(sha256) = 32));

alter table snapshot add constraint snapshot_state_check CHECK ((state = ANY (ARRAY['open'::text, 'complete'::text, 'abandoned'::text, 'superseded'::text, 'quarantined'::text])));

alter table snapshot_record add constraint snapshot_record_pkey PRIMARY KEY (organisation, snapshot, ordinal);

alter table source add constraint source_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation(id);

alter table source add constraint source_pkey PRIMARY KEY (organisation, name);

alter table student add constraint student_pkey PRIMARY KEY (organisation, digest);

alter table student add constraint student_state_check CHECK ((state = ANY (ARRAY['candidate'::text, 'promoted'::text, 'retired'::text])));

alter table territory_correction add constraint territory_correction_check CHECK (((decision = 'place'::text) = ((place_kind IS NOT NULL) AND (place IS NOT NULL))));

alter table territory_correction add constraint territory_correction_decision_check CHECK ((decision = ANY (ARRAY['place'::text, 'elsewhere'::text, 'nowhere'::text])));

alter table territory_correction add constraint territory_correction_pkey PRIMARY KEY (organisation, source, record, part);

alter table territory_lesson add constraint territory_lesson_decision_check CHECK ((decision = ANY (ARRAY['place'::text, 'elsewhere'::text, 'nowhere'::text])));

alter table territory_lesson add constraint territory_lesson_pkey PRIMARY KEY (organisation, source, form);

alter table theme_edit add constraint theme_edit_organisation_proposal_fkey FOREIGN KEY (organisation, proposal) REFERENCES theme_proposal(organisation, id);

alter table theme_edit add constraint theme_edit_pkey PRIMARY KEY (organisation, proposal, place);

alter table theme_proposal add constraint theme_proposal_pkey PRIMARY KEY (organisation, id);

CREATE INDEX annotation_people ON public.annotation USING btree (organisation, codebook, task) WHERE (annotator ~~ 'person:%'::text);

CREATE INDEX context_value_place ON public.context_value USING btree (organisation, place_kind, place, first_day);

CREATE INDEX copy_document_fingerprint ON public.copy_document USING btree (organisation, fingerprint);

CREATE INDEX copy_group_document ON public.copy_group USING btree (organisation, document);

CREATE INDEX copy_group_largest ON public.copy_group USING btree (organisation, documents DESC, kind, document);

CREATE INDEX copy_wording_cluster ON public.copy_wording USING btree (organisation, cluster);

CREATE INDEX copy_wording_model ON public.copy_wording USING btree (organisation, model);

CREATE INDEX document_cluster_members ON public.document_cluster USING btree (organisation, cluster);

CREATE INDEX document_key ON public.document USING btree (organisation, source, key) WHERE (key IS NOT NULL);

CREATE INDEX document_search_newest ON public.document_search USING btree (organisation, published_on DESC, document);

CREATE INDEX document_search_words ON public.document_search USING gin (tsv);

CREATE INDEX evaluation_newest ON public.evaluation USING btree (organisation, created_at DESC);

CREATE INDEX measurement_newest ON public.measurement USING btree (organisation, name, id DESC);

CREATE INDEX model_answer_annotator ON public.model_answer USING btree (organisation, annotator, codebook);

CREATE INDEX model_use_annotator ON public.model_use USING btree (organisation, annotator, codebook);

CREATE INDEX model_use_run ON public.model_use USING btree (organisation, run);

CREATE UNIQUE INDEX recipe_use_in_force ON public.recipe_use USING btree (organisation, source) WHERE (state = 'in-force'::text);

CREATE INDEX refusal_open ON public.refusal USING btree (organisation, source, location) WHERE (resolved_at IS NULL);

CREATE INDEX refusal_run ON public.refusal USING btree (organisation, run);

CREATE INDEX refusal_source ON public.refusal USING btree (organisation, source);

CREATE INDEX run_newest ON public.run USING btree (organisation, started_at DESC);

CREATE INDEX run_source_newest ON public.run_source USING btree (organisation, source, started_at DESC);

CREATE INDEX session_person ON public.session USING btree (organisation, person);

CREATE INDEX snapshot_open ON public.snapshot USING btree (organisation, source) WHERE (state = 'open'::text);

CREATE INDEX snapshot_place ON public.snapshot USING btree (organisation, source, location);

CREATE INDEX snapshot_record_batch ON public.snapshot_record USING btree (organisation, batch);

CREATE INDEX snapshot_record_copy ON public.snapshot_record USING btree (organisation, snapshot, record);

CREATE INDEX snapshot_run ON public.snapshot USING btree (organisation, run) WHERE (run IS NOT NULL);

CREATE UNIQUE INDEX student_promoted ON public.student USING btree (organisation, codebook, task) WHERE (state = 'promoted'::text);

CREATE INDEX student_task ON public.student USING btree (organisation, codebook, task, created_at DESC);

CREATE INDEX territory_correction_form ON public.territory_correction USING btree (organisation, source, form) WHERE (form IS NOT NULL);

CREATE INDEX theme_proposal_newest ON public.theme_proposal USING btree (organisation, proposed_at DESC);

create policy own on account for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on act for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on annotation for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on batch for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on batch_failure for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on clearance for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on codebook for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on collect_state for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on context_value for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on copy_block for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on copy_document for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on copy_group for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on copy_wording for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on document for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on document_cluster for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on document_search for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on evaluation for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on indicator for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on measurement for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on model_answer for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on model_use for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on organisation for all using ((id = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on pack for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on policy for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on progress for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on recipe for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on recipe_use for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on record for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on record_key for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on refusal for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on release for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on review_comment for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on review_draft for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on review_hold for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on review_item for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on run for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on run_event for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on run_source for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on session for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on sign_in_attempt for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on snapshot for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on snapshot_record for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on source for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on student for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on territory_correction for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on territory_lesson for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on theme_edit for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

create policy own on theme_proposal for all using ((organisation = (NULLIF(current_setting('datasens.organisation'::text, true), ''::text))::uuid));

grant insert, select, update on account to datasens_app;

grant insert, select on act to datasens_app;

grant insert, select on annotation to datasens_app;

grant delete, insert, select, update on batch to datasens_app;

grant delete, insert, select, update on batch_failure to datasens_app;

grant delete, insert, select, update on clearance to datasens_app;

grant delete, insert, select, update on codebook to datasens_app;

grant delete, insert, select, update on collect_state to datasens_app;

grant delete, insert, select, update on context_value to datasens_app;

grant delete, insert, select, update on copy_block to datasens_app;

grant delete, insert, select, update on copy_document to datasens_app;

grant delete, insert, select, update on copy_group to datasens_app;

grant delete, insert, select, update on copy_wording to datasens_app;

grant delete, insert, select, update on document to datasens_app;

grant delete, insert, select, update on document_cluster to datasens_app;

grant delete, insert, select, update on document_search to datasens_app;

grant insert, select on evaluation to datasens_app;

grant delete, insert, select, update on indicator to datasens_app;

grant delete, insert, select, update on measurement to datasens_app;

grant delete, insert, select, update on model_answer to datasens_app;

grant delete, insert, select, update on model_use to datasens_app;

grant insert, select on organisation to datasens_app;

grant delete, insert, select, update on pack to datasens_app;

grant delete, insert, select, update on policy to datasens_app;

grant delete, insert, select, update on progress to datasens_app;

grant delete, insert, select, update on recipe to datasens_app;

grant delete, insert, select, update on recipe_use to datasens_app;

grant insert, select on record to datasens_app;

grant delete, insert, select, update on record_key to datasens_app;

grant delete, insert, select, update on refusal to datasens_app;

grant delete, insert, select, update on release to datasens_app;

grant delete, insert, select, update on review_comment to datasens_app;

grant delete, insert, select, update on review_draft to datasens_app;

grant delete, insert, select, update on review_hold to datasens_app;

grant delete, insert, select, update on review_item to datasens_app;

grant delete, insert, select, update on run to datasens_app;

grant delete, insert, select, update on run_event to datasens_app;

grant delete, insert, select, update on run_source to datasens_app;

grant delete, insert, select, update on session to datasens_app;

grant delete, insert, select, update on sign_in_attempt to datasens_app;

grant delete, insert, select, update on snapshot to datasens_app;

grant insert, select on snapshot_record to datasens_app;

grant delete, insert, select, update on source to datasens_app;

grant delete, insert, select, update on student to datasens_app;

grant delete, insert, select, update on territory_correction to datasens_app;

grant delete, insert, select, update on territory_lesson to datasens_app;

grant insert, select on theme_edit to datasens_app;

grant insert, select on theme_proposal to datasens_app;
