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
  review_item: {
    organisation: Organisation;
    codebook: string;
    document: Buffer;
    queue: 'random' | 'uncertain';
    position: number;
    double: boolean;
    cause: string | null;
    drawn_at: Instant;
  };
  review_hold: { organisation: Organisation; codebook: string; document: Buffer; person: string; until: Instant };
  review_draft: {
    organisation: Organisation;
    codebook: string;
    document: Buffer;
    person: string;
    body: JsonColumn;
    saved_at: Instant;
  };
  review_comment: {
    organisation: Organisation;
    codebook: string;
    document: Buffer;
    person: string;
    words: string;
    saved_at: Instant;
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
  document_search: {
    organisation: Organisation;
    document: Buffer;
    recipe: Buffer;
    source: string;
    published_on: string;
    department: string | null;
    language: string;
    theme: string | null;
    tone: string | null;
    findings: string[];
    tsv: string;
  };
}
