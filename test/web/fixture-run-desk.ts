// A desk over the fictive runs, for the tests of the API and of the workbench.

import { DataSensError } from '../../src/model/error.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { JOURNEY_STEPS } from '../../src/run/journey-request.ts';
import type { RunCost } from '../../src/run/model-cost.ts';
import type { Reader, Run } from '../../src/run/reader.ts';
import type { RunDesk, RunDetail, RunSource } from '../../src/run/run-desk.ts';

export interface FixtureRunDesk extends RunDesk {
  /** What was asked of it, in order. */
  readonly asked: readonly string[];
}

const ESTIMATE = {
  seconds: { low: 20, middle: 148, high: 260 },
  records: { low: 0, middle: 1440, high: 1502 },
  backlog: 12,
  runs: 3,
  unknown: ['presse'],
  phases: { collect: 4, drain: 110, copies: 8, govern: 10, publish: 9, decide: 2 },
};

const REFUSALS = [
  {
    location: 'inputs/reclamations.csv',
    at: 'line 812',
    code: 'input-unreadable',
    message: 'the row has 7 cells instead of 9',
  },
  {
    location: 'inputs/ateliers.xlsx',
    at: '',
    code: 'input-unreadable',
    message: 'inputs/ateliers.xlsx is no workbook',
  },
];

/** One source alone costs what a person must confirm. */
function costOf(needsYes: boolean): RunCost {
  const lucie = {
    annotator: 'lucie',
    model: 'OpenLLM-France/Lucie-7B-Instruct-v1.1',
    documents: 412,
    inputTokens: 498_520,
    outputTokens: 37_080,
    hours: 0.14,
    euros: 0.35,
    kilowattHours: 0.05,
    basis: 'measured',
  } as const;
  return { annotators: [lucie], above: needsYes ? ['documents'] : [] };
}

/** Runs of the reader, told in full; another may be started where none goes. */
export function fixtureRunDesk(reader: Reader): FixtureRunDesk {
  const asked: string[] = [];
  const going = async () => (await reader.runs()).find(({ state }) => state === 'running')?.id ?? null;
  const begin = async (what: string): Promise<string> => {
    if ((await going()) !== null) throw new DataSensError('locked', 'another run is in progress', { remedy: 'wait' });
    asked.push(what);
    return (await reader.runs())[0]?.id ?? 'run-0';
  };
  return {
    asked,
    choices: async () => ({
      steps: JOURNEY_STEPS,
      sources: ['concertation', 'presse', 'reclamations'],
      busy: await going(),
    }),
    estimate: async ({ sources }) => (sources?.length === 1 && sources[0] === 'presse' ? null : ESTIMATE),
    cost: async ({ steps, sources }) => (steps.includes('annotate') ? costOf(sources?.length === 1) : null),
    start: ({ steps, sources, refused, accept, confirmed }) =>
      begin(
        ['start', steps, sources ?? [], refused ? 'refused' : [], accept ? 'accept' : [], confirmed ? 'confirmed' : []]
          .flat(0)
          .map(String)
          .filter(Boolean)
          .join(' '),
      ),
    async cancel(id) {
      const run = await reader.run(id);
      if (run === null) throw new DataSensError('not-found', 'there is no such run');
      asked.push(`cancel ${id}`);
      return run.state;
    },
    retry: (id) => begin(`retry ${id}`),
    async detail(id) {
      const run = await reader.run(id);
      return run === null ? null : detailOf(run);
    },
    difference: async (id) =>
      (await reader.run(id)) === null
        ? null
        : {
            previous: { id: 'run-1', startedAt: '2026-08-31T21:04:00Z', seconds: 152 },
            sources: [
              {
                source: 'concertation',
                added: 62,
                changed: 4,
                gone: 1,
                captured: true,
                refusals: { added: 0, resolved: 2 },
              },
              {
                source: 'presse',
                added: 12,
                changed: null,
                gone: null,
                captured: true,
                refusals: { added: 0, resolved: 0 },
              },
              {
                source: 'reclamations',
                added: 0,
                changed: 0,
                gone: 0,
                captured: false,
                refusals: { added: 3, resolved: 0 },
              },
            ],
            stages: [
              { stage: 'collect', now: 78, before: 1440 },
              { stage: 'refine', now: 78, before: 1440 },
            ],
          },
    manifest: async (id): Promise<JsonObject | null> =>
      (await reader.run(id)) === null ? null : { format: 'datasens-run@1', id, counts: {}, context: {} },
  };
}

function detailOf(run: Run): RunDetail {
  const isGoing = run.state === 'running';
  const isFailed = run.state === 'failed';
  return {
    ...run,
    steps: JOURNEY_STEPS,
    asked: null,
    retryOf: isGoing ? 'run-2' : null,
    cancelRequestedAt: null,
    estimate: isFailed ? null : ESTIMATE,
    remaining: isGoing ? { seconds: 95, atLeast: true } : null,
    seconds: isGoing ? 41 : 150,
    sources: sourcesOf(run),
    copies: isGoing || isFailed ? null : { documents: 380, distinct: 341, copies: 39 },
    recipes: isGoing || isFailed ? null : { waiting: 1, replaced: 1, changed: 126 },
    reasons: isGoing || isFailed ? {} : { 'text-empty': 5, superseded: 2 },
    failure: isFailed
      ? {
          code: 'input-missing',
          message: 'inputs/absent.csv does not exist',
          remedy: 'put it there, or correct the path',
          place: null,
          requestId: 'b7c1e3a0-2f4d-4a56-9f0e-3f1d2c4b5a69',
        }
      : null,
    failedBatches: isGoing
      ? []
      : [
          {
            source: 'concertation',
            stage: 'refine',
            code: 'store-corrupt',
            message: 'a record of raw/3f/3f2a.pack cannot be opened',
            batches: 1,
            records: 500,
            open: 1,
          },
        ],
    log: [
      { at: '2026-09-01T06:30:11.120Z', stage: 'collect', kind: 'started', counts: {} },
      {
        at: '2026-09-01T06:30:12.480Z',
        stage: 'collect',
        kind: 'progress',
        counts: { source: 'concertation', records: 400 },
      },
    ],
    retry: isGoing ? null : isFailed ? 'rest' : 'failed',
  };
}

function sourcesOf(run: Run): readonly RunSource[] {
  const collect = run.stages.filter(({ stage }) => stage === 'collect');
  const failure = {
    code: 'remote-refused',
    message: 'the feed answers 403',
    remedy: 'check the address and the account',
    place: 'https://presse.example/flux, after 12 record(s)',
    requestId: null,
  } as const;
  const source = (name: string, part: Partial<RunSource>): RunSource => ({
    name,
    state: 'done',
    seconds: 1.4,
    stages: collect,
    error: null,
    refusals: [],
    refused: 0,
    ...part,
  });
  if (run.state === 'running')
    return [source('concertation', {}), source('presse', { state: 'running', seconds: null, stages: [] })];
  return [
    source('concertation', {}),
    source('presse', { state: 'failed', error: failure }),
    source('reclamations', { refusals: REFUSALS, refused: 23 }),
  ];
}
