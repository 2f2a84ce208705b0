// The state of the journey: what each stage received, did, refused and has left, and what the figures rest on.

import type { Coverage } from '../model/release.ts';
import { countProgress } from '../store/batches.ts';
import { countSources, readCoverage, type SourceCounts } from '../store/coverage.ts';
import type { Tx } from '../store/database.ts';
import { latestRelease, readMeasurements, type StoredMeasurement, type StoredRelease } from '../store/releases.ts';
import { listRuns, type StoredRun } from '../store/runs.ts';
import type { App } from './app.ts';
import { progressKey } from './batch-job.ts';
import type { Journey, Measurement, ReleaseSummary, SourceState, StageName, StageState } from './reader.ts';
import { foldedOf } from './run-reader.ts';

/** The journey of the app's project. `provisional`: whether the release's labels are. */
export async function readJourney(
  app: App,
  provisional: (release: StoredRelease) => Promise<boolean>,
): Promise<Journey> {
  const facts = await app.database.transaction((tx) => readFacts(app, tx));
  const { coverage, counts, release, measurements } = facts;
  const isProvisional = release === null ? coverage.annotated > 0 : await provisional(release);
  return {
    organisation: app.project.settings.organisation,
    language: 'fr',
    empty: counts.every(({ records }) => records === 0),
    stages: stagesOf(facts, isProvisional),
    coverage,
    sources: app.sources.map((source) => sourceOf(source, counts)),
    latestRelease: release === null ? null : summaryOf(release),
    measurements: measurements.map(measurementOf),
  };
}

export function summaryOf(release: StoredRelease): ReleaseSummary {
  const { id, manifest, createdAt } = release;
  return { id, name: manifest.name, title: manifest.title, publishedAt: createdAt, documents: manifest.documents };
}

interface Facts {
  readonly coverage: Coverage;
  readonly counts: readonly SourceCounts[];
  readonly release: StoredRelease | null;
  readonly measurements: readonly StoredMeasurement[];
  readonly lastRun: StoredRun | null;
  /** Stages that a run is doing now. */
  readonly open: readonly StageName[];
  /** Records whose batch is not refined, and not annotated. */
  readonly waiting: { readonly refine: number; readonly annotate: number };
}

async function readFacts(app: App, tx: Tx): Promise<Facts> {
  const scope = { recipes: app.recipes, codebook: app.codebookVersion, policy: app.policyId };
  const [lastRun = null] = await listRuns(tx, 1);
  const waiting = { refine: 0, annotate: 0 };
  for (const source of app.sources) {
    for (const stage of ['refine', 'annotate'] as const) {
      const { documents } = await countProgress(tx, stage, progressKey(app, stage, source), source.name);
      waiting[stage] += documents.total - documents.done;
    }
  }
  return {
    coverage: await readCoverage(tx, scope),
    counts: await countSources(tx, app.recipes),
    release: await latestRelease(tx),
    measurements: await readMeasurements(tx),
    lastRun,
    open: lastRun?.state === 'running' ? (await foldedOf(tx, lastRun.id)).open : [],
    waiting: app.codebook === null ? { ...waiting, annotate: 0 } : waiting,
  };
}

function stagesOf({ coverage, counts, release, lastRun, open, waiting }: Facts, provisional: boolean) {
  const records = counts.reduce((sum, source) => sum + source.records, 0);
  const refusals = counts.reduce((sum, source) => sum + source.refusals, 0);
  const { collected, readable, annotated, published, excluded } = coverage;
  // A document refused for several reasons counts once under each: no more can be refused than is not cleared.
  const refused = Math.min(
    Object.values(excluded).reduce((sum, n) => sum + n, 0),
    collected - published,
  );
  const released = release?.manifest.documents ?? 0;
  const stage = (name: StageName, done: number, rest: { refused?: number; waiting?: number } = {}): StageState => {
    const left = { refused: rest.refused ?? 0, waiting: Math.max(0, rest.waiting ?? 0) };
    return {
      stage: name,
      state: stateOf({ done, ...left, isOpen: open.includes(name) }),
      received: done + left.refused + left.waiting,
      done,
      ...left,
      lastRun: lastRun === null ? null : { id: lastRun.id, endedAt: lastRun.finishedAt },
      provisional: done > 0 && provisional && (name === 'annotate' || name === 'decide'),
    };
  };
  return [
    stage('collect', records, { refused: refusals }),
    stage('refine', readable, { refused: collected - readable, waiting: waiting.refine }),
    stage('annotate', annotated, { waiting: Math.min(waiting.annotate, Math.max(0, collected - annotated)) }),
    stage('govern', published, { refused, waiting: collected - published - refused }),
    stage('publish', released, { waiting: published - released }),
    stage('decide', released),
  ];
}

interface Standing {
  readonly done: number;
  readonly refused: number;
  readonly waiting: number;
  readonly isOpen: boolean;
}

function stateOf({ done, refused, waiting, isOpen }: Standing): StageState['state'] {
  if (isOpen) return 'running';
  if (waiting > 0) return 'waiting';
  return done + refused === 0 ? 'empty' : 'done';
}

function sourceOf({ name, settings }: App['sources'][number], counts: readonly SourceCounts[]): SourceState {
  const found = counts.find((source) => source.name === name);
  return {
    name,
    collector: settings.collector,
    licence: settings.licence,
    purpose: settings.purpose,
    legalBasis: settings.legalBasis,
    retention: settings.retention,
    documents: found?.documents ?? 0,
    lastCollectedAt: found?.lastFetchedAt ?? null,
    refusals: found?.refusals ?? 0,
  };
}

function measurementOf({ name, body }: StoredMeasurement): Measurement {
  const figure = body as unknown as Pick<Measurement, 'value' | 'n' | 'interval'>;
  return { name, value: figure.value, n: figure.n, interval: figure.interval };
}
