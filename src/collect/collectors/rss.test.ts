import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { effectsFor } from '../../../test/collecting.ts';
import type { Json } from '../../model/json.ts';
import type { Collected } from '../collector.ts';
import rss from './rss.ts';

const FEED = `<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0"><channel><title>L'Écho</title><link>https://echo.example/</link>
<item><title>Première &eacute;dition</title><link>https://echo.example/1</link><guid>1</guid><description>&lt;p&gt;Un &amp;amp; deux&lt;/p&gt;</description></item>
<item><title>Sans fin</title><link>https://echo.example/2</link>
<item><title>Troisième</title><guid isPermaLink="false">trois</guid></item>
</channel></rss>`;

let server: Server;
let home = '';
const asked: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.headers['if-none-match'] as string | undefined);
    if (request.url === '/gone') return response.writeHead(410).end();
    if (request.headers['if-none-match'] === '"v1"') return response.writeHead(304).end();
    return response.writeHead(200, { 'content-type': 'text/xml', etag: '"v1"' }).end(Buffer.from(FEED, 'latin1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function collect(feeds: readonly string[], states: Map<string, Json>): Promise<readonly Collected[]> {
  const events: Collected[] = [];
  for await (const event of rss.collect(rss.config.parse({ feeds }), effectsFor({ allow: [home], states }))) {
    events.push(event);
    if (event.kind === 'closing' && event.state) states.set(event.state.key, event.state.value);
  }
  return events;
}

test('keeps each item as received, reads it back, and salvages what is broken', async () => {
  const events = await collect([`${home}/feed`], new Map());
  expect(events.map(({ kind }) => kind)).toEqual(['opening', 'record', 'record', 'record', 'closing']);
  const { opening } = events[0] as Extract<Collected, { kind: 'opening' }>;
  const records = events.filter((event) => event.kind === 'record');
  expect(records.map(({ key }) => key)).toEqual(['1', 'https://echo.example/2', 'trois']);
  expect(Buffer.from(FEED, 'latin1').includes(Buffer.from(records[0]!.bytes))).toBe(true);
  const item = await rss.read(records[0]!.bytes, { ...opening, key: null }, rss.config.parse({ feeds: ['x'] }));
  expect(item).toMatchObject({
    title: 'Première édition',
    text: '<p>Un &amp; deux</p>',
    url: 'https://echo.example/1',
  });
  expect(item.findings.map(({ code }) => code)).toEqual(['feed-salvaged']);
});

test('asks only for what changed, and takes no for an answer', async () => {
  const states = new Map<string, Json>();
  await collect([`${home}/feed`], states);
  asked.length = 0;
  expect(await collect([`${home}/feed`], states)).toEqual([]);
  expect(asked).toEqual(['"v1"']);
});

test('a feed that is gone leaves the others alone', async () => {
  const events = await collect([`${home}/gone`, `${home}/feed`], new Map());
  expect(events[0]).toMatchObject({ kind: 'refusal', code: 'remote-refused' });
  expect(events.at(-1)?.kind).toBe('closing');
});

test('reads JSON feeds and Atom entries', () => {
  const config = rss.config.parse({ feeds: ['x'] });
  const opening = { location: 'x', charset: 'utf-8', mediaType: 'application/json', key: null };
  const json = rss.read(
    Buffer.from('{"id":"a","content_html":"<b>Oui</b>","date_published":"2026-05-12"}'),
    { ...opening, context: { format: 'json' } },
    config,
  );
  expect(json).toMatchObject({ id: 'a', text: '<b>Oui</b>', textFormat: 'html', publishedAt: '2026-05-12' });
  const atom =
    '<entry xml:base="https://echo.example/a/"><id>tag:1</id><link href="b"/><author><name>Zoé</name></author><content type="xhtml"><div>Corps</div></content></entry>';
  expect(rss.read(Buffer.from(atom), { ...opening, context: { format: 'xml' } }, config)).toMatchObject({
    id: 'tag:1',
    url: 'https://echo.example/a/b',
    authors: ['Zoé'],
    text: '<div>Corps</div>',
  });
});

test.each([
  [
    'mark-up that Atom holds as elements keeps its entities',
    '<content type="xhtml"><div>1 &lt; 2</div></content>',
    '<div>1 &lt; 2</div>',
  ],
  ['mark-up that Atom holds as text is read once', '<content type="html">1 &amp;lt; 2</content>', '1 &lt; 2'],
  ['base64 of Atom 0.3 is decoded', '<content mode="base64">\n w4l0w6kgwqs=</content>', 'Été «'],
  ['base64 of Atom 1.0 too', '<content type="application/octet-stream">w4l0w6kgwqs=</content>', 'Été «'],
  ['what only says to be base64 stays', '<content mode="base64">pas du tout</content>', 'pas du tout'],
  ['characters that XML forbids are dropped', '<content>ab\bcd</content>', 'abcd'],
  ['names in capitals are names', '<Description>Corps</Description>', 'Corps'],
])('%s', (_, content, text) => {
  const opening = { location: 'x', charset: 'utf-8', mediaType: 'application/xml', key: null };
  const context = { format: 'xml', base: 'https://echo.example/a/' };
  const entry = Buffer.from(`<entry><id>12</id>${content}</entry>`);
  const item = rss.read(entry, { ...opening, context }, rss.config.parse({ feeds: ['x'] }));
  expect(item).toMatchObject({ id: 'https://echo.example/a/12', text });
});
