import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { collecting, effectsFor } from '../../../test/collecting.ts';
import type { Json } from '../../model/json.ts';
import type { CollectEffects, Collected, CollectRequest } from '../collector.ts';
import web from './web.ts';

const APPROVED = { approvedBy: 'DPO', approvedOn: '2025-10-06' };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let home = '';
let site: Record<string, Answer> = {};
let asked: string[] = [];

const send =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
const page = (words: string) => send(`<!doctype html><title>${words}</title><p>${words}</p>`);
const moved = (to: string) => send('', { location: to }, 301);

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const answer = site[request.url!];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  site = {};
  asked = [];
});

const collect = (settings: Record<string, unknown>, states = new Map<string, Json>(), now = '2026-05-12T08:00:00Z') =>
  collecting(web, { ...APPROVED, ...settings }, { allow: [home], states, now });
const paths = (...names: string[]) => names.map((name) => `${home}${name}`);
const evidenceIn = (events: readonly Collected[]) => events.filter((event) => event.kind === 'evidence');

describe('approval', () => {
  const problems = (settings: object) =>
    web.config
      .safeParse({ pages: ['https://val-clair.example/'], ...settings })
      .error?.issues.map(({ message }) => message);

  test('nothing is collected before the settings say who approved it and when, and they say why', () => {
    expect(problems({})).toEqual([expect.stringContaining('CNIL'), expect.stringContaining('CNIL')]);
    expect(problems({ approvedBy: 'DPO', approvedOn: 'hier' })).toEqual([expect.stringContaining('CNIL')]);
    expect(problems({ approvedBy: 'DPO', approvedOn: '2999-01-01' })).toEqual([
      expect.stringContaining('in the future'),
    ]);
    expect(problems(APPROVED)).toBeUndefined();
  });

  test('a sitemap or pages are needed', () => {
    expect(web.config.safeParse(APPROVED).error?.issues[0]?.message).toContain('`sitemap` or `pages`');
  });
});

describe('pages', () => {
  test('are kept as received, in their charset, and read back', async () => {
    const latin = Buffer.from('<title>Été</title><p>À la déchetterie</p>', 'latin1');
    site['/a'] = send(latin, { 'content-type': 'text/html; charset=iso-8859-1' });
    site['/b'] = send('Bonjour à tous', { 'content-type': 'text/plain' });
    const { events, items, openings } = await collect({ pages: paths('/a', '/b', '/a#haut') });
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['evidence', 'state', 'opening', 'record', 'closing', 'opening', 'record', 'closing'],
    ]);
    expect(events.find((event) => event.kind === 'record')?.bytes).toEqual(latin);
    expect(openings[0]).toMatchObject({ location: `${home}/a`, mediaType: 'text/html', charset: 'windows-1252' });
    expect(items[0]).toMatchObject({ id: `${home}/a`, url: `${home}/a`, title: 'Été', textFormat: 'page' });
    expect(items[0]!.text).toContain('À la déchetterie');
    expect(items[1]).toMatchObject({ title: null, text: 'Bonjour à tous', textFormat: 'plain' });
  });

  test('are asked again only for what changed', async () => {
    let version = 1;
    site['/a'] = (request, response) => {
      const etag = `"v${version}"`;
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
      return void response.writeHead(200, { 'content-type': 'text/html', etag }).end(`<p>Version ${version}</p>`);
    };
    site['/b'] = page('Sans date');
    const states = new Map<string, Json>();
    expect((await collect({ pages: paths('/a', '/b') }, states)).items).toHaveLength(2);
    const again = await collect({ pages: paths('/a', '/b') }, states);
    expect(again.events.map(({ kind }) => kind)).toEqual(['evidence', 'state']);
    version = 2;
    expect((await collect({ pages: paths('/a', '/b') }, states)).items.map(({ text }) => text)).toEqual([
      '<p>Version 2</p>',
    ]);
  });

  test('that are gone, broken, too large or no pages are refused one by one', async () => {
    site['/410'] = send('', {}, 410);
    site['/500'] = send('', {}, 500);
    site['/pdf'] = send('%PDF-1.7', { 'content-type': 'application/pdf' });
    site['/image'] = send('GIF', { 'content-type': 'image/gif' });
    site['/grande'] = page('mot '.repeat(2000));
    site['/bonne'] = page('Bonjour');
    const names = ['/404', '/410', '/500', '/pdf', '/image', '/grande', '/bonne'];
    const { refusals, events, items } = await collect({ pages: paths(...names), maximumBytes: 4000 });
    expect(refusals).toEqual([
      `remote-refused ${home}/404`,
      `remote-refused ${home}/410`,
      `remote-unavailable ${home}/500`,
      `input-unsupported ${home}/pdf`,
      `input-unsupported ${home}/image`,
      `input-too-large ${home}/grande`,
    ]);
    const words = events.flatMap((event) => (event.kind === 'refusal' ? [event.message] : []));
    expect(words[1]).toContain('is gone (410)');
    expect(words[3]).toContain('`pdf`');
    expect(words[4]).toContain('`file`');
    expect(items.map(({ title }) => title)).toEqual(['Bonjour']);
  });

  test('that moved are followed within their site and said, not into what it forbids', async () => {
    site['/robots.txt'] = send('User-agent: *\nDisallow: /prive/');
    site['/ancienne'] = moved('/nouvelle');
    site['/nouvelle'] = page('Nouvelle');
    site['/secret'] = moved('/prive/1');
    site['/prive/1'] = page('Privée');
    const { openings, items, refusals, events } = await collect({ pages: paths('/ancienne', '/secret') });
    expect(openings).toHaveLength(1);
    expect(openings[0]).toMatchObject({ location: `${home}/ancienne`, context: { movedFrom: `${home}/ancienne` } });
    expect(items[0]!.url).toBe(`${home}/nouvelle`);
    expect(refusals).toEqual([`remote-refused ${home}/secret`]);
    expect(events.some((event) => event.kind === 'refusal' && event.message.includes('disallow: /prive/'))).toBe(true);
  });

  test('that moved to a site whose rules were not read are refused', async () => {
    site['/parti'] = page('Parti');
    const real = effectsFor({ allow: [home] });
    const effects: CollectEffects = {
      ...real,
      // Egress follows redirects to public hosts only, and there is none here.
      fetch: async (url, request) => ({ ...(await real.fetch(url, request)), url: 'https://ailleurs.example/parti' }),
    };
    const settings = web.config.parse({ ...APPROVED, pages: paths('/parti') });
    const events = await Array.fromAsync(web.collect(settings, effects));
    expect(events.at(-1)).toMatchObject({
      kind: 'refusal',
      code: 'remote-refused',
      message: expect.stringContaining('moved to https://ailleurs.example'),
    });
  });
});

