// Everything known of one document, down to the fetch it came from.

import { sql } from 'kysely';
import type { Annotation, Consensus } from '../model/annotation.ts';
import { marksNothing, standing } from '../model/consensus.ts';
import type { Passage, Segment } from '../model/document.ts';
import type { DocumentId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { type PlaceMention, type PlaceRole, TERRITORY_CODEBOOK } from '../model/territory.ts';
import { readModelOf } from './copy-page.ts';
import type { Tx } from './database.ts';
import { readLabels } from './labels.ts';
import { latestCodebook } from './sources.ts';
import { bytesOf } from './values.ts';

export interface StoredAnnotation extends Omit<Annotation, 'document'> {
  readonly at: string;
  /** True for who looked for pieces of the text and found none. */
  readonly nothing?: true;
}

export interface StoredCopy {
  readonly id: DocumentId;
  readonly title: string | null;
  readonly source: string;
  readonly published: string | null;
  readonly representative: boolean;
}

export interface StoredDocument {
  readonly id: DocumentId;
  readonly source: string;
  readonly key: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly language: string;
  readonly segments: readonly Segment[];
  readonly passages: readonly Passage[];
  readonly published: string | null;
  readonly commune: string | null;
  readonly department: string | null;
  /** All that is known of where it is; codes of the year `gazetteer`. */
  readonly territory: {
    readonly commune: string | null;
    readonly epci: string | null;
    readonly department: string | null;
    readonly region: string | null;
    readonly role: PlaceRole | null;
    readonly score: number | null;
    readonly rule: string | null;
    readonly candidates: readonly string[];
    readonly gazetteer: string | null;
  };
  readonly places: readonly PlaceMention[];
  readonly url: string | null;
  readonly encoding: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly findings: readonly { readonly code: string; readonly at: string; readonly evidence: string }[];
  readonly personal: Readonly<Record<string, number>>;
  readonly record: string;
  readonly ordinal: number;
  readonly snapshot: {
    readonly id: string;
    readonly location: string;
    readonly fetchedAt: string;
    readonly sha256: string | null;
    readonly sizeBytes: number | null;
    readonly mediaType: string;
    readonly charset: string | null;
  };
  readonly recipe: { readonly id: string; readonly body: JsonObject };
  /** The source's settings as last saved. */
  readonly settings: JsonObject;
  /** The last answer of any policy, or null. */
  readonly clearance: { readonly kind: 'cleared' | 'refused'; readonly reasons: readonly string[] } | null;
  readonly cluster: {
    /** The document it is named after. */
    readonly document: DocumentId;
    readonly size: number;
    readonly campaign: boolean;
    /** At most 50, this document left out. */
    readonly copies: readonly StoredCopy[];
  } | null;
  readonly model: { readonly document: DocumentId; readonly documents: number; readonly share: number } | null;
  /** Oldest first. */
  readonly annotations: readonly StoredAnnotation[];
  /** Under the codebook saved last, by task. */
  readonly consensus: readonly Consensus[];
}

const COPIES = 50;

/** The document, or null where there is none of this id. */
export async function readDocumentPage(tx: Tx, id: DocumentId): Promise<StoredDocument | null> {
  const document = await readRow(tx, id);
  if (document === null) return null;
  const { cluster, clusterSize, campaign, ...rest } = document;
  return {
    ...rest,
    cluster:
      cluster === null
        ? null
        : {
            document: cluster.toString('hex') as DocumentId,
            size: clusterSize,
            campaign,
            copies: await readCopies(tx, cluster, bytesOf(id)),
          },
    model: await readModelOf(tx, id),
    annotations: await readAnnotations(tx, id),
    consensus: (await readLabels(tx, [id], (await latestCodebook(tx))?.version ?? null))(id).decisions,
  };
}

type Row = Omit<StoredDocument, 'cluster' | 'model' | 'annotations' | 'consensus'> & {
  readonly cluster: Buffer | null;
  readonly clusterSize: number;
  readonly campaign: boolean;
};

async function readRow(tx: Tx, id: DocumentId): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select encode(document.id, 'hex') as id, document.source, document.key, document.title, document.text,
      document.language, document.published, document.commune, document.department, document.url, document.encoding,
      jsonb_build_object('commune', document.commune, 'epci', document.epci, 'department', document.department,
        'region', document.region, 'role', document.territory_role, 'score', document.territory_score,
        'rule', document.territory_rule, 'candidates', document.territory_candidates,
        'gazetteer', document.gazetteer) as territory,
      document.places,
      document.attributes, document.findings, document.personal,
      coalesce(document.segments, '[]') as segments, coalesce(document.passages, '[]') as passages,
      encode(document.record, 'hex') as record,
      document.ordinal,
      jsonb_build_object('id', snapshot.id, 'location', snapshot.location,
        'fetchedAt', to_char(snapshot.fetched_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'sha256', encode(snapshot.sha256, 'hex'), 'sizeBytes', snapshot.size_bytes,
        'mediaType', snapshot.media_type, 'charset', snapshot.charset) as snapshot,
      jsonb_build_object('id', encode(document.recipe, 'hex'), 'body', coalesce(recipe.body, '{}')) as recipe,
      coalesce(source.settings, '{}') as settings,
      (select jsonb_build_object('kind', case when cleared then 'cleared' else 'refused' end, 'reasons', reasons)
        from policy join clearance on clearance.policy = policy.id and clearance.document = document.id
        order by decided_at desc limit 1) as clearance,
      document_cluster.cluster, document_cluster.size as "clusterSize", document_cluster.campaign
    from document join snapshot on snapshot.id = document.snapshot
    left join recipe on recipe.id = document.recipe
    left join source on source.name = document.source
    left join document_cluster on document_cluster.document = document.id
    where document.id = ${bytesOf(id)}`.execute(tx);
  return rows[0] ?? null;
}

async function readCopies(tx: Tx, cluster: Buffer, self: Buffer): Promise<readonly StoredCopy[]> {
  const { rows } = await sql<StoredCopy>`
    select encode(document.id, 'hex') as id, title, source, published, representative
    from document_cluster join document on document.id = document_cluster.document
    where cluster = ${cluster} and document.id <> ${self}
    order by representative desc, document.id limit ${COPIES}`.execute(tx);
  return rows;
}

/** Those that stand, under every codebook version. */
async function readAnnotations(tx: Tx, id: DocumentId): Promise<readonly StoredAnnotation[]> {
  type Row = Omit<Annotation, 'document' | 'labels' | 'made'> & {
    readonly at: number;
    readonly labels: readonly string[] | null;
    readonly made: JsonObject | null;
  };
  const { rows } = await sql<Row>`
    select codebook, task, label, labels, score, annotator, provisional, evidence, made,
      (extract(epoch from created_at) * 1000000)::float8 as at
    from annotation where document = ${bytesOf(id)} and codebook <> ${TERRITORY_CODEBOOK}
    order by created_at, task, annotator`.execute(tx);
  const given = rows.map(({ labels, made, ...row }) => ({
    ...row,
    document: id,
    ...(labels === null ? {} : { labels }),
    ...(made === null ? {} : { made }),
  }));
  return [...Map.groupBy(given, ({ codebook }) => codebook).values()]
    .flatMap((same) => standing(same))
    .sort((left, right) => left.at - right.at)
    .map(({ document: _, at, ...row }) => ({
      ...row,
      at: new Date(at / 1000).toISOString(),
      ...(marksNothing(row) ? { nothing: true as const } : {}),
    }));
}
