import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { collecting, effectsFor } from '../../../test/collecting.ts';
import { type GkgSpec, gkgRow } from '../../../test/gkg-file.ts';
import { zip } from '../../../test/zip.ts';
import type { Json } from '../../model/json.ts';
import gdelt from './gdelt.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gdelt-'));
});
afterEach(() => rmSync(root, { recursive: true }));

let server: Server;
let home = '';
/** What the server has, by path. */
const files = new Map<string, Buffer>();
const asked: { path: string; range: string | undefined; sent: number }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const body = files.get(request.url!);
    const { range } = request.headers;
    const [, from, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
    if (body === undefined) return response.writeHead(404).end();
    if (from === undefined) {
      asked.push({ path: request.url!, range, sent: body.length });
      return response.writeHead(200).end(body);
    }
    const start = from === '' ? Math.max(0, body.length - Number(last)) : Number(from);
    asked.push({ path: request.url!, range, sent: Math.max(0, body.length - start) });
    if (start >= body.length) return response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
    const place = `bytes ${start}-${body.length - 1}/${body.length}`;
    return response.writeHead(206, { 'content-range': place }).end(body.subarray(start));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  files.clear();
  asked.length = 0;
});

/** Puts a file of rows on the server; its line of the list. */
function publish(stamp: string, rows: readonly Omit<GkgSpec, 'id'>[], { md5, gone = false } = { md5: '' }): string {
  const name = `${stamp}.translation.gkg.csv`;
  const text = rows.map((row, at) => `${gkgRow({ ...row, id: `${stamp}-T${at}` })}\n`).join('');
  const packed = zip({ [name]: text });
  if (!gone) files.set(`/gdeltv2/${name}.zip`, packed);
  return `${packed.length} ${md5 || createHash('md5').update(packed).digest('hex')} ${home}/gdeltv2/${name}.zip`;
}

function list(name: string, lines: readonly string[]): string {
  files.set(`/gdeltv2/${name}`, Buffer.from(lines.map((line) => `${line}\n`).join('')));
  return `${home}/gdeltv2/${name}`;
}

const collect = (config: object, states = new Map<string, Json>()) =>
  collecting(gdelt, config, { root, states, allow: [home], now: '2026-05-12T12:00:00Z' });
const titles = ({ items }: Awaited<ReturnType<typeof collect>>) => items.map(({ title }) => title);