describe('the rules of a site', () => {
  test('are obeyed, and told once as evidence before any page', async () => {
    site['/robots.txt'] = send('User-agent: DataSens\nDisallow: /prive/\nAllow: /prive/avis$');
    site['/.well-known/tdmrep.json'] = send('[{"location":"/presse/","tdm-reservation":1}]');
    site['/cgu'] = page('Conditions');
    for (const name of ['/a', '/prive/1', '/prive/avis', '/presse/1']) site[name] = page(name);
    const settings = { pages: paths('/a', '/prive/1', '/prive/avis', '/presse/1'), terms: paths('/cgu') };
    const { events, items, refusals } = await collect(settings);
    expect(items.map(({ title }) => title)).toEqual(['/a', '/prive/avis']);
    expect(refusals).toEqual([`remote-refused ${home}/prive/1`, `remote-refused ${home}/presse/1`]);
    expect(asked).not.toContain('/prive/1');
    expect(asked).not.toContain('/presse/1');
    expect(evidenceIn(events)).toEqual([
      {
        kind: 'evidence',
        subject: home,
        why: expect.any(String),
        detail: {
          robots: {
            url: `${home}/robots.txt`,
            status: 200,
            sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
            rules: 2,
            crawlDelaySeconds: null,
          },
          mining: { url: `${home}/.well-known/tdmrep.json`, status: 200, sha256: expect.any(String), rules: 1 },
          terms: [{ url: `${home}/cgu`, status: 200, sha256: expect.any(String) }],
          checkedAt: '2026-05-12T08:00:00.000Z',
          remembered: false,
          pages: 4,
          allowed: 2,
          rules: { 'no rule': 1, 'disallow: /prive/': 1, 'allow: /prive/avis$': 1, 'tdm-reservation: 1': 1 },
          approvedBy: 'DPO',
          approvedOn: '2025-10-06',
        },
      },
    ]);
    expect(events[0]?.kind).toBe('evidence');
  });

  test('are remembered for a day', async () => {
    site['/a'] = page('A');
    const states = new Map<string, Json>();
    await collect({ pages: paths('/a') }, states);
    asked = [];
    const again = await collect({ pages: paths('/a') }, states, '2026-05-13T07:59:00Z');
    expect(asked).toEqual(['/a']);
    expect(evidenceIn(again.events)[0]?.detail).toMatchObject({
      remembered: true,
      checkedAt: '2026-05-12T08:00:00.000Z',
    });
    asked = [];
    await collect({ pages: paths('/a') }, states, '2026-05-13T08:01:00Z');
    expect(asked).toEqual(['/robots.txt', '/.well-known/tdmrep.json', '/a']);
  });

  test('that cannot be read forbid everything, and are asked again the next time', async () => {
    site['/robots.txt'] = send('', {}, 503);
    site['/a'] = page('A');
    const states = new Map<string, Json>();
    const { items, refusals } = await collect({ pages: paths('/a') }, states);
    expect(items).toEqual([]);
    expect(refusals).toEqual([`remote-unavailable ${home}/a`]);
    expect(asked).not.toContain('/a');
    delete site['/robots.txt'];
    expect((await collect({ pages: paths('/a') }, states)).items).toHaveLength(1);
  });

  test('pages that ask not to be kept are not', async () => {
    site['/noindex'] = send('<p>Non</p>', { 'x-robots-tag': 'noindex' });
    site['/archive'] = send('<meta name="robots" content="noarchive"><p>Non</p>');
    site['/tdm'] = send('<p>Non</p>', { 'tdm-reservation': '1' });
    site['/tdm-meta'] = send('<meta name="tdm-reservation" content="1"><p>Non</p>');
    const { items, refusals } = await collect({ pages: paths('/noindex', '/archive', '/tdm', '/tdm-meta') });
    expect(items).toEqual([]);
    expect(refusals).toHaveLength(4);
  });

  test('a crawl-delay sets the pace, and one beyond reason stops', async () => {
    site['/robots.txt'] = send('User-agent: *\nCrawl-delay: 4');
    site['/a'] = page('A');
    const paces: (number | undefined)[] = [];
    const real = effectsFor({ allow: [home] });
    const effects: CollectEffects = {
      ...real,
      fetch(url: string, request: CollectRequest = {}) {
        if (url.endsWith('/a')) paces.push(request.perSecond);
        return real.fetch(url, request);
      },
    };
    await Array.fromAsync(web.collect(web.config.parse({ ...APPROVED, pages: paths('/a'), perSecond: 5 }), effects));
    expect(paces).toEqual([0.25]);
    site['/robots.txt'] = send('User-agent: *\nCrawl-delay: 86400');
    expect((await collect({ pages: paths('/a') })).refusals).toEqual([`remote-refused ${home}/a`]);
  });

  test('an undeclared host is not asked at all', async () => {
    const settings = { ...APPROVED, pages: ['http://ailleurs.example/'] };
    const { refusals } = await collecting(web, settings, { allow: [home] });
    expect(refusals).toEqual(['egress-refused http://ailleurs.example/']);
  });
});

