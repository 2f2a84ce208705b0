// Each preset against a server of this machine that answers as the API's documentation says.

import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { collecting } from '../../test/collecting.ts';
import type { Json } from '../model/json.ts';
import rest from './collectors/rest.ts';
import { completeSettings, readPresets } from './rest-preset.ts';

const folder = join(import.meta.dirname, 'presets');
const presets = readPresets(folder);

interface Asked {
  readonly url: URL;
  readonly body: string;
  readonly type: string;
}

interface Replay {
  /** What a steward adds, given the server's address. */
  readonly settings: (home: string) => object;
  /** `[status, answer]`; the answer is sent as JSON unless it is text. */
  readonly reply: (asked: Asked, home: string) => readonly [number, unknown];
  readonly first: readonly object[];
  /** Texts of a second collection, right after. */
  readonly second: readonly string[];
}

const DATASETS = ['2026-05-03', '2026-05-02', '2026-05-01'].map((day, at) => ({
  id: `jeu${at}`,
  title: `Jeu ${at}`,
  description: `Comptages **vélo** ${at}`,
  created_at: '2024-01-01T00:00:00+00:00',
  page: `https://data.val-clair.example/jeu${at}`,
  organization: at === 1 ? null : { name: 'Val-Clair' },
  frequency: 'daily',
  license: 'lov2',
  internal: { last_modified_internal: `${day}T08:00:00+00:00` },
}));

const THREADS = ['2026-05-03', '2026-05-01'].map((day, at) => ({
  id: `fil${at}`,
  class: 'Discussion',
  subject: { class: 'Dataset', id: 'jeu0' },
  title: `Fil ${at}`,
  user: { id: `u${at}`, first_name: 'Ana', last_name: 'Roy' },
  created: '2026-04-30T08:00:00+00:00',
  closed: at === 0 ? null : '2026-05-02T08:00:00+00:00',
  url: `https://data.val-clair.example/api/1/discussions/fil${at}/`,
  discussion: [
    { content: 'Bonjour', posted_on: '2026-04-30T08:00:00+00:00' },
    { content: `Merci ${at}`, posted_on: `${day}T08:00:00+00:00` },
  ],
}));

/** udata: `page`, `page_size`, and the whole address of the next page. */
function udata(list: readonly object[], path: string, sort: string): Replay['reply'] {
  return ({ url }, home) => {
    if (url.pathname !== path || url.searchParams.get('sort') !== sort) return [400, { message: 'inconnu' }];
    const page = Number(url.searchParams.get('page') ?? 1);
    const isLast = page >= list.length;
    const next = `${home}${path}?page=${page + 1}&page_size=100&sort=${sort}`;
    return [200, { data: list.slice(page - 1, page), page, total: list.length, next_page: isLast ? null : next }];
  };
}

const PROPOSALS = ['2026-04-01', '2026-04-02', '2026-04-02'].map((day, at) => ({
  id: `${at + 1}`,
  reference: `VC-PROP-${at + 1}`,
  state: at === 0 ? 'accepted' : null,
  publishedAt: `${day}T10:00:00+02:00`,
  voteCount: at,
  address: null,
  title: {
    translations:
      at === 2
        ? [{ locale: 'en', text: 'Bench' }]
        : [
            { locale: 'en', text: 'x' },
            { locale: 'fr', text: 'Banc' },
          ],
  },
  body: { translations: [{ locale: 'fr', text: `<p>Un banc ${at}</p>` }] },
  author: at === 1 ? null : { name: 'Ana Roy', nickname: 'aroy' },
}));

const PACKAGES = [1, 2, 3].map((number) => ({
  id: `p${number}`,
  title: `Paquet ${number}`,
  notes: `Les arbres ${number}`,
  url: '',
  license_id: 'lov2',
  state: 'active',
  organization: { title: 'Val-Clair' },
  metadata_created: '2025-01-01T00:00:00.000000',
  metadata_modified: `2026-03-0${number}T00:00:00.000000`,
}));

const SAMPLES = [1, 2].map((number) => ({
  code_prelevement: `5400${number}`,
  code_parametre: '1340',
  libelle_parametre: 'Nitrates (en NO3)',
  nom_commune: 'VAL-CLAIR',
  code_commune: '54322',
  resultat_alphanumerique: `2${number}`,
  libelle_unite: 'mg/L',
  date_prelevement: `2026-02-0${number}T09:00:00Z`,
  conclusion_conformite_prelevement: 'Eau conforme.',
  conformite_limites_bact_prelevement: 'C',
  nom_distributeur: 'REGIE',
}));

const METEO = [
  'temperature_2m_max : 4.5 °C\n\ntemperature_2m_min : 4.5 °C\n\nprecipitation_sum : 4.5 mm',
  'temperature_2m_max : non mesuré\n\ntemperature_2m_min : non mesuré\n\nprecipitation_sum : non mesuré',
];

