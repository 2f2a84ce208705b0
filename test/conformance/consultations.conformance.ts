// A real consultation from its files to its barometer: the command line, the embedded database, the default codebook.
// Its copy holds no author. People are invented here, one a contribution, and some sign: none may reach the release.

import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import Papa from 'papaparse';
import { removeServer } from '../../src/store/server.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const verbose = process.argv.includes('--verbose');

interface Person {
  readonly name: string;
  readonly mail: string;
  readonly phone: string;
  readonly address: string;
}

const FIRST = [
  'Camille',
  'Mathurin',
  'Sidonie',
  'Anselme',
  'Ghislaine',
  'Thibaut',
  'Noémie',
  'Karim',
  'Mei',
  'Aminata',
];
const LAST = ['Tastevin', 'Le Guillou', 'Bourrasset', 'Nzambé', 'Derouault', 'Quillivic', 'Ferrandoux', 'Ait Saadoune'];
const STREETS = [
  'rue des Tilleuls',
  'avenue Jean-Jaurès',
  'impasse du Lavoir',
  'place de la Halle',
  'chemin des Vignes',
];
/** One contribution in so many is signed with all that its author could write. */
const SIGNED_EVERY = 25;

const consultations: Conformance = async (data) => {
  const folder = join(data, 'consultations/republique-numerique');
  if (!existsSync(folder)) return [];
  const project = mkdtempSync(join(tmpdir(), 'datasens-consultation-'));
  try {
    const people = makeProject(project, folder);
    const start = performance.now();
    const counts = await run(project);
    const seconds = (performance.now() - start) / 1000;
    const release = join(project, '.datasens/releases', counts['publish opinion']!.release as string);
    return [
      ...countLines(counts, seconds),
      barometerLine(release, join(project, '.datasens/indicators', counts['publish opinion']!.release as string)),
      ...(await personalLines(project, release, people)),
    ];
  } finally {
    await removeServer(join(project, '.datasens/postgres'));
    rmSync(project, { recursive: true, force: true });
  }
};
export default consultations;

function makeProject(project: string, folder: string): readonly Person[] {
  mkdirSync(join(project, 'inputs'));
  copyFileSync(join(ROOT, 'examples/concertation/grilles/barometre.yaml'), join(project, 'barometre.yaml'));
  copyFileSync(join(folder, 'propositions.jsonl'), join(project, 'inputs/propositions.jsonl'));
  const rows = Papa.parse<Record<string, string>>(readFileSync(join(folder, 'arguments.csv'), 'utf8').slice(1), {
    delimiter: ';',
    header: true,
    skipEmptyLines: true,
  }).data;
  const people = rows.map((_, at) => personOf(at));
  const signed = rows.map((row, at) => {
    const { name, mail, phone, address } = people[at]!;
    const signature = `\n\nCordialement,\n${name}\n${address}\nTél. : ${phone} – ${mail}`;
    const contribution = `${row.Contribution}${at % SIGNED_EVERY === 0 ? signature : ''}`;
    return { ...row, Contribution: contribution, Auteur: name, Courriel: mail, Adresse: address };
  });
  const csv = Papa.unparse(signed, { delimiter: ';', newline: '\r\n' });
  writeFileSync(join(project, 'inputs/arguments.csv'), `\uFEFF${csv}\r\n`);
  const source = (file: string, map: string) =>
    `{ collector: file, with: { path: inputs/${file}, map: ${map} }, licence: lov2, purpose: essai, legalBasis: mission d'intérêt public, retention: 1 year }`;
  writeFileSync(
    join(project, 'datasens.yaml'),
    `organisation: Essai
store: { database: embedded }
sources:
  arguments: ${source('arguments.csv', '{ id: Identifiant, title: Titre de la proposition, text: Contribution, author: Auteur, attributes: [Sens] }')}
  propositions: ${source('propositions.jsonl', '{ id: id, title: titre, text: texte, attributes: [chapitre] }')}
annotate: { codebook: barometre.yaml }
publish: { opinion: { formats: [parquet, csv] } }
`,
  );
  return people;
}

function personOf(at: number): Person {
  const first = FIRST[at % FIRST.length]!;
  const last = LAST[Math.floor(at / FIRST.length) % LAST.length]!;
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return {
    name: `${first} ${last}`,
    mail: `${plain}@courriel.example`,
    phone: `06 ${[at, at + 7, at + 31, at + 53].map((part) => String(part % 100).padStart(2, '0')).join(' ')}`,
    address: `${1 + (at % 180)} ${STREETS[at % STREETS.length]}, 35${String(at % 1000).padStart(3, '0')} Rennes`,
  };
}

type Counts = Readonly<Record<string, Readonly<Record<string, number | string>>>>;

