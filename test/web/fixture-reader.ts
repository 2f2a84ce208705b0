// A Reader over fictive data, for the tests of the API and of the workbench, and for `npm run dev`.

import { Readable } from 'node:stream';
import type { DocumentId, ReleaseId } from '../../src/model/identity.ts';
import type { Coverage, Manifest, Withheld } from '../../src/model/release.ts';
import type { Journey, Reader, Run, RunEvent, RunStage, StageState } from '../../src/run/reader.ts';
import { fixtureContext } from './fixture-context.ts';
import { fixtureCopies } from './fixture-copies.ts';
import { fixtureCorpus, hash } from './fixture-corpus.ts';
import { fixtureCells } from './fixture-figures.ts';
import { fixtureDocument, fixtureSearch } from './fixture-search.ts';
import { THEMES } from './fixture-words.ts';

export interface FixtureReader extends Reader {
  /** Ids of documents, in the order they were collected. */
  readonly documents: readonly DocumentId[];
  /** Appends the next events of the running run; returns false once it has ended. */
  advance(): boolean;
}

interface FixtureOptions {
  readonly size?: number;
  readonly empty?: boolean;
  readonly extra?: readonly string[];
  /** Labels that the release keeps back. */
  readonly withheld?: readonly Withheld[];
}

const RELEASE = hash('release') as ReleaseId;
const FILE = new TextEncoder().encode('document;theme\r\nabc;ecologie\r\n');
/** Id of the run that `advance` moves. */
export const RUNNING = 'a3a9e1f2-7a57-4d0e-8a0a-64a4d5b8c111';
const STEPS = 40;

export function fixtureReader({
  size = 400,
  empty = false,
  extra = [],
  withheld = [],
}: FixtureOptions = {}): FixtureReader {
  const documents = empty ? [] : fixtureCorpus(size, extra);
  const coverage = coverageOf(documents.length, documents.filter((document) => document.representative).length);
  const events: RunEvent[] = [eventOf(1)];
  const listeners = new Set<() => void>();
  const runs = (): readonly Run[] => (empty ? [] : [runningRun(events.at(-1)!), ...pastRuns(documents.length)]);
  const manifest = manifestOf(coverage);
  const release = {
    id: RELEASE,
    name: 'opinion',
    title: 'Concertation mobilités 2026',
    publishedAt: '2026-09-01T06:32:40Z',
    documents: coverage.published,
  };
  return {
    ...fixtureCopies(documents),
    ...fixtureContext(documents),
    documents: documents.map((document) => document.id as DocumentId),
    advance() {
      if (events.length >= STEPS + 1) return false;
      events.push(eventOf(events.length + 1));
      for (const listener of listeners) listener();
      return true;
    },
    journey: async () => journeyOf(documents.length, coverage, empty ? null : release),
    barometer: async (filter, counting, by) =>
      empty
        ? null
        : {
            release: RELEASE,
            filter,
            cells: fixtureCells(documents, filter, { counting, by }),
            coverage,
            provisional: true,
            severalThemes: false,
            withheld,
          },
    search: async (query) => fixtureSearch(documents, query),
    document: async (id) => fixtureDocument(documents, id),
    codebook: async () => ({
      version: 'barometre@1',
      tasks: [
        {
          id: 'theme',
          title: { fr: 'Thème', en: 'Theme' },
          none: 'hors-theme',
          categories: THEMES.map(({ id, fr, en }) => ({ id, title: { fr, en } })),
        },
        {
          id: 'tone',
          title: { fr: 'Ton', en: 'Tone' },
          none: null,
          categories: [
            { id: 'negatif', title: { fr: 'Négatif', en: 'Negative' } },
            { id: 'neutre', title: { fr: 'Neutre', en: 'Neutral' } },
            { id: 'positif', title: { fr: 'Positif', en: 'Positive' } },
          ],
        },
      ],
    }),
    runs: async () => runs(),
    run: async (id) => runs().find((run) => run.id === id) ?? null,
    runEvents: async (id, after) => (id === RUNNING ? events.filter((event) => event.seq > after).slice(0, 500) : []),
    async subscribe(_id, onEvent, signal) {
      listeners.add(onEvent);
      signal.addEventListener('abort', () => listeners.delete(onEvent), { once: true });
    },
    releases: async () => (empty ? [] : [{ ...release, manifest }]),
    releaseFile: async (id, path) =>
      id === RELEASE && path === 'opinion.csv'
        ? { mediaType: 'text/csv', sizeBytes: FILE.length, sha256: hash('file'), body: Readable.from([FILE]) }
        : null,
  };
}

function coverageOf(collected: number, distinct: number): Coverage {
  const refused = Math.round(collected / 40);
  return {
    collected: collected + refused,
    readable: collected,
    distinct,
    annotated: collected,
    validated: 0,
    published: collected,
    excluded: collected === 0 ? {} : { 'text-empty': refused - 2, 'personal-residual': 2 },
  };
}