const SDMX = `<?xml version="1.0" encoding="UTF-8"?>
<message:StructureSpecificData xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message">
<message:Header><message:ID>fictif</message:ID></message:Header>
<message:DataSet><Series IDBANK="000000001" FREQ="M" TITLE_FR="Indice d&apos;essai &amp; co" LAST_UPDATE="2026-04-30" UNIT_MEASURE="SO">
<Obs TIME_PERIOD="2026-03" OBS_VALUE="101.2" OBS_STATUS="A"/><Obs TIME_PERIOD="2026-02" OBS_VALUE="100.9"/></Series>
<Series IDBANK="000000002" FREQ="A" TITLE_FR="Autre" LAST_UPDATE="2026-01-31"><Obs TIME_PERIOD="2025" OBS_VALUE="NaN"/></Series>
</message:DataSet></message:StructureSpecificData>`;

const REPLAYS: Readonly<Record<string, Replay>> = {
  'datagouv-datasets': {
    settings: (home) => ({ url: `${home}/api/1/datasets/` }),
    reply: udata(DATASETS, '/api/1/datasets/', '-last_update'),
    first: [
      {
        id: 'jeu0',
        title: 'Jeu 0',
        text: 'Comptages **vélo** 0',
        authors: ['Val-Clair'],
        attributes: { frequence: 'daily' },
      },
      { id: 'jeu1', authors: [], url: 'https://data.val-clair.example/jeu1' },
      { id: 'jeu2', publishedAt: '2024-01-01T00:00:00+00:00', textFormat: 'markdown' },
    ],
    second: ['Comptages **vélo** 0'],
  },
  'datagouv-discussions': {
    settings: (home) => ({ url: `${home}/api/1/discussions/`, params: { org: 'val-clair' } }),
    reply: udata(THREADS, '/api/1/discussions/', '-discussion.posted_on'),
    first: [
      {
        id: 'fil0',
        text: 'Bonjour\n\nMerci 0',
        authors: ['Ana Roy'],
        participant: 'u0',
        attributes: { sujet: 'Dataset', etat: 'ouverte' },
      },
      { id: 'fil1', title: 'Fil 1', attributes: { etat: 'close' } },
    ],
    second: ['Bonjour\n\nMerci 0'],
  },
  'decidim-proposals': {
    settings: (home) => ({ url: `${home}/api`, body: { variables: { component: '7' } } }),
    reply: ({ body, type }) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, string | null> };
      if (type !== 'application/json' || !query.includes('... on Proposals') || variables.component !== '7')
        return [400, {}];
      const list = PROPOSALS.filter(({ publishedAt }) => publishedAt >= variables.since!);
      const start = Number(variables.after ?? 0);
      const nodes = list.slice(start, start + 2);
      const pageInfo = { hasNextPage: start + 2 < list.length, endCursor: `${start + nodes.length}` };
      return [200, { data: { component: { proposals: { pageInfo, nodes } } } }];
    },
    first: [
      {
        id: '1',
        title: 'Banc',
        text: '<p>Un banc 0</p>',
        authors: ['Ana Roy'],
        participant: 'aroy',
        attributes: { etat: 'accepted' },
      },
      { id: '2', authors: [], publishedAt: '2026-04-02T10:00:00+02:00' },
      { id: '3', title: 'Bench' },
    ],
    second: ['<p>Un banc 1</p>', '<p>Un banc 2</p>'],
  },
  'ckan-datasets': {
    settings: (home) => ({ url: `${home}/api/3/action/package_search` }),
    reply: ({ url: { searchParams } }) => {
      const since = /^metadata_modified:\[(.+)Z TO \*\]$/.exec(searchParams.get('fq') ?? '')?.[1] ?? '';
      const list = PACKAGES.filter(({ metadata_modified }) => metadata_modified >= since);
      const start = Number(searchParams.get('start'));
      return [200, { success: true, result: { count: list.length, results: list.slice(start, start + 2) } }];
    },
    first: [
      { id: 'p1', title: 'Paquet 1', text: 'Les arbres 1', url: null, authors: ['Val-Clair'] },
      { id: 'p2', attributes: { licence: 'lov2', etat: 'active' } },
      { id: 'p3' },
    ],
    second: ['Les arbres 3'],
  },
  'hubeau-eau-potable': {
    settings: (home) => ({
      url: `${home}/api/v1/qualite_eau_potable/resultats_dis`,
      params: { code_commune: '54322' },
    }),
    reply: ({ url }, home) => {
      if (url.searchParams.get('code_commune') !== '54322') return [400, {}];
      const list = SAMPLES.filter(
        ({ date_prelevement }) => date_prelevement >= (url.searchParams.get('date_min_prelevement') ?? ''),
      );
      const page = Number(url.searchParams.get('page') ?? 1);
      url.searchParams.set('page', `${page + 1}`);
      const next = page < list.length ? `${home}${url.pathname}${url.search}` : null;
      return [
        next === null ? 200 : 206,
        { count: list.length, next, api_version: '1', data: list.slice(page - 1, page) },
      ];
    },
    first: [
      {
        ...{ id: '54001-1340', title: 'Nitrates (en NO3) à VAL-CLAIR', territory: '54322', authors: ['REGIE'] },
        ...{ text: 'Eau conforme.\n\nNitrates (en NO3) : 21 mg/L', publishedAt: '2026-02-01T09:00:00Z' },
      },
      { id: '54002-1340', attributes: { parametre: '1340', bacteriologie: 'C' } },
    ],
    second: ['Eau conforme.\n\nNitrates (en NO3) : 22 mg/L'],
  },
  'open-meteo-archive': {
    settings: (home) => ({
      url: `${home}/v1/archive`,
      params: { latitude: 48.8, longitude: 2.3, start_date: '2026-01-01', end_date: '2026-01-02' },
    }),
    reply: ({ url: { searchParams } }) => {
      const names = searchParams.get('daily')!.split(',');
      const values = (each: (name: string) => unknown) => Object.fromEntries(names.map((name) => [name, each(name)]));
      const daily = { time: ['2026-01-01', '2026-01-02'], ...values(() => [4.5, null]) };
      const units = { time: 'iso8601', ...values((name) => (name.startsWith('temp') ? '°C' : 'mm')) };
      const generationtime_ms = Math.random();
      return [
        200,
        { latitude: 48.75, longitude: 2.25, generationtime_ms, timezone: 'Europe/Paris', daily_units: units, daily },
      ];
    },
    first: [
      {
        ...{ id: '48.75,2.25 2026-01-01', title: 'Météo du 2026-01-01', publishedAt: '2026-01-01' },
        text: METEO[0],
      },
      { text: METEO[1] },
    ],
    second: METEO,
  },
  'insee-bdm': {
    settings: (home) => ({
      url: `${home}/series/sdmx/data/SERIES_BDM/{idbanks}`,
      params: { idbanks: ['000000001', '000000002'] },
    }),
    reply: ({ url }) => (url.pathname.endsWith('/000000001+000000002') ? [200, SDMX] : [404, '<Error/>']),
    first: [
      {
        ...{
          id: '000000001',
          title: "Indice d'essai & co",
          publishedAt: '2026-04-30',
          attributes: { frequence: 'M', unite: 'SO' },
        },
        text: "Indice d'essai & co\n\n2026-03 : 101.2\n2026-02 : 100.9",
      },
      { id: '000000002', text: 'Autre\n\n2025 : NaN' },
    ],
    second: ["Indice d'essai & co\n\n2026-03 : 101.2\n2026-02 : 100.9", 'Autre\n\n2025 : NaN'],
  },
};