describe('sitemaps', () => {
  test('indexes lead to sitemaps, gzipped or not, and to the pages wanted', async () => {
    const urls = (...names: string[]) =>
      `<urlset>${names.map((name) => `<url><loc>${home}${name}</loc></url>`).join('')}</urlset>`;
    site['/plan.xml'] = send(
      `<sitemapindex><sitemap><loc>${home}/1.xml</loc></sitemap><sitemap><loc>${home}/2.xml.gz</loc></sitemap><sitemap><loc>${home}/plan.xml</loc></sitemap></sitemapindex>`,
    );
    site['/1.xml'] = send(urls('/actualites/1', '/agenda/1', '/actualites/brouillon-1'), {
      'content-type': 'text/xml',
    });
    site['/2.xml.gz'] = send(gzipSync(urls('/actualites/2', '/actualites/1', '/actualites/3')), {
      'content-type': 'application/gzip',
    });
    for (const name of ['/actualites/1', '/actualites/2', '/actualites/3']) site[name] = page(name);
    const settings = { sitemap: `${home}/plan.xml`, include: ['/actualites/*'], exclude: ['*brouillon*'] };
    expect((await collect(settings)).items.map(({ title }) => title)).toEqual([
      '/actualites/1',
      '/actualites/2',
      '/actualites/3',
    ]);
    expect(asked.filter((name) => name === '/plan.xml')).toHaveLength(1);
    expect(asked).not.toContain('/agenda/1');
    expect((await collect({ ...settings, maximumPages: 2 })).items).toHaveLength(2);
  });

  test('one that cannot be read is refused, and the others are', async () => {
    site['/faux.xml'] = page('Accueil');
    site['/liste.txt'] = send(`${home}/a\n`, { 'content-type': 'text/plain' });
    site['/a'] = page('A');
    const { refusals, items } = await collect({ sitemap: paths('/absent.xml', '/faux.xml', '/liste.txt') });
    expect(refusals).toEqual([`remote-refused ${home}/absent.xml`, `input-unreadable ${home}/faux.xml`]);
    expect(items).toHaveLength(1);
  });
});

test('stops where it is cancelled', async () => {
  const effects = effectsFor({ allow: [home], signal: AbortSignal.abort(new Error('stopped by the test')) });
  const collected = Array.fromAsync(web.collect(web.config.parse({ ...APPROVED, pages: paths('/a') }), effects));
  await expect(collected).rejects.toThrow('stopped by the test');
});
