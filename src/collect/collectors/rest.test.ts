import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Collecting, type CollectingOptions, collecting, effectsFor } from '../../../test/collecting.ts';
import { openEgress } from '../../egress/egress.ts';
import type { Json } from '../../model/json.ts';
import type { CollectEffects, Collected } from '../collector.ts';
import rest from './rest.ts';

interface Asked {
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly method: string;
  readonly body: string;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
}

const servers: Server[] = [];
let asked: Asked[] = [];
let answer: (request: Asked) => Reply;
let home = '';

beforeEach(async () => {
  asked = [];
  home = await listen((request) => answer(request));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(reply: (request: Asked) => Reply): Promise<string> {
  const server = createServer((request, response) => void serve(request, response, reply));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(request: IncomingMessage, response: ServerResponse, reply: (asked: Asked) => Reply) {
  const body = (await request.toArray()).join('');
  const { headers, method = '' } = request;
  const seen: Asked = { url: new URL(request.url ?? '/', 'http://server'), headers, method, body };
  asked.push(seen);
  const given = reply(seen);
  const isRaw = typeof given.body === 'string' || Buffer.isBuffer(given.body);
  response.writeHead(given.status ?? 200, {
    'content-type': 'application/json',
    connection: 'close',
    ...given.headers,
  });
  response.end(isRaw ? given.body : JSON.stringify(given.body ?? null));
}

const AVIS = ['Plus de bus', 'Un abri à vélos', 'Des bancs', 'Moins de bruit', 'Une fontaine'].map((contenu, at) => ({
  id: `c${at + 1}`,
  contenu,
  depose_le: `2026-03-0${at + 1}`,
}));
const MAP = { id: 'id', text: 'contenu', date: 'depose_le' };

function collect(settings: object, options: CollectingOptions = {}): Promise<Collecting> {
  const config = { url: `${home}/avis`, items: 'data', map: MAP, perSecond: 100, ...settings };
  return collecting(rest as never, config, { allow: [home], ...options });
}

const texts = ({ items }: Collecting) => items.map(({ text }) => text);
const messages = ({ events }: Collecting) =>
  events.flatMap((event) => (event.kind === 'refusal' ? [`${event.code}: ${event.message}`] : []));
const all = AVIS.map(({ contenu }) => contenu);
const pageOf = (number: number, size = 2) => AVIS.slice((number - 1) * size, number * size);

describe('pages', () => {
  test('follow each other by number until an empty one', async () => {
    answer = ({ url }) => ({ body: { data: pageOf(Number(url.searchParams.get('page'))) } });
    const collected = await collect({ pagination: { kind: 'page' }, params: { tri: 'asc' } });
    expect(texts(collected)).toEqual(all);
    expect(collected.refusals).toEqual([]);
    expect(asked.map(({ url }) => url.search)).toEqual([1, 2, 3, 4].map((page) => `?tri=asc&page=${page}`));
    expect(collected.openings.map(({ location }) => location)).toEqual(Array(3).fill(`${home}/avis?tri=asc`));
  });

  test('are asked for no further than the total that an answer says', async () => {
    answer = ({ url }) => ({ body: { total: 5, data: pageOf(Number(url.searchParams.get('p')) + 1) } });
    const settings = { pagination: { kind: 'page', parameter: 'p', first: 0, total: 'total' } };
    expect(texts(await collect(settings))).toEqual(all);
    expect(asked).toHaveLength(3);
  });

  test('follow each other by offset, counted in what came', async () => {
    answer = ({ url }) => {
      const offset = Number(url.searchParams.get('start'));
      return { body: { data: AVIS.slice(offset, offset + 2) } };
    };
    expect(texts(await collect({ pagination: { kind: 'offset', parameter: 'start' } }))).toEqual(all);
    expect(asked.map(({ url }) => url.searchParams.get('start'))).toEqual(['0', '2', '4', '5']);
  });

  test('follow each other by cursor, in the query or in the body that is posted', async () => {
    const reply = (after: number) => ({
      data: AVIS.slice(after, after + 2),
      fin: after + 2 >= 5 ? null : `${after + 2}`,
    });
    answer = ({ url, body }) => {
      const inBody = body === '' ? undefined : (JSON.parse(body) as { variables: { after?: string } }).variables.after;
      return { body: reply(Number(inBody ?? url.searchParams.get('apres') ?? 0)) };
    };
    const byQuery = await collect({ pagination: { kind: 'cursor', parameter: 'apres', next: 'fin' } });
    expect(texts(byQuery)).toEqual(all);
    asked = [];
    const body = { query: '{ avis }', variables: { lieu: 'Val-Clair' } };
    const byBody = await collect({ body, pagination: { kind: 'cursor', parameter: 'variables.after', next: 'fin' } });
    expect(texts(byBody)).toEqual(all);
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
    expect(JSON.parse(asked[1]!.body)).toEqual({ query: '{ avis }', variables: { lieu: 'Val-Clair', after: '2' } });
    expect(asked[0]!.headers['content-type']).toBe('application/json');
  });

  test('follow each other by Link header, and by an address in the answer', async () => {
    answer = ({ url }) => {
      const page = Number(url.searchParams.get('page') ?? 1);
      const next = page < 3 ? `/avis?page=${page + 1}` : null;
      const link =
        next === null ? '<a>; rel="last"' : `<x?a,b>; title="un, deux"; rel=prev , <${next}>; rel="next last"`;
      return { headers: { link }, body: { data: pageOf(page), suite: next === null ? null : home + next } };
    };
    expect(texts(await collect({ pagination: { kind: 'link' } }))).toEqual(all);
    expect(texts(await collect({ pagination: { kind: 'next', next: 'suite' } }))).toEqual(all);
  });

  test('are not asked for where the list has one', async () => {
    answer = () => ({ body: { data: AVIS } });
    expect(texts(await collect({}))).toEqual(all);
    expect(asked).toHaveLength(1);
  });

  test('end where the server says that there is no such page', async () => {
    answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      return page > 3 ? { status: 404 } : { body: { data: pageOf(page) } };
    };
    const collected = await collect({ pagination: { kind: 'page' } });
    expect(texts(collected)).toEqual(all);
    expect(collected.refusals).toEqual([]);
  });

  test('that repeat themselves are stopped at, and said', async () => {
    answer = () => ({ body: { data: AVIS.slice(0, 2) } });
    const collected = await collect({ pagination: { kind: 'page', parameter: 'inconnu' } });
    expect(texts(collected)).toEqual(all.slice(0, 2));
    expect(messages(collected)).toEqual([expect.stringMatching(/^input-unreadable: page 2 of .* repeats a page/)]);
    expect(asked).toHaveLength(2);
  });

  test('beyond maximumPages or maximumItems come with the next collection', async () => {
    answer = ({ url }) => ({ body: { data: pageOf(Number(url.searchParams.get('page'))) } });
    for (const limit of [{ maximumPages: 1 }, { maximumItems: 2 }]) {
      const states = new Map<string, Json>();
      const settings = { pagination: { kind: 'page' }, ...limit };
      expect(texts(await collect(settings, { states }))).toEqual(all.slice(0, 2));
      expect(texts(await collect(settings, { states }))).toEqual(all.slice(2, 4));
      expect(texts(await collect(settings, { states }))).toEqual(all.slice(4));
    }
  });
});

describe('records', () => {
  test('are the bytes of each item as received', async () => {
    const first = '{ "id":1,  "contenu" : "d\\u00e9j\\u00e0 vu" }';
    const second = '{"contenu":"été", "id": 12345678901234567890}';
    answer = () => ({ body: `{"meta":{"data":[0]},"page":{"data":[\n ${first} ,${second}\n]}}` });
    const { events, items } = await collect({ items: 'page.data' });
    const records = events.filter((event) => event.kind === 'record');
    expect(records.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([first, second]);
    expect(records.map(({ key }) => key)).toEqual(['1', '12345678901234567890']);
    expect(items.map(({ text }) => text)).toEqual(['déjà vu', 'été']);
  });

  test('are canonical JSON where the items are computed, and their snapshot says so', async () => {
    answer = () => ({ body: '{"b":[{"z":1,"contenu":"un"},{"contenu":"deux","z":2}]}' });
    const { events, openings } = await collect({ items: 'b[z > 0].{"contenu": contenu, "a": z}' });
    const records = events.filter((event) => event.kind === 'record').map(({ bytes }) => Buffer.from(bytes).toString());
    expect(records).toEqual(['{"a":1,"contenu":"un"}', '{"a":2,"contenu":"deux"}']);
    expect(openings[0]!.context).toMatchObject({ bytes: 'canonical' });
  });

  test('of a list at the top, and of one object, are found too', async () => {
    answer = ({ url }) => ({ body: url.pathname === '/avis' ? AVIS : ` ${JSON.stringify(AVIS[0])}\n` });
    expect(texts(await collect({ items: '$' }))).toEqual(all);
    const one = await collect({ items: '$', url: `${home}/un` });
    expect(Buffer.from(one.events.find((event) => event.kind === 'record')!.bytes).toString()).toBe(
      JSON.stringify(AVIS[0]),
    );
  });

  test('of a key that stands twice are those that JSON means, not both', async () => {
    answer = () => ({ body: '{"data":[{"contenu":"caché"}],"data":[{"contenu":"vu"},{"contenu":"lu"}]}' });
    expect(texts(await collect({}))).toEqual(['vu', 'lu']);
  });

  test('become items by paths and by expressions, with every member as a field', async () => {
    const item = {
      id: 7,
      titre: 'Bus',
      fil: [{ mot: 'Un' }, { mot: 'Deux' }],
      auteur: { prenom: 'Ana', nom: 'Roy', compte: 'aroy' },
      age: 42,
      tags: ['bus', 'nuit'],
      geo: { lat: 1.5, zones: [{ n: 1 }] },
      vide: null,
    };
    answer = () => ({ body: { data: [item] } });
    const map = {
      id: 'id',
      title: '$uppercase(titre)',
      text: ['titre', 'fil.mot'],
      author: "auteur.(prenom & ' ' & nom)",
      participant: 'auteur.compte',
      attributes: { age: '$string($floor(age / 10) * 10)' },
    };
    const { items } = await collect({ map });
    expect(items[0]).toEqual({
      ...{ id: '7', title: 'BUS', text: 'Bus\n\nUn\n\nDeux', textFormat: 'auto', url: null, authors: ['Ana Roy'] },
      ...{ publishedAt: null, territory: null, findings: [], participant: 'aroy', attributes: { age: '40' } },
      fields: [
        ['id', '7'],
        ['titre', 'Bus'],
        ['fil', '[{"mot":"Un"},{"mot":"Deux"}]'],
        ['auteur.prenom', 'Ana'],
        ['auteur.nom', 'Roy'],
        ['auteur.compte', 'aroy'],
        ['age', '42'],
        ['tags', 'bus, nuit'],
        ['geo.lat', '1.5'],
        ['geo.zones', '[{"n":1}]'],
        ['vide', ''],
      ],
    });
  });

  test('that an expression cannot take keep the rest, with a finding that repeats no word', async () => {
    answer = () => ({ body: { data: [{ contenu: 'Bonjour', nom: 'Aubépine' }] } });
    const { items } = await collect({ map: { text: 'contenu', title: 'nom + 1' } });
    expect(items[0]).toMatchObject({ title: null, text: 'Bonjour' });
    expect(items[0]!.findings).toEqual([
      { code: 'json-repaired', at: 'title', evidence: expect.stringContaining('T2001') },
    ]);
    expect(JSON.stringify(items[0]!.findings)).not.toContain('Aubépine');
  });
});

describe('what is wrong with a page', () => {
  const broken: readonly (readonly [string, Reply, RegExp])[] = [
    ['cut JSON', { body: '{"data":[{"id":"x"},{"id"' }, /^input-unreadable: page 2 of .*ends before its JSON does/],
    ['HTML', { body: '<html>Maintenance</html>' }, /^input-unreadable: page 2 of .*is no JSON/],
    [
      'deep JSON',
      { body: `{"data":${'['.repeat(600)}${']'.repeat(600)}}` },
      /^input-too-large: page 2 .*deeper than 512/,
    ],
    ['a giant', { body: { data: [{ contenu: 'x'.repeat(70_000) }] } }, /^input-too-large: page 2/],
    ['another shape', { body: { resultats: [1] } }, /^input-unreadable: page 2 of .*holds no items.*resultats/],
    ['a failing server', { status: 500 }, /^remote-unavailable: page 2 of .*answered 500/],
  ];
  test.each(broken)('%s is a refusal of that page, and the next is read', async (_, reply, message) => {
    answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      return page === 2 ? reply : { body: { data: pageOf(page) } };
    };
    const collected = await collect({ pagination: { kind: 'page' }, maximumPageBytes: 60_000 });
    expect(texts(collected)).toEqual([...all.slice(0, 2), ...all.slice(4)]);
    expect(messages(collected)).toEqual([expect.stringMatching(message)]);
    expect(collected.refusals[0]).toMatch(/ page 2$/);
  });

  test('an answer of another shape names the member that may be meant', async () => {
    answer = () => ({ body: { datas: AVIS, total: 5 } });
    expect(messages(await collect({}))[0]).toMatch(
      /holds no items where `items` says; it has datas, total .*did you mean `datas`/,
    );
  });

  test('an empty answer is no change of shape', async () => {
    for (const body of [{ data: [] }, {}, [], null]) {
      answer = () => ({ body });
      expect((await collect({})).refusals).toEqual([]);
    }
  });

  test('an error that the server tells in JSON is no empty list', async () => {
    answer = () => ({ body: { data: null, errors: [{ message: 'champ inconnu' }] } });
    const [message] = messages(await collect({}));
    expect(message).toMatch(/answers with an error of its own/);
    expect(message).not.toContain('champ inconnu');
  });

  test('one item too large is refused by itself', async () => {
    answer = () => ({ body: { data: [AVIS[0], { id: 'z', contenu: 'z'.repeat(3000) }, AVIS[1]] } });
    const collected = await collect({ maximumRecordBytes: 1000 });
    expect(texts(collected)).toEqual(all.slice(0, 2));
    expect(collected.refusals).toEqual([expect.stringMatching(/^input-too-large .* page 1, item 2$/)]);
  });

  test('a server that always fails is left after three pages', async () => {
    answer = () => ({ status: 500 });
    const collected = await collect({ pagination: { kind: 'page' } });
    expect(asked).toHaveLength(3);
    expect(collected.refusals).toHaveLength(3);
  });

  test('a refusal of the server says what to do, and no other page is asked for', async () => {
    for (const [status, advice] of [
      [401, /secret/],
      [404, /moved/],
      [422, /documentation/],
    ] as const) {
      asked = [];
      answer = () => ({ status });
      expect(messages(await collect({ pagination: { kind: 'page' } }))).toEqual([expect.stringMatching(advice)]);
      expect(asked).toHaveLength(1);
    }
  });
});

describe('secrets', () => {
  const JETON = 'jeton-tres-secret-42';
  const settings = {
    headers: { authorization: `Bearer \${JETON_TEST}` },
    params: { cle: `\${CLE_TEST}`, lieu: 'ici' },
  };
  beforeEach(() => {
    process.env.JETON_TEST = JETON;
    process.env.CLE_TEST = 'clé secrète/7';
  });
  afterEach(() => {
    delete process.env.JETON_TEST;
    delete process.env.CLE_TEST;
  });
  const secrets = [JETON, 'clé secrète/7', encodeURIComponent('clé secrète/7'), 'cl%C3%A9+secr%C3%A8te%2F7'];
  const expectNone = (value: unknown) => {
    for (const secret of secrets) expect(JSON.stringify(value)).not.toContain(secret);
  };

  test('go to their host with each page, and stand nowhere else', async () => {
    answer = ({ url }) => {
      const page = Number(url.searchParams.get('page') ?? 1);
      const suite = page < 3 ? `${home}/avis?cle=${encodeURIComponent('clé secrète/7')}&page=${page + 1}` : null;
      return { headers: { etag: `"${JETON}"` }, body: { data: pageOf(page), suite } };
    };
    const states = new Map<string, Json>();
    const collected = await collect({ ...settings, pagination: { kind: 'next', next: 'suite' } }, { states });
    expect(texts(collected)).toEqual(all);
    for (const { headers, url } of asked) {
      expect(headers.authorization).toBe(`Bearer ${JETON}`);
      expect(url.searchParams.get('cle')).toBe('clé secrète/7');
    }
    expect(collected.openings[0]!.location).toBe(`${home}/avis?lieu=ici`);
    expect(collected.openings[0]!.headers.etag).toBe('"***"');
    expectNone(collected.events.filter(({ kind }) => kind !== 'record'));
    expectNone([...states]);
  });

  test('are in no refusal', async () => {
    for (const reply of [{ status: 401 }, { body: `<p>${JETON}</p>` }, { body: { [JETON]: [1] } }]) {
      answer = () => reply;
      const collected = await collect(settings);
      expect(collected.refusals).toHaveLength(1);
      expectNone(collected.events);
    }
  });

  test('do not follow a redirect to another host', async () => {
    const elsewhere: Asked[] = [];
    const other = await listen((request) => {
      elsewhere.push(request);
      return { body: { data: AVIS } };
    });
    answer = () => ({ status: 302, headers: { location: 'http://ailleurs.example/avis' } });
    // Names of the internet over the two servers of this test: everything else of egress is as always.
    const ports = new Map([
      ['api.example', new URL(home).port],
      ['ailleurs.example', new URL(other).port],
    ]);
    const egress = openEgress({
      allow: { collect: ['http://api.example'], text: [] },
      clock: () => new Date(),
      pace: { perSecond: 1000 },
      resolve: () => Promise.resolve([{ address: '93.184.216.34', family: 4 }]),
      dial: () => (options, callback) => {
        const socket = connect(Number(ports.get(options.hostname)), '127.0.0.1', () => {
          Object.defineProperty(socket, 'remoteAddress', { value: '93.184.216.34' });
          callback(null, socket);
        });
      },
    });
    const effects: CollectEffects = {
      ...effectsFor({ allow: [] }),
      fetch: (url, request = {}) => egress.fetch(url, { purpose: 'collect', headers: request.headers ?? {} }),
    };
    const config = rest.config.parse({ url: 'http://api.example/avis', items: 'data', map: MAP, ...settings });
    const events = await Array.fromAsync(rest.collect(config, effects));
    await egress.close();
    expect(events.filter(({ kind }) => kind === 'record')).toHaveLength(AVIS.length);
    expect(asked[0]!.headers.authorization).toBe(`Bearer ${JETON}`);
    expect(elsewhere).toHaveLength(1);
    expectNone(elsewhere);
  });

  test('do not follow a next page to another host: it is refused, and the page that named it is kept', async () => {
    const elsewhere: Asked[] = [];
    const other = await listen((request) => {
      elsewhere.push(request);
      return { body: { data: [] } };
    });
    for (const suite of [
      `${other}/avis?page=2`,
      'http://169.254.169.254/latest',
      '//evil.example/x',
      'http://u:p@127.0.0.1/',
    ]) {
      answer = () => ({ body: { data: AVIS.slice(0, 2), suite } });
      const collected = await collect(
        { ...settings, pagination: { kind: 'next', next: 'suite' } },
        { allow: [home, other] },
      );
      expect(texts(collected)).toEqual(all.slice(0, 2));
      expect(messages(collected)).toEqual([expect.stringMatching(/^egress-refused: page 1 of .*gives a next page on/)]);
    }
    expect(elsewhere).toEqual([]);
  });

  test('and questions that are posted are not sent where a redirect leads', async () => {
    answer = ({ url }) =>
      url.pathname === '/avis' ? { status: 307, headers: { location: '/plus-loin' } } : { body: { data: AVIS } };
    expect(messages(await collect({ ...settings, body: { query: '{ avis }' } }))).toEqual([
      expect.stringMatching(/^egress-refused: /),
    ]);
    expect(asked).toHaveLength(1);
  });

  test('written in the settings themselves are refused', () => {
    const config = { url: home, map: MAP, headers: { 'X-API-Key': 'abcdef' } };
    expect(rest.config.safeParse(config).error?.issues[0]).toMatchObject({ path: ['headers', 'X-API-Key'] });
  });

  test('that the environment lacks stop the source before anything is asked', async () => {
    delete process.env.JETON_TEST;
    await expect(collect(settings)).rejects.toMatchObject({ code: 'secret-missing' });
    expect(asked).toEqual([]);
  });
});

describe('pace', () => {
  test('a busy server is asked again when it says', async () => {
    let times = 0;
    answer = () => {
      times += 1;
      return times === 1 ? { status: 429, headers: { 'retry-after': '1' } } : { body: { data: AVIS } };
    };
    const start = performance.now();
    expect(texts(await collect({}))).toEqual(all);
    expect(performance.now() - start).toBeGreaterThan(950);
  });

  test.each([
    ['RateLimit', { ratelimit: '"default";r=0;t=1' }],
    ['the older RateLimit', { ratelimit: 'limit=10, remaining=0, reset=1' }],
    ['X-RateLimit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
  ])('a quota that %s calls spent is waited for', async (_, headers) => {
    const times: number[] = [];
    answer = ({ url }) => {
      times.push(performance.now());
      const page = Number(url.searchParams.get('page'));
      return { headers: page === 2 ? headers : {}, body: { data: pageOf(page) } };
    };
    expect(texts(await collect({ pagination: { kind: 'page' } }))).toEqual(all);
    expect(times[2]! - times[1]!).toBeGreaterThan(950);
    expect(times[1]! - times[0]!).toBeLessThan(900);
  });

  test('a wait longer than the settings allow is left, and the next collection goes on', async () => {
    let isSpent = true;
    answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3600' };
      return { headers: isSpent ? headers : {}, body: { data: pageOf(page) } };
    };
    const states = new Map<string, Json>();
    const collected = await collect({ pagination: { kind: 'page' }, maximumWaitSeconds: 5 }, { states });
    expect(texts(collected)).toEqual(all.slice(0, 2));
    expect(messages(collected)[0]).toMatch(/^remote-unavailable: page 2 of .*asks to wait 3600 s/);
    isSpent = false;
    expect(texts(await collect({ pagination: { kind: 'page' }, maximumWaitSeconds: 5 }, { states }))).toEqual(
      all.slice(2),
    );
  });

  test('cancellation is honoured while waiting', async () => {
    const stop = new AbortController();
    answer = () => {
      setTimeout(() => stop.abort(new Error('stopped by the test')), 50);
      return { headers: { ratelimit: '"q";r=0;t=30' }, body: { data: AVIS } };
    };
    const start = performance.now();
    const config = { pagination: { kind: 'page' } };
    await expect(collect(config, { signal: stop.signal })).rejects.toThrow('stopped by the test');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('from one collection to the next', () => {
  const incremental = { cursor: 'depose_le', parameter: 'depuis' };

  test('only what is new is asked for', async () => {
    let published = 3;
    answer = ({ url }) => {
      const since = url.searchParams.get('depuis') ?? '';
      return { body: { data: AVIS.slice(0, published).filter(({ depose_le }) => depose_le > since) } };
    };
    const states = new Map<string, Json>();
    expect(texts(await collect({ incremental }, { states }))).toEqual(all.slice(0, 3));
    published = 5;
    expect(texts(await collect({ incremental }, { states }))).toEqual(all.slice(3));
    expect(texts(await collect({ incremental }, { states }))).toEqual([]);
    expect(asked.map(({ url }) => url.searchParams.get('depuis'))).toEqual([null, '2026-03-03', '2026-03-05']);
  });

  test('a start and a template are put into the parameter', async () => {
    answer = () => ({ body: { data: [] } });
    await collect({ incremental: { ...incremental, start: '2026-01-01', template: 'modifie:[{since} TO *]' } });
    expect(asked[0]!.url.searchParams.get('depuis')).toBe('modifie:[2026-01-01 TO *]');
  });

  test('newest first, pages stop where nothing is new', async () => {
    const list = [...AVIS].reverse();
    answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      return { body: { data: list.slice((page - 1) * 2, page * 2) } };
    };
    const settings = { pagination: { kind: 'page' }, incremental: { cursor: 'depose_le', newestFirst: true } };
    const states = new Map<string, Json>();
    await collect(settings, { states });
    list.unshift({ id: 'c6', contenu: 'Un marché', depose_le: '2026-03-06' });
    asked = [];
    expect(texts(await collect(settings, { states }))).toEqual([
      'Un marché',
      'Une fontaine',
      'Moins de bruit',
      'Des bancs',
    ]);
    expect(asked).toHaveLength(2);
  });

  test('a page that could not be read is asked for again, with all that came since', async () => {
    let isBroken = true;
    answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      return page === 2 && isBroken ? { body: '{"data":[' } : { body: { data: pageOf(page) } };
    };
    const settings = { pagination: { kind: 'page' }, incremental };
    const states = new Map<string, Json>();
    await collect(settings, { states });
    isBroken = false;
    asked = [];
    expect(texts(await collect(settings, { states }))).toEqual(all);
    expect(asked[0]!.url.searchParams.get('depuis')).toBeNull();
  });

  test('a crash between pages is taken up at the page that was not committed, with nothing twice', async () => {
    answer = ({ url }) => ({ body: { data: pageOf(Number(url.searchParams.get('page'))) } });
    const config = {
      url: `${home}/avis`,
      items: 'data',
      map: MAP,
      perSecond: 100,
      pagination: { kind: 'page' },
      incremental,
    };
    for (const killedAfter of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) {
      const states = new Map<string, Json>();
      // What the engine commits with a closing: its records and its state, or neither.
      const committed: string[] = [];
      let pending: string[] = [];
      const take = (event: Collected) => {
        if (event.kind === 'record') pending.push(event.key!);
        if (event.kind !== 'closing' && event.kind !== 'state') return;
        committed.push(...pending);
        pending = [];
        const state = event.kind === 'state' ? event : event.state;
        if (state) states.set(state.key, state.value);
      };
      let count = 0;
      for await (const event of rest.collect(rest.config.parse(config), effectsFor({ allow: [home], states }))) {
        count += 1;
        if (count > killedAfter) break;
        take(event);
      }
      pending = [];
      for await (const event of rest.collect(rest.config.parse(config), effectsFor({ allow: [home], states })))
        take(event);
      expect(committed).toEqual(AVIS.map(({ id }) => id));
      expect(JSON.stringify([...states.values()])).toContain('"since":"2026-03-05","passage":null');
    }
  });

  test('an unchanged answer of one page is no snapshot', async () => {
    answer = ({ headers, url }) => {
      if (url.searchParams.get('mode') === 'etag' && headers['if-none-match'] === '"v1"') return { status: 304 };
      return { headers: { etag: '"v1"' }, body: { data: AVIS } };
    };
    for (const mode of ['etag', 'hash']) {
      const states = new Map<string, Json>();
      const first = await collect({ params: { mode } }, { states });
      expect(first.openings).toHaveLength(1);
      const again = await collect({ params: { mode } }, { states });
      expect(again.events.map(({ kind }) => kind)).toEqual(['state']);
    }
  });

  test('other settings begin again', async () => {
    answer = () => ({ body: { data: AVIS, autres: AVIS.slice(0, 1) } });
    const states = new Map<string, Json>();
    await collect({ incremental }, { states });
    expect(texts(await collect({ incremental, items: 'autres' }, { states }))).toEqual(all.slice(0, 1));
    expect(asked[1]!.url.searchParams.get('depuis')).toBeNull();
  });
});

describe('settings', () => {
  const problems = (settings: object) =>
    rest.config
      .safeParse({ url: 'https://api.example/x', map: { text: 't' }, ...settings })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

  test('an expression that is none is refused with its place', () => {
    expect(problems({ items: 'data[0' })).toEqual([
      expect.stringMatching(/^items: is no JSONata expression: .*at character 6/),
    ]);
    expect(problems({ map: { text: 'a..b' } })[0]).toMatch(/^map\.text: .*at character \d/);
  });

  test.each([
    [{ map: {} }, /^map\.text: missing/],
    [{ url: undefined }, /^url: missing/],
    [{ url: 'ftp://x' }, /^url: /],
    [{ url: 'https://api.example/{serie}' }, /^params\.serie: missing/],
    [{ preset: 'nulle-part' }, /^preset: /],
    [{ incremental: { cursor: 'date' } }, /^incremental: needs/],
    [{ format: 'sdmx', pagination: { kind: 'page' } }, /^pagination: /],
    [{ pagination: { kind: 'cursor' } }, /^pagination\.next: /],
  ])('%j is refused', (settings, message) => {
    expect(problems(settings)).toEqual([expect.stringMatching(message)]);
  });

  test('names in the address are taken from params, and lists joined', async () => {
    answer = () => ({ body: [] });
    await collect({
      url: `${home}/series/{banques}/{lieu}`,
      items: '$',
      params: { banques: ['001', '002'], lieu: '../a b', n: 3 },
    });
    expect(asked[0]!.url.pathname + asked[0]!.url.search).toBe('/series/001+002/..%2Fa%20b?n=3');
  });
});