let server: Server | undefined;
afterEach(() => new Promise<unknown>((resolve) => (server ? server.close(resolve) : resolve(null))));

async function serve({ reply }: Replay): Promise<string> {
  let home = '';
  const created = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const url = new URL(request.url!, home);
      const [status, answer] = reply({ url, body: chunks.join(''), type: request.headers['content-type'] ?? '' }, home);
      const isText = typeof answer === 'string';
      response.writeHead(status, {
        'content-type': isText ? 'application/xml' : 'application/json',
        connection: 'close',
      });
      response.end(isText ? answer : JSON.stringify(answer));
    });
  });
  server = created;
  await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(created.address() as AddressInfo).port}`;
  return home;
}

test('every preset is replayed here', () => {
  const files = readdirSync(folder).map((file) => basename(file, '.yaml'));
  expect([...presets.keys()]).toEqual(files.sort());
  expect(Object.keys(REPLAYS).sort()).toEqual(files);
});

describe.each(Object.entries(REPLAYS))('%s', (preset, replay) => {
  test('needs no more than it says', () => {
    const needs = presets.get(preset)!.needs;
    const settings = replay.settings('https://api.example') as { params?: object };
    const given = [...Object.keys(settings), ...Object.keys(settings.params ?? {}).map((name) => `params.${name}`)];
    for (const need of needs) expect(given).toContain(need.startsWith('body.') ? 'body' : need);
    expect(rest.config.safeParse({ preset, ...settings }).error).toBeUndefined();
  });

  test('reads what the API answers, then what is new', async () => {
    const home = await serve(replay);
    const states = new Map<string, Json>();
    const collect = () =>
      collecting(rest as never, { preset, perSecond: 100, ...replay.settings(home) }, { allow: [home], states });
    const first = await collect();
    expect(first.refusals).toEqual([]);
    expect(first.items).toMatchObject(replay.first);
    expect(first.items).toHaveLength(replay.first.length);
    expect(first.items.flatMap(({ findings }) => findings)).toEqual([]);
    const second = await collect();
    expect(second.refusals).toEqual([]);
    expect(second.items.map(({ text }) => text)).toEqual(replay.second);
  });
});

test('what a source says comes before its preset, key by key where keys are many', () => {
  const under = { url: 'a', params: { page: 1, tri: 'date' }, pagination: { kind: 'link' } };
  const over = { params: { tri: 'titre' }, pagination: { kind: 'none' } };
  expect(completeSettings(under, over)).toEqual({
    url: 'a',
    params: { page: 1, tri: 'titre' },
    pagination: { kind: 'none' },
  });
});
