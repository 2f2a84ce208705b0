// What runs in a worker thread. Everything here is pure CPU: no database, no network, no clock.

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { AnnotatedDocument, Annotator, PreparedAnnotator } from '../annotate/annotator.ts';
import type { Collector } from '../collect/collector.ts';
import { ABSTAINED, type Annotation } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import type { Item } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import { subjectKey } from '../model/territory.ts';
import { proposeSegments } from '../refine/ideas.ts';
import { pseudonymise } from '../refine/pseudonymise.ts';
import { refine as refineItem } from '../refine/refine.ts';
import { locate } from '../refine/territory/locate.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { documentRows, type NewDocument } from '../store/document-rows.ts';
import { openRecord } from '../store/seal.ts';
import { storable, storableOrNull } from '../store/values.ts';
import { attributesOf } from './attributes.ts';
import { openNameFinders } from './name-finders.ts';
import { loadAnnotators, loadCollector, pick } from './plugins.ts';
import { type Retraced, type RetraceTask, retraceRecord } from './retrace.ts';
import type {
  AnnotateTask,
  AnnotateTaskResult,
  Judges,
  RefineTask,
  RefineTaskResult,
  SealedEntry,
} from './thread-task.ts';
import { weekOf } from './week.ts';

/** Those that tasks named: each brings its own libraries, which every thread would hold. */
const collectors = new Map<string, Promise<Collector>>();
const annotators = loadAnnotators();
/** Lexicons are read once per thread and codebook, not once per batch; the oldest give way. */
const PREPARED = 32;
const prepared = new Map<string, PreparedAnnotator>();
const finderOf = openNameFinders();

/** Opens, reads and refines the records of a batch; annotates what became of them where the task says by whom. */
export async function refine(task: RefineTask): Promise<RefineTaskResult> {
  const collector = await collectorOf(task.collector);
  const key = createSecretKey(task.organisationKey);
  const documents: NewDocument[] = [];
  let opened: OpenedRecord | undefined;
  for (const entry of task.entries) {
    const record: OpenedRecord =
      opened?.id === entry.record ? opened : { id: entry.record, bytes: openEntry(entry, task, key) };
    opened = record;
    const from = { ...task.snapshots[entry.snapshot]!, key: entry.key, part: entry.documentPart };
    const read = collector.read(record.bytes, from, task.config);
    documents.push(refineEntry(entry, read instanceof Promise ? await read : read, task));
  }
  // Annotation that fails here is left to its own stage, which says so.
  const annotations = task.judges === null ? null : await annotateAll(documents, task.judges).catch(() => null);
  return handedOver({ documents: documentRows(documents), annotations });
}

function collectorOf(name: string): Promise<Collector> {
  const known = collectors.get(name) ?? loadCollector(name);
  collectors.set(name, known);
  return known;
}

/** Pages of one file are the same record many times over: it is opened once. */
interface OpenedRecord {
  readonly id: SealedEntry['record'];
  readonly bytes: Uint8Array;
}

function openEntry(entry: SealedEntry, task: RefineTask, key: KeyObject): Uint8Array {
  const sealed = task.parts[entry.part]!.subarray(entry.start, entry.start + entry.length);
  const wrappedKey = task.keys.subarray(entry.keyStart, entry.keyStart + entry.keyLength);
  return openRecord(sealed, wrappedKey, key, entry.record);
}

function refineEntry(entry: SealedEntry, item: Item, task: RefineTask): NewDocument {
  const snapshot = task.snapshots[entry.snapshot]!;
  const context = {
    charset: snapshot.charset,
    collectedAt: snapshot.fetchedAt,
    findNames: finderOf(task.names),
  };
  const refined = refineItem(item, task.recipe, context);
  const marked = pseudonymise(refined, attributesOf(item, task.recipe.mapping), task.recipe, context);
  const place = locate(marked, {
    given: task.teaching.given.get(subjectKey(entry.record, entry.documentPart)) ?? null,
    lessons: task.teaching.lessons,
    field: item.territory,
    source: task.recipe.territory,
  });
  const link = item.participant ? participantOf(item.participant, task) : null;
  return {
    id: entry.document,
    source: task.source,
    snapshot: snapshot.id,
    record: entry.record,
    recipe: task.recipeId,
    key: entry.key,
    title: storableOrNull(marked.title),
    text: storable(marked.text),
    language: refined.language,
    passages: marked.passages,
    segments: task.recipe.split === 'never' ? [] : proposeSegments(marked.text),
    published: refined.published,
    territory: place.territory,
    places: place.places,
    gazetteer: place.gazetteer,
    territoryForm: place.form,
    territoryFound: place.found,
    url: refined.url,
    encoding: refined.encoding,
    attributes: link === null ? marked.attributes : { ...marked.attributes, participant: link },
    findings: [...marked.findings, ...place.findings],
    personal: marked.personal,
    bands: marked.bands,
    fingerprint: marked.fingerprint,
    ordinal: entry.ordinal,
    batch: task.batch,
    week: weekOf(refined.published),
  };
}

/** Links the texts of one person of one source without naming them: keyed, so that nobody can try names against it. */
function participantOf(participant: string, { source, organisationKey }: RefineTask): string {
  const name = participant.normalize('NFKC').trim().toLowerCase();
  return createHmac('sha256', organisationKey).update(`participant\0${source}\0${name}`).digest('hex').slice(0, 12);
}

/** Annotates documents. */
export async function annotate(task: AnnotateTask): Promise<AnnotateTaskResult> {
  return handedOver(await annotateAll(task.documents, task));
}

/** Goes again through what became of one record. */
export function retrace(task: RetraceTask): Promise<Retraced> {
  return retraceRecord(task, finderOf(task.names));
}

async function annotateAll(documents: readonly AnnotatedDocument[], judges: Judges): Promise<AnnotateTaskResult> {
  const annotations: Annotation[] = [];
  const worded = documents.filter(({ text }) => text !== '');
  for (const { name, config } of judges.annotators) {
    const annotator = await prepare(name, config, judges.codebook);
    for (const document of worded) {
      const judged = annotator.annotate(document);
      annotations.push(...(judged instanceof Promise ? await judged : judged));
    }
  }
  const judged = new Set(annotations.flatMap(({ document, label }) => (label === ABSTAINED ? [] : [document])));
  return { annotations: annotationRows(annotations), documents: worded.length, judged: judged.size };
}

async function prepare(name: string, config: Json, codebook: Codebook): Promise<PreparedAnnotator> {
  // Its whole content: nothing refuses that a draft changes under its number before anything was judged by it.
  const key = JSON.stringify([name, config, codebook]);
  const known = prepared.get(key);
  if (known) return known;
  const annotator: Annotator = pick(await annotators, name, 'annotator');
  const fresh = await annotator.prepare(codebook, annotator.config.parse(config));
  prepared.set(key, fresh);
  if (prepared.size > PREPARED) prepared.delete(prepared.keys().next().value!);
  return fresh;
}

/** A result whose columns go to the main thread as they are, uncopied. */
function handedOver<Result extends object>(result: Result): Result {
  return move({ [transferableSymbol]: buffersIn(result), [valueSymbol]: result }) as Result;
}

function buffersIn(value: unknown): readonly ArrayBuffer[] {
  if (value instanceof Uint8Array) return [value.buffer as ArrayBuffer];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(buffersIn) : [];
}
