// Says what DataSens makes of files before any of it is kept: stores nothing, opens no connection.

import { closeSync, openSync, readSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { PreparedAnnotator } from '../annotate/annotator.ts';
import type { CollectEffects, Collector } from '../collect/collector.ts';
import { expandPaths } from '../collect/files.ts';
import { clear } from '../govern/clear.ts';
import { DEFAULT_POLICY } from '../govern/policy.ts';
import type { Annotation } from '../model/annotation.ts';
import type { Refined } from '../model/document.ts';
import { DataSensError, type ErrorCode } from '../model/error.ts';
import type { DocumentId } from '../model/identity.ts';
import type { Item } from '../model/item.ts';
import { DEFAULT_RECIPE } from '../model/recipe.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import type { Territory } from '../model/territory.ts';
import { clusterTexts } from '../refine/copies.ts';
import { pseudonymise } from '../refine/pseudonymise.ts';
import { refine } from '../refine/refine.ts';
import { locate } from '../refine/territory/locate.ts';
import { failureCode } from './failure.ts';
import { pick } from './plugins.ts';

export const INSPECT_STAGES = ['collect', 'refine', 'annotate', 'govern'] as const;
export type InspectStage = (typeof INSPECT_STAGES)[number];

export interface InspectRequest {
  readonly paths: readonly string[];
  /** Name of a collector; by what each file looks like when absent. */
  readonly as: string | null;
  /** Settings of the collector, as `key=value` gave them. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly until: InspectStage;
}

export interface InspectEffects {
  readonly collectors: ReadonlyMap<string, Collector>;
  readonly annotator: { readonly name: string; readonly prepared: PreparedAnnotator } | null;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  /** Absolute folder that relative paths start from. */
  readonly root: string;
}

export interface InspectedRecord {
  readonly kind: 'record';
  readonly file: string;
  readonly index: number;
  readonly collector: string;
  readonly item: Item;
  readonly refined: Refined | null;
  /** Where its field or its pseudonymised words say it is. */
  readonly territory: Territory | null;
  /** Id of the cluster of copies among the inspected files: `file#index` of its first member; null without a copy. */
  readonly cluster: string | null;
  readonly annotations: readonly Annotation[] | null;
  readonly refusal: readonly string[] | null;
}

export interface InspectedFailure {
  readonly kind: 'failure';
  readonly file: string;
  readonly error: { readonly code: ErrorCode; readonly message: string };
}

export type Inspected = InspectedRecord | InspectedFailure;

/** Reads the files one after the other. Copies are looked for over the whole call, so that records come when all are read. */
export async function* inspect(request: InspectRequest, effects: InspectEffects): AsyncIterable<Inspected> {
  const waiting: Inspected[] = [];
  const texts: { id: string; text: string }[] = [];
  for await (const inspected of readAll(request, effects)) {
    if (inspected.kind === 'failure' || inspected.refined === null) {
      yield inspected;
      continue;
    }
    waiting.push(inspected);
    texts.push({ id: placeOf(inspected), text: pseudonymise(inspected.refined, {}, DEFAULT_RECIPE).text });
  }
  const clusters = clusterTexts(texts);
  for (const inspected of waiting) {
    yield inspected.kind === 'record' ? { ...inspected, cluster: clusters.get(placeOf(inspected)) ?? null } : inspected;
  }
}

const placeOf = ({ file, index }: { readonly file: string; readonly index: number }) => `${file}#${index}`;

async function* readAll(request: InspectRequest, effects: InspectEffects): AsyncIterable<Inspected> {
  for (const path of request.paths) {
    let files: readonly string[];
    try {
      files = await expandPaths(effects.root, [path]);
    } catch (error) {
      yield failureOf(path, error);
      continue;
    }
    for (const file of files) yield* readFile(file, request, effects);
  }
}

async function* readFile(file: string, request: InspectRequest, effects: InspectEffects): AsyncIterable<Inspected> {
  let index = 0;
  try {
    const collector = chooseCollector(file, request, effects);
    const parsed = collector.config.safeParse({ ...(collector.local?.config(file) ?? {}), ...request.set });
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new DataSensError('usage', `${collector.name}: ${issue.path.join('.') || 'settings'}: ${issue.message}`);
    }
    let opening: SnapshotOpening | null = null;
    for await (const event of collector.collect(parsed.data, offline(effects))) {
      effects.signal.throwIfAborted();
      if (event.kind === 'opening') opening = event.opening;
      if (event.kind === 'refusal') {
        const message = event.at === '' ? event.message : `${event.at}: ${event.message}`;
        yield { kind: 'failure', file, error: { code: event.code, message } };
      }
      if (event.kind !== 'record') continue;
      const item = await collector.read(
        event.bytes,
        { ...opening!, key: event.key, part: event.part ?? null },
        parsed.data,
      );
      yield {
        kind: 'record',
        file,
        index,
        collector: collector.name,
        ...(await derive(item, opening!, request, effects)),
      };
      index += 1;
    }
  } catch (error) {
    effects.signal.throwIfAborted();
    yield failureOf(file, error);
  }
}

