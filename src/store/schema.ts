// The tables as Kysely sees them; `schema.sql` is what the migrations make of them.

import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../model/json.ts';

type Instant = ColumnType<Date, Date | string | undefined, Date | string>;
/** jsonb: read parsed, written as text. */
type JsonColumn = ColumnType<Json, string, string>;
type Organisation = Generated<string>;

export interface Schema {
  organisation: { id: Organisation; name: string; created_at: Instant };
  source: { organisation: Organisation; name: string; collector: string; settings: JsonColumn; updated_at: Instant };
  recipe: { organisation: Organisation; id: Buffer; body: JsonColumn; saved_at: Instant };
  recipe_use: {
    organisation: Organisation;
    source: string;
    recipe: Buffer;
    state: 'in-force' | 'proposed' | 'refused' | 'past' | 'dropped';
    collector: string;
    settings: JsonColumn;
    since: Instant;
    replaced: Buffer | null;
    actor: string | null;
    why: string | null;
    comparison: ColumnType<Json | null, string | null | undefined, string | null>;
    compared_key: string | null;
    compared_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  codebook: { organisation: Organisation; version: string; body: JsonColumn; saved_at: Instant };
  policy: { organisation: Organisation; id: Buffer; body: JsonColumn; saved_at: Instant };
  run: {
    organisation: Organisation;
    id: string;
    command: string;
    state: Generated<'running' | 'done' | 'partial' | 'failed' | 'cancelled'>;
    started_at: Instant;
    finished_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
    counts: ColumnType<Json, string | undefined, string>;
    error: ColumnType<Json | null, string | null | undefined, string | null>;
    request: ColumnType<Json, string | undefined, string>;
    context: ColumnType<Json, string | undefined, string>;
    estimate: ColumnType<Json | null, string | null | undefined, string | null>;
    timings: ColumnType<Json, string | undefined, string>;
    cancel_requested_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  run_source: {
    organisation: Organisation;
    run: string;
    source: string;
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'skipped';
    started_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    finished_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    counts: ColumnType<Json, string | undefined, string>;
    error: ColumnType<Json | null, string | null | undefined, string | null>;
  };
  batch_failure: {
    organisation: Organisation;
    run: string;
    batch: string;
    stage: string;
    key: string;
    code: string;
    message: string;
    at: Instant;
  };
  run_event: {
    organisation: Organisation;
    run: string;
    seq: ColumnType<string, never, never>;
    at: Instant;
    stage: string;
    kind: string;
    body: JsonColumn;
  };
  collect_state: { organisation: Organisation; source: string; key: string; value: JsonColumn; updated_at: Instant };
  snapshot: {
    organisation: Organisation;
    id: string;
    source: string;
    location: string;
    fetched_at: Instant;
    media_type: string;
    charset: string | null;
    headers: JsonColumn;
    context: JsonColumn;
    sha256: Buffer | null;
    size_bytes: string | null;
    state: Generated<'open' | 'complete' | 'abandoned' | 'superseded' | 'quarantined'>;
    records: Generated<number | null>;
    opened_at: Instant;
    run: ColumnType<string | null, string | null | undefined, string | null>;
  };
  refusal: {
    organisation: Organisation;
    id: ColumnType<string, never, never>;
    run: string;
    source: string;
    location: string;
    place: string;
    code: string;
    message: string;
    at: Instant;
    resolved_at: Date | null;
  };
  pack: {
    organisation: Organisation;
    id: string;
    object_key: string;
    size_bytes: ColumnType<string, number, number>;
    sha256: Buffer;
    created_at: Instant;
  };
  record: { organisation: Organisation; id: Buffer; pack: string; start: number; length: number };
  record_key: { organisation: Organisation; record: Buffer; wrapped: Buffer };
  batch: {
    organisation: Organisation;
    id: string;
    source: string;
    records: number;
    created_at: Instant;
    run: ColumnType<string | null, string | null | undefined, string | null>;
  };
  snapshot_record: {
    organisation: Organisation;
    snapshot: string;
    ordinal: number;
    record: Buffer;
    copy: number;
    key: string | null;
    part: string | null;
    batch: string;
  };
  progress: {
    organisation: Organisation;
    batch: string;
    stage: string;
    key: string;
    at: Instant;
    counts: ColumnType<Json, string | undefined, string>;
  };
  document: {
    organisation: Organisation;
    id: Buffer;
    source: string;
    snapshot: string;
    ordinal: number;
    record: Buffer;
    recipe: Buffer;
    key: string | null;
    title: string | null;
    text: string;
    language: string;
    published: string | null;
    published_precision: string | null;
    week: string | null;
    commune: string | null;
    department: string | null;
    territory_rule: string | null;
    epci: string | null;
    region: string | null;
    territory_role: string | null;
    territory_score: number | null;
    territory_candidates: string[];
    gazetteer: string | null;
    places: JsonColumn;
    url: string | null;
    encoding: string;
    attributes: JsonColumn;
    findings: JsonColumn;
    personal: JsonColumn;
    bands: number[];
    fingerprint: Buffer;
    batch: string;
    created_at: Instant;
    segments: JsonColumn | null;
    passages: JsonColumn | null;
    territory_form: string | null;
    territory_found: JsonColumn | null;
  };
  document_cluster: {
    organisation: Organisation;
    document: Buffer;
    cluster: Buffer;
    size: number;
    representative: boolean;
    campaign: boolean;
  };
  copy_document: { organisation: Organisation; document: Buffer; fingerprint: Buffer };
  context_value: {
    organisation: Organisation;
    source: string;
    series: string;
    place_kind: string;
    place: string;
    first_day: string;
    last_day: string;
    event: string;
    value: number | null;
    category: string | null;
    snapshot: string | null;
    record: Buffer | null;
    reading: Buffer;
  };
  territory_correction: {
    organisation: Organisation;
    source: string;
    record: Buffer;
    part: string;
    decision: string;
    place_kind: string | null;
    place: string | null;
    always: boolean;
    form: string | null;
    annotator: string;
    document: Buffer;
    corrected_at: Instant;
  };
  territory_lesson: {
    organisation: Organisation;
    source: string;
    form: string;
    decision: string;
    place_kind: string | null;
    place: string | null;
    corrections: number;
  };
  copy_block: {
    organisation: Organisation;
    id: ColumnType<string, never, never>;
    wordings: number;
    keys: number;
    entries: Buffer;
  };
  copy_wording: {
    organisation: Organisation;
    fingerprint: Buffer;
    cluster: Buffer;
    model: Buffer;
    cluster_share: number | null;
    cluster_reference: Buffer | null;
    model_share: number | null;
    model_reference: Buffer | null;
  };
  copy_group: {
    organisation: Organisation;
    kind: 'near' | 'partial';
    label: Buffer;
    document: Buffer;
    documents: number;
    wordings: number;
    sources: number;
    campaign: boolean;
    share: number;
    dated: number;
    first_on: string | null;
    last_on: string | null;
    peak_on: string | null;
    peak_documents: number;
    densest_on: string | null;
    densest_documents: number;
    timeline: number[];
  };
  annotation: {
    organisation: Organisation;
    document: Buffer;
    id: Buffer;
    codebook: string;
    task: string;
    label: string;
    score: number;
    annotator: string;
    provisional: boolean;
    evidence: JsonColumn;
    created_at: Instant;
  };
  clearance: {
    organisation: Organisation;
    document: Buffer;
    policy: Buffer;
    cleared: boolean;
    reasons: string[];
    decided_at: Instant;
  };
  release: {
    organisation: Organisation;
    id: Buffer;
    name: string;
    manifest: JsonColumn;
    object_prefix: string;
    created_at: Instant;
  };
  indicator: { organisation: Organisation; release: Buffer; name: string; body: JsonColumn; computed_at: Instant };
  measurement: {
    organisation: Organisation;
    id: ColumnType<string, never, never>;
    name: string;
    body: JsonColumn;
    at: Instant;
  };
  act: {
    organisation: Organisation;
    seq: ColumnType<string, number, never>;
    at: Instant;
    actor: string;
    verb: string;
    object: string;
    why: string;
    detail: JsonColumn;
    previous: Buffer;
    hash: Buffer;
  };
  account: {
    organisation: Organisation;
    person: string;
    sign_in: string;
    display_name: string;
    roles: string[];
    password: string;
    password_expires_at: Instant | null;
    state: 'active' | 'disabled';
    created_at: Instant;
    last_sign_in_at: Instant | null;
  };
  session: {
    organisation: Organisation;
    token: Buffer;
    person: string;
    created_at: Instant;
    last_seen_at: Instant;
  };
  sign_in_attempt: { organisation: Organisation; key: Buffer; attempts: number; last_at: Instant };
  document_search: {
    organisation: Organisation;
    document: Buffer;
    recipe: Buffer;
    source: string;
    published_on: string;
    department: string | null;
    language: string;
    theme: string | null;
    themes: string[] | null;
    tone: string | null;
    findings: string[];
    tsv: string;
  };
}
