// APIs as they really answered: recorded answers of a CKAN portal replayed by a server of this machine, and an SDMX message
// of INSEE. What is expected is counted by plain reading of the recordings, without the collector.

import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import rest from '../../src/collect/collectors/rest.ts';
import type { Item } from '../../src/model/item.ts';
import { collecting } from '../collecting.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

interface Recording {
  readonly uri: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const conformance: Conformance = async (data) => [
  ...(await ckan(join(data, 'api/ckan-cassettes'))),
  ...(await insee(join(data, 'api/insee'))),
];
export default conformance;

async function ckan(folder: string): Promise<readonly ConformanceLine[]> {
  const counts = { answers: 0, read: 0, items: 0, same: 0, exact: 0, records: 0, refused: 0, refusals: 0 };
  for (const file of readdirSync(folder).sort()) {
    for (const recording of recordings(join(folder, file))) {
      counts.answers += 1;
      const expected = packagesOf(recording);
      const { items, records, refusals } = await replay(recording, (url) => ({
        preset: 'ckan-datasets',
        url,
        ...pathOf(recording),
      }));
      if (recording.status >= 400) {
        counts.refusals += 1;
        if (refusals === 1 && items.length === 0) counts.refused += 1;
        continue;
      }
      if (refusals === 0 && items.length === expected.length) counts.read += 1;
      else if (process.argv.includes('--verbose'))
        process.stderr.write(`${basename(file)}: ${items.length}/${expected.length}\n`);
      expected.forEach((wanted, at) => {
        counts.items += 1;
        const found = items[at];
        const same = [
          found?.id === wanted.id,
          found?.title === (blank(wanted.title) ?? null),
          (blank(found?.text) ?? null) === (blank(wanted.notes) ?? null),
          found?.publishedAt === wanted.metadata_created,
        ];
        if (same.every(Boolean)) counts.same += 1;
      });
      for (const record of records) {
        counts.records += 1;
        if (bodyOf(recording).includes(record)) counts.exact += 1;
      }
    }
  }
  const good = counts.answers - counts.refusals;
  return [
    { name: 'rest: CKAN answers, every item', passed: counts.read, total: good, figure: percent(counts.read, good) },
    {
      name: 'rest: CKAN items, modelled values',
      passed: counts.same,
      total: counts.items,
      figure: percent(counts.same, counts.items),
    },
    {
      name: 'rest: CKAN records, bytes as received',
      passed: counts.exact,
      total: counts.records,
      figure: percent(counts.exact, counts.records),
    },
    {
      name: 'rest: CKAN errors, refused',
      passed: counts.refused,
      total: counts.refusals,
      figure: percent(counts.refused, counts.refusals),
    },
  ];
}

async function insee(folder: string): Promise<readonly ConformanceLine[]> {
  const counts = { series: 0, found: 0, values: 0, right: 0 };
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.xml'))) {
    const body = readFileSync(join(folder, file));
    const text = body.toString('utf8');
    const series = text.split(/<(?:\w+:)?Series>/).slice(1);
    const recording = { uri: `/${file}`, status: 200, headers: { 'content-type': 'application/xml' }, body };
    const { items } = await replay(recording, (url) => ({ preset: 'insee-bdm', url, params: {} }));
    counts.series += series.length;
    counts.found += Math.min(items.length, series.length);
    series.forEach((xml, at) => {
      const attributes = [...xml.matchAll(/<(?:\w+:)?Value id="([^"]+)" value="([^"]*)"/g)].filter(
        ([, id]) => id !== 'OBS_STATUS',
      );
      const observations = [...xml.matchAll(/ObsDimension value="([^"]+)"\/>\s*<(?:\w+:)?ObsValue value="([^"]+)"/g)];
      const fields = new Map(items[at]?.fields ?? []);
      for (const [, name, value] of [...attributes, ...observations]) {
        counts.values += 1;
        if (fields.get(name!) === value) counts.right += 1;
      }
    });
  }
  return [
    {
      name: 'rest: INSEE SDMX, series',
      passed: counts.found,
      total: counts.series,
      figure: percent(counts.found, counts.series),
    },
    {
      name: 'rest: INSEE SDMX, values',
      passed: counts.right,
      total: counts.values,
      figure: percent(counts.right, counts.values),
    },
  ];
}

interface Replayed {
  readonly items: readonly Item[];
  readonly records: readonly Buffer[];
  readonly refusals: number;
}

/** Serves one recording, and nothing after it. */
async function replay(recording: Recording, settings: (url: string) => object): Promise<Replayed> {
  let times = 0;
  const server = createServer((_request, response) => {
    times += 1;
    const isPast = times > 1 && recording.status < 400;
    response.writeHead(isPast ? 404 : recording.status, { ...recording.headers, connection: 'close' });
    response.end(isPast ? undefined : recording.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(recording.uri, 'http://x').pathname}`;
  const config = { perSecond: 100, maximumPages: 1, ...settings(url) };
  const { events, items, refusals } = await collecting(rest as never, config, { allow: [url] });
  await new Promise((resolve) => server.close(resolve));
  const records = events.flatMap((event) => (event.kind === 'record' ? [Buffer.from(event.bytes)] : []));
  return { items, records, refusals: refusals.length };
}

function recordings(path: string): readonly Recording[] {
  const cassette = parse(readFileSync(path, 'utf8')) as {
    interactions: {
      request: { uri: string };
      response: { status: { code: number }; headers: Record<string, readonly string[]>; body: { string: unknown } };
    }[];
  };
  const left = new Set(['content-length', 'transfer-encoding', 'connection', 'set-cookie']);
  return cassette.interactions.map(({ request, response }) => ({
    uri: request.uri,
    status: response.status.code,
    headers: Object.fromEntries(
      Object.entries(response.headers).flatMap(([name, values]) =>
        left.has(name.toLowerCase()) ? [] : [[name, String(values[0])]],
      ),
    ),
    body: Buffer.from(response.body.string as Uint8Array),
  }));
}

function bodyOf({ body }: Recording): Buffer {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
}

interface Package {
  readonly id: string;
  readonly title: string | null;
  readonly notes: string | null;
  readonly metadata_created: string;
}

/** `package_search` answers a page of results, `group_package_show` a bare list. */
function packagesOf(recording: Recording): readonly Package[] {
  const { result } = JSON.parse(bodyOf(recording).toString('utf8')) as { result?: { results?: Package[] } | Package[] };
  return Array.isArray(result) ? result : (result?.results ?? []);
}

function pathOf({ uri }: Recording): { readonly items?: string } {
  return uri.includes('group_package_show') ? { items: 'result' } : {};
}

const blank = (text: string | null | undefined) => (text?.trim() ? text : undefined);
const percent = (part: number, whole: number) => `${whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10} %`;
