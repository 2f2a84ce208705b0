// GDELT's Global Knowledge Graph: real rows beside what another reader found in them, value by value.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GkgEvent, gkgRows } from '../../src/collect/gdelt-rows.ts';
import { readGkgRow } from '../../src/collect/gkg-item.ts';
import {
  entriesOf,
  type GkgColumn,
  gkgCells,
  gkgText,
  placesOf,
  quotationsOf,
  toneOf,
} from '../../src/collect/gkg-row.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

interface Expected {
  readonly id: string;
  readonly translated: boolean;
  readonly date: string;
  readonly collection: string;
  readonly source: string;
  readonly url: string;
  readonly tone: Readonly<Record<string, number>>;
  readonly v1location_widths: readonly number[];
  readonly v2location_widths: readonly number[];
  readonly country_codes_fips: readonly string[];
  readonly translation_info: string | null;
  readonly src_lang: string | null;
  readonly [count: `n_${string}`]: number;
}

const verbose = process.argv.includes('--verbose');

const conformance: Conformance = async (data) => {
  const folder = join(data, 'gdelt');
  const expected = JSON.parse(readFileSync(join(folder, 'expected-first10.json'), 'utf8')) as Readonly<
    Record<string, readonly Expected[]>
  >;
  return [
    await rowsOf(folder, 'gkg.csv', expected['gkg.csv']!),
    await rowsOf(folder, 'gkgT.csv', expected['gkgT.csv']!),
  ];
};
export default conformance;

async function rowsOf(folder: string, file: string, expected: readonly Expected[]): Promise<ConformanceLine> {
  const events: GkgEvent[] = [];
  const reading = { location: file, keeps: () => true };
  for await (const event of gkgRows(chunksOf(join(folder, file)), reading, new AbortController().signal)) {
    events.push(event);
  }
  const rows = events.filter((event) => event.kind === 'record');
  let values = 0;
  let passed = 0;
  expected.forEach((row, at) => {
    const found = rows[at] === undefined ? {} : valuesOf(rows[at].bytes);
    const wanted = wantedOf(row);
    const wrong = Object.keys(wanted).filter((name) => JSON.stringify(found[name]) !== JSON.stringify(wanted[name]));
    values += Object.keys(wanted).length;
    if (wrong.length === 0) passed += 1;
    else if (verbose)
      process.stderr.write(`${row.id} ${wrong.map((name) => `${name}: ${JSON.stringify(found[name])}`)}\n`);
  });
  return {
    name: `gdelt: ${file}, rows exact`,
    passed,
    total: expected.length,
    figure: `${values} values; ${rows.length} rows read, ${events.length - rows.length} refused`,
  };
}

type Values = Readonly<Record<string, unknown>>;

/** Their widths of places are not compared: a place of another width is none here, and is missing from the counts. */
function wantedOf(row: Expected): Values {
  const { translated: _, v1location_widths: _first, v2location_widths: _second, ...rest } = row;
  return { ...rest, tone: Object.values(row.tone) };
}

function valuesOf(bytes: Uint8Array): Values {
  const cells = gkgCells(bytes);
  const text = (column: GkgColumn) => gkgText(cells, column);
  const count = (column: GkgColumn, separator: string) => entriesOf(text(column), separator).length;
  const first = placesOf(text('V1LOCATIONS'), 7);
  const second = placesOf(text('V2ENHANCEDLOCATIONS'), 9);
  const translation = text('V2.1TRANSLATIONINFO');
  const tone = toneOf(text('V1.5TONE'));
  const item = readGkgRow(bytes);
  return {
    id: item.id,
    date: item.publishedAt?.replace(/[-:TZ]/g, ''),
    collection: text('V2SOURCECOLLECTIONIDENTIFIER'),
    source: item.attributes?.media,
    url: item.url ?? text('V2DOCUMENTIDENTIFIER'),
    tone: tone && [tone.tone, tone.positive, tone.negative, tone.polarity, tone.activity, tone.selfGroup, tone.words],
    n_v1themes: count('V1THEMES', ';'),
    n_v2themes: count('V2ENHANCEDTHEMES', ';'),
    n_v1locations: first.length,
    n_v2locations: second.length,
    country_codes_fips: [...new Set(first.map(({ country }) => country))].sort(),
    n_persons: count('V1PERSONS', ';'),
    n_orgs: count('V1ORGANIZATIONS', ';'),
    n_gcam: count('V2GCAM', ','),
    n_quotations: quotationsOf(text('V2.1QUOTATIONS')).length,
    translation_info: translation || null,
    src_lang: translation === '' ? null : item.attributes?.language,
  };
}

/** In pieces that cut rows anywhere. */
async function* chunksOf(path: string): AsyncIterable<Buffer> {
  const bytes = readFileSync(path);
  for (let at = 0; at < bytes.length; at += 4099) yield bytes.subarray(at, at + 4099);
}
