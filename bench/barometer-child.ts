// Publishes synthetic rows and computes their barometer, in a process of its own, so that its memory is its own.

import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { compose } from '../examples/concertation/fabrique/writing.ts';
import { barometer, queryBarometer } from '../src/decide/barometer.ts';
import { clear, cleared } from '../src/govern/clear.ts';
import { DEFAULT_POLICY, policyId } from '../src/govern/policy.ts';
import type { Cleared } from '../src/model/clearance.ts';
import type { DocumentId } from '../src/model/identity.ts';
import type { ReleaseRow } from '../src/model/release.ts';
import { publish } from '../src/publish/publish.ts';
import { verifyRelease } from '../src/publish/verify.ts';
import { openDuckDb } from '../src/run/duckdb.ts';
import { loadExporters } from '../src/run/plugins.ts';

export interface BarometerFigures {
  readonly publishSeconds: number;
  readonly parquetBytes: number;
  readonly csvBytes: number;
  /** Largest resident memory while publishing, the engine's included. */
  readonly publishPeakBytes: number;
  readonly verifySeconds: number;
  readonly barometerSeconds: number;
  readonly querySeconds: number;
  readonly cells: number;
  readonly peakBytes: number;
}

const TEXT_LENGTH = 600;
const THEMES = Object.keys(PHRASES);
const TONES = ['negatif', 'neutre', 'positif'] as const;
const DEPARTMENTS = Array.from({ length: 95 }, (_, at) => String(at + 1).padStart(2, '0')).filter(
  (code) => code !== '20',
);

const [folder, size] = process.argv.slice(2) as [string, string];
const count = Number(size);
const coverage = {
  collected: count,
  readable: count,
  distinct: count,
  annotated: count,
  validated: 0,
  published: count,
  excluded: {},
};

const exporters = await loadExporters();
const publishing = performance.now();
const release = await publish(
  syntheticRows(count),
  {
    folder,
    name: 'bench',
    title: 'Bench',
    organisation: 'Bench',
    contact: null,
    formats: [exporters.get('parquet')!, exporters.get('csv')!],
    coverage,
    sources: [],
    codebook: null,
    policy: { id: policyId(DEFAULT_POLICY) },
    recipe: {},
    generator: 'datasens bench',
  },
  { signal: new AbortController().signal, openDuckDb },
);
const publishSeconds = secondsSince(publishing);
const publishPeakBytes = process.resourceUsage().maxRSS * 1024;
const verifying = performance.now();
const { ok, problems } = await verifyRelease(folder, { openDuckDb });
if (!ok) throw new Error(JSON.stringify(problems));
const verifySeconds = secondsSince(verifying);
const local = { ...release, folder };
const deciding = performance.now();
const { cells } = await barometer(local, {}, { openDuckDb });
const barometerSeconds = secondsSince(deciding);
const asking = performance.now();
await queryBarometer(local, { filter: {}, by: ['week', 'theme'], counting: 'deduplicated' }, { openDuckDb });
const figures: BarometerFigures = {
  publishSeconds,
  parquetBytes: (await stat(join(folder, 'data/documents.parquet'))).size,
  csvBytes: (await stat(join(folder, 'data/documents.csv'))).size,
  publishPeakBytes,
  verifySeconds,
  barometerSeconds,
  querySeconds: secondsSince(asking),
  cells: cells.length,
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
await rm(folder, { recursive: true, force: true });
process.send!(figures);
process.disconnect();

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

/** Rows over a year of weeks, all themes and départements; 2 % are copies, in clusters of up to ten. */
async function* syntheticRows(rows: number): AsyncIterable<Cleared<ReleaseRow>> {
  const random = seeded(rows);
  const texts = Array.from({ length: 20_000 }, () => longText(random));
  const clearance = { findings: [], licence: 'lov2', superseded: false, retentionExpired: false, textLength: 1 };
  for (let at = 0; at < rows; at += 1) {
    // Rising ids that look like hashes.
    const document = `${at.toString(16).padStart(8, '0')}${hash(String(at)).slice(8)}` as DocumentId;
    const day = new Date(Date.UTC(2025, 5, 2 + (at % 364)));
    const monday = new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * 86_400_000);
    const copied = at % 500 < 10;
    const row: ReleaseRow = {
      document,
      source: `source-${at % 5}`,
      key: String(at),
      title: null,
      text: `${random.pick(texts)} (dossier ${at * 7919})`,
      language: 'fr',
      published: day.toISOString().slice(0, 10),
      publishedPrecision: 'day',
      week: monday.toISOString().slice(0, 10),
      commune: null,
      epci: null,
      department: random.chance(0.05) ? null : random.pick(DEPARTMENTS),
      region: null,
      territoryRule: 'department-code',
      gazetteer: '2026',
      theme: random.pick(THEMES),
      themeScore: (at % 1000) / 1000,
      tone: random.chance(0.2) ? 'abstention' : random.pick(TONES),
      toneScore: (at % 997) / 1000,
      labels: {},
      annotators: 'lexical',
      provisional: true,
      cluster: copied ? (hash(`cluster ${Math.floor(at / 500)}`) as DocumentId) : null,
      clusterSize: copied ? 10 : 1,
      representative: at % 500 === 0 || !copied,
      url: null,
      licence: 'lov2',
      attributes: '{"canal":"courrier"}',
      record: hash(`record ${at}`),
      recipe: hash('recipe'),
    };
    yield cleared(row, clear({ document, ...clearance }, DEFAULT_POLICY))!;
  }
}

function longText(random: ReturnType<typeof seeded>): string {
  const [name, postcode] = random.pick(COMMUNES);
  let text = '';
  while (text.length < TEXT_LENGTH) {
    text += `${compose(random.pick(THEMES), random.pick(TONES), { name, postcode }, random)} `;
  }
  return text.slice(0, TEXT_LENGTH);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