function journeyOf(size: number, coverage: Coverage, release: Journey['latestRelease']): Journey {
  const empty = size === 0;
  const lastRun = empty ? null : { id: 'run-2', endedAt: '2026-09-01T06:32:41Z' };
  const stage = (name: StageState['stage'], received: number, done: number): StageState => ({
    stage: name,
    state: empty ? 'empty' : 'done',
    ...{ received, done, refused: received - done, waiting: 0, lastRun },
    provisional: !empty && (name === 'annotate' || name === 'decide'),
  });
  return {
    organisation: 'Communauté de communes du Val-Clair',
    language: 'fr',
    empty,
    stages: [
      stage('collect', coverage.collected, coverage.collected),
      stage('refine', coverage.collected, coverage.readable),
      stage('annotate', coverage.readable, coverage.annotated),
      stage('govern', coverage.annotated, coverage.published),
      stage('publish', coverage.published, coverage.published),
      stage('decide', coverage.published, coverage.published),
    ],
    coverage,
    sources: empty
      ? []
      : ['concertation', 'reclamations', 'presse'].map((name, index) => ({
          name,
          collector: name === 'presse' ? 'rss' : 'file',
          licence: name === 'reclamations' ? 'interne' : 'lov2',
          purpose: 'analyser la concertation mobilités 2026',
          legalBasis: 'mission d’intérêt public',
          retention: '3 years',
          documents: Math.round(size * [0.62, 0.2, 0.18][index]!),
          lastCollectedAt: '2026-09-01T06:30:12Z',
          refusals: index === 1 ? 3 : 0,
        })),
    latestRelease: release,
    measurements: empty
      ? []
      : [
          { name: 'tone.accuracy', value: 0.712, n: 400, interval: { low: 0.666, high: 0.754 } },
          { name: 'theme.accuracy', value: 0.643, n: 400, interval: { low: 0.595, high: 0.688 } },
          { name: 'copies.recall', value: 0.973, n: 152, interval: null },
          { name: 'personal.recall', value: 0.941, n: 186, interval: { low: 0.897, high: 0.967 } },
        ],
  };
}

function stagesAt(step: number): readonly RunStage[] {
  const done = (from: number) => Math.max(0, Math.min(400, (step - from) * 22));
  const stage = (name: RunStage['stage'], counts: Partial<RunStage>, isTold = true): RunStage => {
    const kept = { done: 0, known: 0, refused: 0, empty: 0, failed: 0, left: 0, ...counts };
    const total = kept.done + kept.known + kept.refused + kept.empty + kept.failed + kept.left;
    return { stage: name, ...kept, total: isTold ? total : null };
  };
  return [
    stage('collect', { done: Math.max(0, done(0) - 15), known: Math.min(12, done(0)), refused: step > 8 ? 3 : 0 }),
    stage('refine', { done: Math.min(385, done(4)), known: step > 8 ? 12 : 0, left: Math.max(0, 385 - done(4)) }),
    stage(
      'annotate',
      { done: Math.min(380, done(9)), empty: step > 26 ? 5 : 0, left: Math.max(0, 380 - done(9)) },
      step > 6,
    ),
    stage('govern', { done: Math.min(378, done(14)), refused: step > 20 ? 7 : 0 }, step > 31),
    stage('publish', { done: step > 36 ? 378 : 0 }, step > 36),
    stage('decide', { done: step > 38 ? 378 : 0 }, step > 38),
  ];
}

function eventOf(seq: number): RunEvent {
  const ended = seq > STEPS;
  return {
    seq,
    at: new Date(Date.UTC(2026, 8, 2, 8, 0, seq)).toISOString(),
    kind: seq === 1 ? 'started' : ended ? 'ended' : 'progress',
    state: ended ? 'done' : 'running',
    stages: stagesAt(seq),
    remaining: ended || seq < 3 ? null : { seconds: STEPS - seq, atLeast: false },
  };
}

function runningRun(last: RunEvent): Run {
  return {
    id: RUNNING,
    command: 'run',
    state: last.state,
    startedAt: '2026-09-02T08:00:00Z',
    endedAt: last.kind === 'ended' ? last.at : null,
    stages: last.stages,
    error: null,
  };
}

function pastRuns(size: number): readonly Run[] {
  const stages = stagesAt(100).map((stage) => ({
    ...stage,
    total: size,
    done: size - stage.refused - stage.known - stage.empty,
  }));
  return [
    {
      ...{ id: 'run-2', command: 'run', state: 'done', error: null, stages },
      ...{ startedAt: '2026-09-01T06:30:11Z', endedAt: '2026-09-01T06:32:41Z' },
    },
    {
      ...{ id: 'run-1', command: 'collect', state: 'failed', stages: stages.slice(0, 1) },
      ...{ startedAt: '2026-08-31T21:04:00Z', endedAt: '2026-08-31T21:04:03Z' },
      error: 'input-missing',
    },
  ];
}

function manifestOf(coverage: Coverage): Manifest {
  return {
    format: 'datasens-release@1',
    name: 'opinion',
    organisation: 'Communauté de communes du Val-Clair',
    title: 'Concertation mobilités 2026',
    documents: coverage.published,
    files: [{ path: 'opinion.csv', sha256: hash('file'), sizeBytes: FILE.length, mediaType: 'text/csv' }],
    coverage,
    sources: [],
    codebook: null,
    policy: {},
    recipe: {},
    generator: 'datasens 0.1.0',
  };
}
