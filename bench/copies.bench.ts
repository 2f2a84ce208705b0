// Copies: what a look costs when 1,000 documents come to 100,000, beside comparing everything; and the comparison alone.
// DATASENS_BENCH_ROWS chooses the size. Times are of processors, this process and the database's, since others may use them too.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { areAlike, comparable } from '../src/refine/comparable.ts';
import { signatureOf } from '../src/refine/signature.ts';
import { clusterDocuments } from '../src/run/cluster.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { documentRows } from '../src/store/document-rows.ts';
import { insertDocuments } from '../src/store/documents.ts';
import { removeServer, startServer } from '../src/store/server.ts';
import { bringSnapshot, documentOf, RECIPE } from '../test/corpus.ts';
import { longText } from './corpus-csv.ts';
import { report } from './report.ts';

const ROWS = Number(process.env.DATASENS_BENCH_ROWS ?? '100000');
const ADDED = 1_000;
const BATCH = 2_000;
/** Of `sysconf(_SC_CLK_TCK)`: 100 on every Linux. */
const TICKS_PER_SECOND = 100;

const random = seeded(ROWS);
const form = textOf(0);
let made = 0;
let earlier = form;

const folder = await mkdtemp(join(tmpdir(), 'datasens-copies-'));
const postgres = join(folder, 'postgres');
try {
  const { url } = await startServer(postgres);
  const database = await openDatabase({ url, organisation: 'bench' });
  await bring(database, ROWS);
  await measured('first', ROWS, () => look(database));
  await measured('again', 0, () => look(database));
  await bring(database, ADDED);
  await measured('added', ADDED, () => look(database));
  await measured('whole', ROWS + ADDED, () => look(database, true));
  await database.close();
} finally {
  await removeServer(postgres);
  await rm(folder, { recursive: true, force: true });
}
for (const length of [100, 600]) compareAlone(length);

function look(database: Database, whole = false) {
  const silent = { started: () => undefined, progress: () => undefined, finished: () => undefined };
  return clusterDocuments({ database, recipes: [RECIPE], signal: new AbortController().signal }, silent, { whole });
}

/** Texts of about 600 characters; 2 % are copies to the letter, 2 % near copies, 2 % fill in one form. */
async function bring(database: Database, rows: number): Promise<void> {
  for (let start = 0; start < rows; start += BATCH) {
    const texts = Array.from({ length: Math.min(BATCH, rows - start) }, () => nextText());
    await database.transaction(async (tx) => {
      const brought = await bringSnapshot(tx, {
        texts: texts.map((text, at) => `${made} ${at} ${text}`),
        location: `inputs/${made}.csv`,
      });
      const documents = texts.map((text, at) => {
        const { bands, fingerprint } = signatureOf(text);
        return documentOf(brought, at, { text, bands, fingerprint });
      });
      await insertDocuments(tx, documentRows(documents));
    });
  }
  await database.refreshStatistics();
}

function nextText(): string {
  made += 1;
  const kind = random.next();
  if (kind < 0.02) return earlier;
  if (kind < 0.04) return earlier.replace(/\p{L}{4,}/gu, (word) => (random.chance(0.06) ? 'vraiment' : word));
  if (kind < 0.06) return `${textOf(made)} ${form.slice(0, 400)}`;
  const text = textOf(made);
  if (kind < 0.15) earlier = text;
  return text;
}

function textOf(row: number): string {
  const [name, postcode] = random.pick(COMMUNES);
  return longText({ name, postcode }, random, row);
}

async function measured(name: string, n: number, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  const [own, server] = [process.cpuUsage(), await serverSeconds()];
  const counts = await work();
  const used = process.cpuUsage(own);
  const seconds = (used.user + used.system) / 1e6;
  report({ name: `copies.${ROWS}.${name}.ownProcessor`, value: seconds, unit: 's', n });
  report({ name: `copies.${ROWS}.${name}.databaseProcessor`, value: (await serverSeconds()) - server, unit: 's', n });
  report({ name: `copies.${ROWS}.${name}.elapsed`, value: (performance.now() - started) / 1000, unit: 's', n });
  if (process.env.DATASENS_BENCH_VERBOSE) process.stderr.write(`${name} ${JSON.stringify(counts)}\n`);
}

/** Processor time of the database's processes, those that ended included; 0 where /proc does not tell. */
async function serverSeconds(): Promise<number> {
  const lines = (await readFile(join(postgres, 'data/postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  let ticks = 0;
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // After the name, which may hold anything: state, parent, …, then times of its own and of its ended children.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (pid !== lines[0] && fields[1] !== lines[0]) continue;
    const times = fields.slice(11, pid === lines[0] ? 15 : 13);
    ticks += times.reduce((sum, time) => sum + Number(time), 0);
  }
  return ticks / TICKS_PER_SECOND;
}

/** Signatures, and comparisons of one text with another, a second of one processor. */
function compareAlone(length: number): void {
  const texts = Array.from({ length: 2_000 }, (_, at) => textOf(at).slice(0, length));
  const own = process.cpuUsage();
  for (const text of texts) signatureOf(text);
  const values = texts.map(comparable);
  for (const [at, value] of values.entries()) areAlike(value, values[(at + 1) % values.length]!);
  const used = process.cpuUsage(own);
  const perSecond = texts.length / ((used.user + used.system) / 1e6);
  report({ name: `copies.signatureAndComparison.${length}`, value: perSecond, unit: 'documents/s', n: texts.length });
}
