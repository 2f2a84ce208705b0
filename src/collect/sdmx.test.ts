import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { type Collecting, collecting } from '../../test/collecting.ts';
import type { Json } from '../model/json.ts';
import rest from './collectors/rest.ts';
import { createSdmxCutter, sdmxCharset } from './sdmx-records.ts';
import { readSdmxSeries } from './sdmx-series.ts';

const SERIES = [
  `<generic:Series>
  <generic:SeriesKey><generic:Value id="PRODUIT" value="pain"/></generic:SeriesKey>
  <generic:Attributes><generic:Value id="IDBANK" value="1"/><generic:Value id="TITLE" value="Prix du pain &amp; du blé"/></generic:Attributes>
  <generic:Obs><generic:ObsDimension value="2025"/><generic:ObsValue value="1.2"/>
    <generic:Attributes><generic:Value id="OBS_STATUS" value="P"/></generic:Attributes></generic:Obs>
  <generic:Obs><generic:ObsDimension value="2024"/><generic:ObsValue value="1.1"/></generic:Obs>
</generic:Series>`,
  '<generic:Series><generic:SeriesKey><generic:Value id="IDBANK" value="2"/></generic:SeriesKey></generic:Series>',
];
const message = (series: readonly string[], encoding = 'UTF-8') => `<?xml version="1.0" encoding="${encoding}"?>
<!DOCTYPE x [<!ENTITY boum "boum">]>
<message:GenericData xmlns:message="m" xmlns:generic="g"><message:Header><message:ID>é</message:ID></message:Header>
<message:DataSet>${series.join('\n')}</message:DataSet></message:GenericData>`;

function cut(bytes: Buffer, size: number, maximum = 10_000): readonly string[] {
  const cutter = createSdmxCutter(maximum);
  const found: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    found.push(...cutter.push(bytes.subarray(at, at + size)).map((series) => series.toString()));
  }
  cutter.end();
  return found;
}

test.each([1, 2, 3, 7, 64, 100_000])('series are cut with their exact bytes, %i bytes at a time', (size) => {
  expect(cut(Buffer.from(message(SERIES)), size)).toEqual(SERIES);
});

test('observations outside a series are records', () => {
  const flat = ['<Obs A="1" TIME_PERIOD="2025" OBS_VALUE="3"/>', '<Obs A="2" TIME_PERIOD="2025" OBS_VALUE="4"/>'];
  expect(cut(Buffer.from(message(flat)), 11)).toEqual(flat);
  expect(readSdmxSeries(flat[0]!).value).toEqual({ observations: [{ A: '1', period: '2025', value: '3' }] });
});

test('a series is read into dimensions, attributes and observations', () => {
  expect(readSdmxSeries(SERIES[0]!)).toEqual({
    value: {
      ...{ PRODUIT: 'pain', IDBANK: '1', TITLE: 'Prix du pain & du blé' },
      observations: [
        { period: '2025', value: '1.2', OBS_STATUS: 'P' },
        { period: '2024', value: '1.1' },
      ],
    },
    fields: [
      ['PRODUIT', 'pain'],
      ['IDBANK', '1'],
      ['TITLE', 'Prix du pain & du blé'],
      ['2025', '1.2'],
      ['2024', '1.1'],
    ],
  });
  for (const text of ['', 'x', '<Series', '<Series a="&boum;"/>']) expect(readSdmxSeries(text).value).toBeDefined();
});

test.each([
  ['deep', `<a><DataSet>${'<b>'.repeat(100)}`, /nested deeper than 64/],
  ['cut', message(SERIES).slice(0, -30), /ends before its XML does/],
  ['no data', '<html><body>Maintenance</body></html>', /is no SDMX-ML/],
  ['a giant series', message([`<Series a="${'x'.repeat(20_000)}"/>`]), /longer than 10000 bytes/],
  ['a giant comment', message([`<!--${'x'.repeat(20_000)}-->`]), /longer than 10000 bytes/],
])('a message that is %s is refused', (_, xml, reason) => {
  expect(() => cut(Buffer.from(xml), 512)).toThrow(reason);
});

test.each([
  ['<?xml version="1.0" encoding="ISO-8859-1"?>', 'application/xml', 'windows-1252'],
  ["\uFEFF<?xml version='1.0' encoding='utf-8'?>", 'application/xml; charset=latin1', 'utf-8'],
  ['<a/>', 'application/xml;charset="ISO-8859-15"', 'iso-8859-15'],
  ['<a/>', 'application/xml; charset=inconnu', 'utf-8'],
])('the charset of %s in %s', (head, type, charset) => {
  expect(sdmxCharset(Buffer.from(head), type)).toBe(charset);
});

async function collect(bytes: Buffer, states = new Map<string, Json>()): Promise<Collecting> {
  const server = createServer((request, response) => {
    const isKnown = request.headers['if-none-match'] === '"v1"';
    response.writeHead(isKnown ? 304 : 200, { 'content-type': 'application/xml', etag: '"v1"', connection: 'close' });
    response.end(isKnown ? undefined : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const map = { id: 'IDBANK', title: 'TITLE', text: 'TITLE' };
  const stateless = new Map([...states].map(([key, value]) => [key.replace(/:\d+/, `:${new URL(url).port}`), value]));
  const collected = await collecting(rest as never, { url, format: 'sdmx', map }, { allow: [url], states: stateless });
  for (const [key, value] of stateless) states.set(key, value);
  await new Promise((resolve) => server.close(resolve));
  return collected;
}

test('a message in another charset keeps its bytes and is read in it', async () => {
  const bytes = Buffer.from(message(SERIES, 'ISO-8859-1'), 'latin1');
  const { events, items, openings } = await collect(bytes);
  expect(events.map(({ kind }) => kind)).toEqual(['opening', 'record', 'record', 'closing']);
  expect(openings[0]!.charset).toBe('windows-1252');
  expect(items[0]).toMatchObject({ id: '1', title: 'Prix du pain & du blé' });
  const records = events.filter((event) => event.kind === 'record');
  expect(records.map(({ key }) => key)).toEqual(['1', '2']);
  expect(bytes.includes(Buffer.from(records[0]!.bytes))).toBe(true);
});

test('what came before a cut is kept, and the cut is told', async () => {
  const bytes = Buffer.from(message([...SERIES, '<generic:Series><generic:SeriesKey>'])).subarray(0, -70);
  const { events, items, refusals } = await collect(bytes);
  expect(items).toHaveLength(2);
  expect(refusals).toEqual([expect.stringMatching(/^input-unreadable/)]);
  expect(events.at(-1)).toMatchObject({ kind: 'closing', state: null });
});

test('an unchanged message is not read again', async () => {
  const states = new Map<string, Json>();
  await collect(Buffer.from(message(SERIES)), states);
  expect((await collect(Buffer.from(message(SERIES)), states)).events.map(({ kind }) => kind)).toEqual(['state']);
});
