// What runs in a worker thread. Everything here is pure CPU: no database, no network, no clock.

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Annotator, PreparedAnnotator } from '../annotate/annotator.ts';
import type { Collector } from '../collect/collector.ts';
import type { Item } from '../model/item.ts';
import { proposeSegments } from '../refine/ideas.ts';
import { pseudonymise } from '../refine/pseudonymise.ts';
import { refine as refineItem } from '../refine/refine.ts';
import { locate } from '../refine/territory/locate.ts';
import { openRecord } from '../store/seal.ts';
import { attributesOf } from './attributes.ts';
import { loadAnnotators, loadCollector, pick } from './plugins.ts';
import type { AnnotateTask, AnnotateTaskResult, RefineTask, RefineTaskResult, SealedEntry } from './thread-task.ts';

/** Those that tasks named: each brings its own libraries, which every thread would hold. */
const collectors = new Map<string, Promise<Collector>>();
const annotators = loadAnnotators();
/** Lexicons are read once per thread and codebook, not once per batch. */
const prepared = new Map<string, PreparedAnnotator>();

/** Opens, reads and refines the records of a batch. */
export async function refine(task: RefineTask): Promise<RefineTaskResult> {
  const collector = await collectorOf(task.collector);
  const key = createSecretKey(task.organisationKey);
  const documents: RefinedEntry[] = [];
  let opened: OpenedRecord | undefined;
  for (const entry of task.entries) {
    const record: OpenedRecord =
      opened?.id === entry.record ? opened : { id: entry.record, bytes: openEntry(entry, task, key) };
    opened = record;
    const from = { ...task.snapshots[entry.snapshot]!, key: entry.key, part: entry.documentPart };
    const read = collector.read(record.bytes, from, task.config);
    documents.push(refineEntry(entry, read instanceof Promise ? await read : read, task));
  }
  return { documents };
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

type RefinedEntry = RefineTaskResult['documents'][number];

function openEntry(entry: SealedEntry, task: RefineTask, key: KeyObject): Uint8Array {
  const sealed = task.parts[entry.part]!.subarray(entry.start, entry.start + entry.length);
  const wrappedKey = task.keys.subarray(entry.keyStart, entry.keyStart + entry.keyLength);
  return openRecord(sealed, wrappedKey, key, entry.record);
}

function refineEntry(entry: SealedEntry, item: Item, task: RefineTask): RefinedEntry {
  const snapshot = task.snapshots[entry.snapshot]!;
  const refined = refineItem(item, task.recipe, {
    charset: snapshot.charset,
    collectedAt: snapshot.fetchedAt,
  });
  const marked = pseudonymise(refined, attributesOf(item, task.recipe.mapping), task.recipe);
  const place = locate(marked, { given: null, field: item.territory, source: task.recipe.territory });
  const link = item.participant ? participantOf(item.participant, task) : null;
  return {
    id: entry.document,
    source: task.source,
    snapshot: snapshot.id,
    record: entry.record,
    recipe: task.recipeId,
    key: entry.key,
    title: marked.title,
    text: marked.text,
    language: refined.language,
    passages: marked.passages,
    segments: task.recipe.split === 'never' ? [] : proposeSegments(marked.text),
    published: refined.published,
    territory: place.territory,
    places: place.places,
    gazetteer: place.gazetteer,
    url: refined.url,
    encoding: refined.encoding,
    attributes: link === null ? marked.attributes : { ...marked.attributes, participant: link },
    findings: [...marked.findings, ...place.findings],
    personal: marked.personal,
    bands: marked.bands,
    fingerprint: marked.fingerprint,
    ordinal: entry.ordinal,
  };
}

/** Links the texts of one person of one source without naming them: keyed, so that nobody can try names against it. */
function participantOf(participant: string, { source, organisationKey }: RefineTask): string {
  const name = participant.normalize('NFKC').trim().toLowerCase();
  return createHmac('sha256', organisationKey).update(`participant\0${source}\0${name}`).digest('hex').slice(0, 12);
}

/** Annotates the documents of a batch with one annotator. */
export async function annotate(task: AnnotateTask): Promise<AnnotateTaskResult> {
  const annotator = await prepare(task);
  const annotations = [];
  for (const document of task.documents) annotations.push(...(await annotator.annotate(document)));
  return { annotations };
}

async function prepare(task: AnnotateTask): Promise<PreparedAnnotator> {
  const key = JSON.stringify([task.annotator, task.config, task.codebook.name, task.codebook.version]);
  const known = prepared.get(key);
  if (known) return known;
  const annotator: Annotator = pick(await annotators, task.annotator, 'annotator');
  const fresh = await annotator.prepare(task.codebook, annotator.config.parse(task.config));
  prepared.set(key, fresh);
  return fresh;
}