describe('a list of files', () => {
  test('is read from the first day asked, GKG files only, each a snapshot', async () => {
    const lists = [
      list('masterfilelist.txt', [
        publish('20260510230000', [{ title: 'Avant' }]),
        publish('20260511000000', [{ title: 'Un' }, { title: 'Deux' }]),
        `12 ${'0'.repeat(32)} ${home}/gdeltv2/20260511000000.export.CSV.zip`,
        `12 ${'0'.repeat(32)} ${home}/gdeltv2/20260511000000.mentions.CSV.zip`,
        publish('20260511001500', [{ title: 'Trois' }]),
      ]),
    ];
    const read = await collect({ lists, since: '2026-05-11' });
    expect(titles(read)).toEqual(['Un', 'Deux', 'Trois']);
    expect(read.refusals).toEqual([]);
    expect(read.openings.map(({ location }) => location.split('/').at(-1))).toEqual([
      '20260511000000.translation.gkg.csv.zip',
      '20260511001500.translation.gkg.csv.zip',
    ]);
    expect(titles(await collect({ lists, since: '2026-05-11', until: '2026-05-10' }))).toEqual([]);
  });

  test('is taken up where it ended, some files at a time', async () => {
    const stamps = ['20260512080000', '20260512081500', '20260512083000', '20260512084500', '20260512090000'];
    const lists = [list('lastupdate.txt', stamps.map((stamp) => publish(stamp, [{ title: stamp }])).toReversed())];
    const states = new Map<string, Json>();
    expect(titles(await collect({ lists, maximumFiles: 2 }, states))).toEqual(stamps.slice(0, 2));
    expect(titles(await collect({ lists, maximumFiles: 2 }, states))).toEqual(stamps.slice(2, 4));
    expect(titles(await collect({ lists, maximumFiles: 2 }, states))).toEqual(stamps.slice(4));
    expect((await collect({ lists, maximumFiles: 2 }, states)).events).toEqual([]);
  });

  test('is taken up after a crash at the file that was not finished', async () => {
    const stamps = ['20260512080000', '20260512081500', '20260512083000'];
    const lists = [
      list(
        'lastupdate.txt',
        stamps.map((stamp) => publish(stamp, [{ title: stamp }, { title: 'b' }])),
      ),
    ];
    const states = new Map<string, Json>();
    const config = gdelt.config.parse({ lists });
    const effects = effectsFor({ root, states, allow: [home], now: '2026-05-12T12:00:00Z' });
    let records = 0;
    for await (const event of gdelt.collect(config, effects)) {
      if (event.kind === 'closing' && event.state) states.set(event.state.key, event.state.value);
      records += event.kind === 'record' ? 1 : 0;
      if (records === 3) break;
    }
    expect(titles(await collect({ lists }, states))).toEqual([stamps[1], 'b', stamps[2], 'b']);
  });

  test('loses nothing to a file that is missing or is not what was announced: both are asked for again, not for ever', async () => {
    const lists = [
      list('lastupdate.txt', [
        publish('20260512080000', [{ title: 'Absent' }], { md5: '', gone: true }),
        publish('20260512081500', [{ title: 'Altéré' }], { md5: 'f'.repeat(32) }),
        publish('20260512083000', [{ title: 'Entier' }]),
      ]),
    ];
    const states = new Map<string, Json>();
    const first = await collect({ lists }, states);
    const absent = `${home}/gdeltv2/20260512080000.translation.gkg.csv.zip`;
    const altered = absent.replace('080000', '081500');
    expect(first.refusals).toEqual([`remote-refused ${absent}`, `input-unreadable ${altered}`]);
    expect(titles(first)).toEqual(['Entier']);
    publish('20260512080000', [{ title: 'Absent' }]);
    const second = await collect({ lists }, states);
    expect(titles(second)).toEqual(['Absent']);
    expect(second.refusals).toEqual([`input-unreadable ${altered}`]);
    expect((await collect({ lists }, states)).refusals).toEqual([`input-unreadable ${altered}`]);
    expect((await collect({ lists }, states)).events).toEqual([]);
  });

  test('that is long is asked for its end only, then for what came since', async () => {
    const old = Array.from({ length: 40_000 }, (_, at) => {
      const stamp = new Date(Date.UTC(2024, 0, 1) + at * 900_000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
      return `1 ${'0'.repeat(32)} ${home}/gdeltv2/${stamp}.gkg.csv.zip`;
    });
    const lists = [list('masterfilelist.txt', [...old, publish('20260512080000', [{ title: 'Récent' }])])];
    const whole = files.get('/gdeltv2/masterfilelist.txt')!.length;
    const states = new Map<string, Json>();
    expect(titles(await collect({ lists, since: '2026-05-12' }, states))).toEqual(['Récent']);
    expect(asked[0]).toMatchObject({ range: expect.stringMatching(/^bytes=-\d+$/) });
    expect(asked[0]!.sent).toBeLessThan(whole / 2);
    asked.length = 0;
    expect((await collect({ lists, since: '2026-05-12' }, states)).events).toEqual([]);
    expect(asked).toEqual([{ path: '/gdeltv2/masterfilelist.txt', range: `bytes=${whole}-`, sent: 0 }]);
    const longer = [...old, publish('20260512080000', []), publish('20260512081500', [{ title: 'Nouveau' }])];
    list('masterfilelist.txt', longer);
    expect(titles(await collect({ lists }, states))).toEqual(['Nouveau']);
  });

  test('that begins too late for the day asked is read whole', async () => {
    const filler = Array.from(
      { length: 14_000 },
      (_, at) => `1 ${'0'.repeat(32)} ${home}/x/${20260512000001 + at}.csv.zip`,
    );
    const lists = [list('masterfilelist.txt', [publish('20260512000000', [{ title: 'Loin' }]), ...filler])];
    expect(titles(await collect({ lists, since: '2026-05-12' }))).toEqual(['Loin']);
    expect(asked.filter(({ path }) => path.endsWith('.txt')).map(({ range }) => range !== undefined)).toEqual([
      true,
      false,
    ]);
  });

  test('that is none, or is not there, is refused', async () => {
    const lists = [
      list('page.txt', ['<html>', 'Bonjour']),
      `${home}/gdeltv2/rien.txt`,
      'http://ailleurs.example/l.txt',
    ];
    const { refusals } = await collect({ lists });
    expect(refusals).toEqual([
      `input-unreadable ${lists[0]}`,
      `remote-refused ${lists[1]}`,
      `egress-refused ${lists[2]}`,
    ]);
  });
});

describe('rows', () => {
  const ROWS: readonly GkgSpec[] = [
    { id: '20260512080000-0', title: 'Français', language: 'fra', source: 'echo.example', themes: ['PROTEST'] },
    { id: '20260512080000-1', title: 'Anglais', source: 'herald.example', themes: ['ENV_CLIMATECHANGE', 'TAX_X'] },
    { id: '20260513080000-2', title: 'Site français', source: 'www.journal.fr', language: 'fra' },
    {
      id: '20260513080000-3',
      title: 'Lyon',
      // A batch of 2015 that repeats one country in a whole row: the region is right.
      places: [['Lyon, Rhone-Alpes, France', 'US', 'FRB9']],
      source: 'faux.xfr',
    },
  ];
  const kept = async (keep: object, more: object = {}) => {
    writeFileSync(join(root, 'a.gkg.csv'), ROWS.map(gkgRow).join('\n'));
    return titles(await collect({ path: 'a.gkg.csv', keep, ...more }));
  };

  test('are kept by language, site, place, theme and day; all that is asked must hold', async () => {
    expect(await kept({})).toHaveLength(4);
    expect(await kept({ languages: ['fra'] })).toEqual(['Français', 'Site français']);
    expect(await kept({ languages: ['eng'] })).toEqual(['Anglais', 'Lyon']);
    expect(await kept({ domains: ['.fr', 'herald.example'] })).toEqual(['Anglais', 'Site français']);
    expect(await kept({ places: ['FR'] })).toEqual(['Lyon']);
    expect(await kept({ places: ['US'] })).toEqual([]);
    expect(await kept({ themes: ['PROTEST', 'ENV_*'] })).toEqual(['Français', 'Anglais']);
    expect(await kept({ themes: ['ENV_'] })).toEqual([]);
    expect(await kept({ languages: ['fra'], domains: ['.fr'] })).toEqual(['Site français']);
    expect(await kept({}, { since: '2026-05-13' })).toEqual(['Site français', 'Lyon']);
    expect(await kept({}, { until: '2026-05-12' })).toEqual(['Français', 'Anglais']);
  });

  test('keep their bytes, quotes and all; one that is not of 27 columns is refused alone', async () => {
    const quoted = gkgRow({ id: '20260512080000-0', title: 'Il dit "non', language: 'fra' });
    writeFileSync(join(root, 'a.gkg.csv'), `${quoted}\nune\tligne\n${gkgRow({ id: '20260512080000-2' })}\n`);
    const { events, items, refusals } = await collect({ path: 'a.gkg.csv' });
    const records = events.filter((event) => event.kind === 'record');
    expect(records.map(({ key }) => key)).toEqual(['20260512080000-0', '20260512080000-2']);
    expect(Buffer.from(records[0]!.bytes).toString()).toBe(quoted);
    expect(items[0]!.title).toBe('Il dit "non');
    expect(refusals).toEqual(['input-unreadable a.gkg.csv line 2']);
  });

  test('give title, quotations, address, date, tone and places', async () => {
    const row = gkgRow({
      id: '20260512081500-7',
      title: 'L&amp;#x27;eau &quot;rare&quot; du Val-Clair',
      quotations: '12|34||we waited ten years for #this | path#99|20|said|now the bridge',
      places: [
        ['Val-Clair, Rhone-Alpes, France', 'FR', 'FRB9'],
        ['Val-Clair, Rhone-Alpes, France', 'FR', 'FRB9'],
      ],
      themes: ['WATER'],
      extras:
        '<PAGE_AUTHORS>Une Plume;Un Autre</PAGE_AUTHORS><PAGE_PRECISEPUBTIMESTAMP>20260511193000</PAGE_PRECISEPUBTIMESTAMP>',
    });
    writeFileSync(join(root, 'a.gkg.csv'), row);
    const [item] = (await collect({ path: 'a.gkg.csv' })).items;
    expect(item).toMatchObject({
      id: '20260512081500-7',
      title: 'L\'eau "rare" du Val-Clair',
      text: 'L\'eau "rare" du Val-Clair\n\nwe waited ten years for #this | path\n\nnow the bridge',
      url: 'https://echo.example/20260512081500-7',
      authors: ['Une Plume', 'Un Autre'],
      publishedAt: '2026-05-11T19:30:00Z',
      attributes: { media: 'echo.example', language: 'eng', tone: '-2.5', countries: 'FR' },
    });
    const fields = Object.fromEntries(item!.fields);
    expect(JSON.parse(fields.places!)).toEqual([
      {
        type: 4,
        name: 'Val-Clair, Rhone-Alpes, France',
        country: 'FR',
        adm1: 'FRB9',
        adm2: '16352',
        latitude: 45.1,
        longitude: 5.7,
        feature: '-14',
        mentions: 2,
      },
    ]);
    expect(fields).toMatchObject({ polarity: '5', words: '120', themes: 'WATER' });
  });

  test('of a translated article keep the title as written, not the words of the machine; other identifiers are no address', async () => {
    const translated = gkgRow({ id: '20260512081500-T1', language: 'fra', quotations: '1|2||translated words' });
    const cited = gkgRow({ id: '20260512081500-2', collection: '2', url: 'Radio du Val /BBC Monitoring' });
    writeFileSync(join(root, 'a.gkg.csv'), `${translated}\n${cited}\n`);
    const { items } = await collect({ path: 'a.gkg.csv' });
    expect(items[0]!.text).toBe('Un titre');
    expect(items[1]!.url).toBeNull();
  });

  test('are read from a ZIP, and again only where the file or what is kept changed', async () => {
    const name = '20260512081500.gkg.csv';
    writeFileSync(join(root, `${name}.zip`), zip({ [name]: `${gkgRow(ROWS[0]!)}\n${gkgRow(ROWS[1]!)}\n` }));
    const states = new Map<string, Json>();
    expect(titles(await collect({ path: `${name}.zip` }, states))).toHaveLength(2);
    expect((await collect({ path: `${name}.zip` }, states)).events).toEqual([]);
    expect(titles(await collect({ path: `${name}.zip`, keep: { languages: ['fra'] } }, states))).toEqual(['Français']);
  });
});