async function run(project: string): Promise<Counts> {
  const { stdout } = await promisify(execFile)(join(ROOT, 'bin/datasens'), ['--project', project, 'run', '--quiet']);
  return (JSON.parse(stdout) as { readonly data: { readonly counts: Counts } }).data.counts;
}

function countLines(counts: Counts, seconds: number): readonly ConformanceLine[] {
  const { collect, refine, annotate, govern, copies } = counts as Required<Counts>;
  const cleared = Number(govern!.cleared);
  const expected = 3123 + 551;
  return [
    {
      name: 'consultation: records to documents',
      passed: Number(annotate!.annotated),
      total: expected,
      figure: `${collect!.records} records, ${refine!.documents} documents, ${refine!.failed} failed, in ${seconds.toFixed(1)} s`,
    },
    {
      name: 'consultation: cleared',
      passed: cleared,
      total: expected,
      figure: `${govern!.refused} refused; ${copies!.copies} copies in ${copies!.clusters} clusters`,
    },
  ];
}

/** The whole figure of the barometer, against the rows of the release counted by another reader. */
function barometerLine(release: string, indicators: string): ConformanceLine {
  const rows = Papa.parse<Record<string, string>>(readFileSync(join(release, 'data/documents.csv'), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;
  const tone = (label: string) => rows.filter((row) => row.tone === label).length;
  const { cells } = JSON.parse(readFileSync(join(indicators, 'barometer.json'), 'utf8')) as {
    readonly cells: readonly Readonly<Record<string, unknown>>[];
  };
  const whole = cells.find(
    ({ counting, theme, week, department }) =>
      counting === 'raw' && theme === null && week === null && department === null,
  )!;
  const agrees =
    whole.n === rows.length &&
    whole.negative === tone('negatif') &&
    whole.neutral === tone('neutre') &&
    whole.positive === tone('positif');
  const figure = `${cells.length} cells; n ${whole.n}: ${whole.negative} negative, ${whole.neutral} neutral, ${whole.positive} positive`;
  return { name: 'consultation: barometer recounted', passed: agrees ? 1 : 0, total: 1, figure };
}

/** Forms that nobody writes by chance. Hashes hold ten digits: figures beside letters are no phone. */
const FORMS: Readonly<Record<string, RegExp>> = {
  mail: /[\p{L}\d._%+-]+@[a-z\d-]+\.[a-z]{2,}/giu,
  phone: /(?<![\p{L}\d/=_.-])(?:\+33 ?|0)[1-9](?:[ .-]?\d\d){4}(?![\p{L}\d])/gu,
  street: /\b\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|impasse|chemin|place) (?:d|J|G|V)[\p{L}'’ -]{4,}/gu,
};

async function personalLines(
  project: string,
  release: string,
  people: readonly Person[],
): Promise<readonly ConformanceLine[]> {
  const published = await everythingIn(release);
  const received = readdirSync(join(project, 'inputs')).map((name) =>
    readFileSync(join(project, 'inputs', name), 'utf8'),
  );
  const values = [
    ...new Set(people.flatMap(({ name, mail, phone, address }) => [name, mail, phone, address.split(',')[0]!])),
  ];
  const shown = values.filter((value) => published.some((text) => holds(text, value)));
  if (verbose) console.error(`consultation: shown ${shown.join(' | ')}`);
  return [
    {
      name: 'consultation: invented people unseen',
      passed: values.length - shown.length,
      total: values.length,
      figure: `names, mails, phones and streets; ${Math.ceil(people.length / SIGNED_EVERY)} contributions signed`,
    },
    ...Object.entries(FORMS).map(([form, pattern]) => {
      const before = received.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
      const after = published.flatMap((text) => text.match(pattern) ?? []);
      if (verbose) console.error(`consultation: ${form} ${[...new Set(after)].join(' | ')}`);
      const figure = `${before} in what was received, ${after.length} in the files of the release`;
      return { name: `consultation: no ${form}`, passed: before - after.length, total: before, figure };
    }),
  ];
}

/** A word of its own: `Mei` is in no other word. */
function holds(text: string, value: string): boolean {
  return text.includes(value) && new RegExp(`(?<![\\p{L}\\d])${RegExp.escape(value)}(?![\\p{L}\\d])`, 'u').test(text);
}

/** Text of every file of a release, the Parquet ones as DuckDB reads them. */
async function everythingIn(release: string): Promise<readonly string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const names = readdirSync(release, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts: string[] = [];
  for (const { parentPath, name } of names) {
    const path = join(parentPath, name);
    if (!name.endsWith('.parquet')) texts.push(readFileSync(path, 'utf8'));
    else {
      const rows = await connection.runAndReadAll(`select to_json(r)::varchar from read_parquet('${path}') r`);
      texts.push(rows.getRows().flat().join('\n'));
    }
  }
  connection.closeSync();
  instance.closeSync();
  return texts;
}