async function derive(item: Item, opening: SnapshotOpening, request: InspectRequest, effects: InspectEffects) {
  const reached = INSPECT_STAGES.indexOf(request.until);
  if (reached === 0) return { item, refined: null, territory: null, cluster: null, annotations: null, refusal: null };
  const context = { charset: opening.charset, collectedAt: opening.fetchedAt };
  const derived = refine(item, DEFAULT_RECIPE, context);
  const marked = pseudonymise(derived, {}, DEFAULT_RECIPE);
  const { territory, findings } = locate(marked, { given: null, field: item.territory, source: null });
  const refined = { ...derived, findings: [...derived.findings, ...findings] };
  const document = { id: '' as DocumentId, title: marked.title, text: marked.text, language: refined.language };
  const annotations = reached >= 2 && effects.annotator ? await effects.annotator.prepared.annotate(document) : null;
  return { item, refined, territory, cluster: null, annotations, refusal: reached >= 3 ? refusalOf(marked) : null };
}

function refusalOf(marked: { readonly text: string; readonly findings: Refined['findings'] }): readonly string[] {
  const clearance = clear(
    {
      document: '' as DocumentId,
      textLength: marked.text.length,
      findings: marked.findings,
      licence: 'lov2',
      superseded: false,
      retentionExpired: false,
    },
    DEFAULT_POLICY,
  );
  return clearance.kind === 'cleared' ? [] : clearance.reasons;
}

function chooseCollector(file: string, request: InspectRequest, effects: InspectEffects): Collector {
  if (request.as !== null) return pick(effects.collectors, request.as, 'collector');
  const head = headOf(resolve(effects.root, file));
  for (const collector of effects.collectors.values()) {
    if (collector.local?.claims?.(basename(file), head)) return collector;
  }
  return pick(effects.collectors, 'file', 'collector');
}

function headOf(path: string): string {
  const head = Buffer.alloc(1024);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, head.length, 0)).toString('latin1');
  } finally {
    closeSync(file);
  }
}

function offline(effects: InspectEffects): CollectEffects {
  return {
    fetch: () => Promise.reject(closed()),
    endpoint: () => Promise.reject(closed()),
    secret: (setting) => setting,
    clock: effects.clock,
    signal: effects.signal,
    state: () => Promise.resolve(undefined),
    root: effects.root,
  };
}

function closed(): DataSensError {
  return new DataSensError('egress-refused', 'inspect opens no connection');
}

function failureOf(file: string, error: unknown): InspectedFailure {
  const code = failureCode(error);
  const message =
    error instanceof DataSensError ? error.message : 'an unexpected failure; run with --debug for its stack';
  return { kind: 'failure', file, error: { code, message } };
}
