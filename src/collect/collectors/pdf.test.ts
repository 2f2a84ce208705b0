import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { collecting } from '../../../test/collecting.ts';
import { linesOf, makePdf, type PdfPageSpec } from '../../../test/pdf-file.ts';
import type { Json } from '../../model/json.ts';
import pdf from './pdf.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pdf-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(name: string, content: Uint8Array): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

const collect = (config: object, states = new Map<string, Json>()) => collecting(pdf, config, { root, states });

async function textOf(pages: readonly PdfPageSpec[]): Promise<string> {
  put('a.pdf', makePdf({ pages }));
  return (await collect({ path: 'a.pdf' })).items[0]!.text;
}

const LEFT = [
  'La rue des Tilleuls est trop étroite pour que deux',
  'autobus se croisent, et les riverains demandent un',
  'sens unique entre la mairie et la place du marché.',
  'Le conseil municipal étudiera cette proposition le',
];
const RIGHT = [
  'mois prochain, avec les chiffres du comptage mené',
  'au printemps par les services de la communauté de',
  'communes. Une réunion publique est prévue ensuite,',
  'à la salle des fêtes, un samedi matin de juin.',
];

describe('the text of a page', () => {
  test('is read column by column under a title that spans them', async () => {
    const text = await textOf([
      {
        words: [
          { text: 'Le plan de circulation en débat dans tout le bourg', x: 110, y: 80, size: 16, font: 'bold' },
          ...linesOf(LEFT, { x: 60, y: 130 }),
          ...linesOf(RIGHT, { x: 320, y: 130 }),
        ],
      },
    ]);
    const [title, ...rest] = text.split('\n\n');
    expect(title).toBe('Le plan de circulation en débat dans tout le bourg');
    expect(rest.join(' ')).toBe([...LEFT, ...RIGHT].join(' '));
  });

  test('has its broken words whole, and the hyphens that French writes', async () => {
    const text = await textOf([
      {
        words: linesOf(
          [
            'Le stationnement de courte durée devrait être auto-',
            'risé devant la gare de Saint-',
            'Étienne, ce qui rendrait la dépose plus simple, peut-',
            'être dès septembre ; les usagers du quartier le disent eux-',
            'mêmes depuis des années, et la municipalité écoute.',
          ],
          { x: 70, y: 100 },
        ),
      },
    ]);
    expect(text).toContain('devrait être autorisé devant la gare de Saint-Étienne, ce qui');
    expect(text).toContain('peut-être dès septembre ; les usagers du quartier le disent eux-mêmes depuis');
  });

  test('keeps its paragraphs and the items of its lists apart', async () => {
    const text = await textOf([
      {
        words: [
          ...linesOf(['Les habitants ont exprimé plusieurs demandes au cours de', 'la soirée :'], { x: 70, y: 100 }),
          ...linesOf(['• un arrêt de bus devant le collège, avec un abri et un', '  banc ;', '• une piste cyclable.'], {
            x: 84,
            y: 130,
          }),
          ...linesOf(['Le maire a répondu à chacune.'], { x: 70, y: 190 }),
        ],
      },
    ]);
    expect(text.split('\n\n')).toEqual([
      'Les habitants ont exprimé plusieurs demandes au cours de la soirée :',
      '• un arrêt de bus devant le collège, avec un abri et un banc ;',
      '• une piste cyclable.',
      'Le maire a répondu à chacune.',
    ]);
  });

  test('gives a table row by row, the lines of a cell together', async () => {
    const row = (cells: readonly string[], y: number) => cells.map((text, at) => ({ text, x: [70, 230, 330][at]!, y }));
    const text = await textOf([
      {
        words: [
          ...linesOf(['Réponses au questionnaire, par commune :'], { x: 70, y: 90 }),
          ...row(['Commune', 'Réponses', 'Favorables'], 120),
          ...row(['Val-Clair', '412', '61 %'], 140),
          ...row(['Saint-Martin', '87', '48 %'], 160),
          ...row(['les Granges'], 171).map((words) => ({ ...words, x: 70 })),
          ...row(['Beaupré', '130', '55 %'], 191),
        ],
      },
    ]);
    expect(text).toContain(
      'Commune | Réponses | Favorables\nVal-Clair | 412 | 61 %\nSaint-Martin les Granges | 87 | 48 %\nBeaupré | 130 | 55 %',
    );
  });

  test('includes what is written sideways, after the rest', async () => {
    const text = await textOf([
      {
        words: [{ text: 'Annexe en marge de la page', x: 40, y: 500, turned: 90 }, ...linesOf(LEFT, { x: 60, y: 130 })],
      },
    ]);
    expect(text.endsWith('Annexe en marge de la page')).toBe(true);
  });
});

test('running heads and page numbers are dropped, and a sentence goes on over the page', async () => {
  const bodies = [
    ['Le premier sujet est le bus du soir, que', 'beaucoup attendent depuis la fermeture de la'],
    ['ligne par le département. Le second est la', 'piste cyclable de la vallée.'],
    ['Le troisième sujet est la place du marché.'],
    ['Le dernier concerne les horaires de la mairie.'],
  ];
  const text = await textOf(
    bodies.map((body, at) => ({
      words: [
        { text: 'Val-Clair — compte rendu de la concertation', x: 70, y: 40, size: 9 },
        ...linesOf(body, { x: 70, y: 100 }),
        { text: `Page ${at + 1} sur 4`, x: 270, y: 800, size: 9 },
      ],
    })),
  );
  expect(text).not.toMatch(/compte rendu|Page/);
  expect(text).toContain('depuis la fermeture de la ligne par le département.');
});

test('a title that comes once, or titles that all differ, are no running heads', async () => {
  const titles = ['Mobilités', 'Logement', 'Écoles', 'Budget'];
  const text = await textOf(
    titles.map((title) => ({
      words: [{ text: `${title} et cadre de vie`, x: 70, y: 40, size: 11 }, ...linesOf(LEFT, { x: 70, y: 100 })],
    })),
  );
  for (const title of titles) expect(text).toContain(`${title} et cadre de vie`);
});

describe('a page that is an image', () => {
  const pages = [
    { words: linesOf([...LEFT, ...RIGHT], { x: 70, y: 100 }) },
    { image: [400, 600] as const },
    { words: [{ text: 'Reçu en préfecture le 12 mai', x: 300, y: 20 }], image: [400, 600] as const },
    { image: [20, 20] as const },
  ];

  test('is pointed out, and a small drawing or a blank page is not', async () => {
    put('scan.pdf', makePdf({ pages }));
    const { items } = await collect({ path: 'scan.pdf' });
    expect(items[0]!.findings).toEqual([{ code: 'scanned-page', at: 'text', evidence: '2 of 4 pages: 2-3' }]);
    expect(items[0]!.text).toContain('sens unique');
  });

  test('is pointed out by itself where there is one document per page', async () => {
    put('scan.pdf', makePdf({ pages }));
    const { items, events } = await collect({ path: 'scan.pdf', by: 'page' });
    expect(items.map((item) => item.findings.map(({ code }) => code))).toEqual([
      [],
      ['scanned-page'],
      ['scanned-page'],
      [],
    ]);
    const records = events.filter((event) => event.kind === 'record');
    expect(records.map(({ key }) => key)).toEqual(['page-1', 'page-2', 'page-3', 'page-4']);
    expect(new Set(records.map(({ bytes }) => bytes)).size).toBe(1);
    expect(items[2]).toMatchObject({ id: 'page-3', text: 'Reçu en préfecture le 12 mai' });
  });
});

test('title, author and date are what the file says, where that is worth believing', async () => {
  const words = [{ text: 'Bilan de la concertation', x: 70, y: 80, size: 20 }, ...linesOf(LEFT, { x: 70, y: 130 })];
  put('dit.pdf', makePdf({ pages: [{ words }], info: { Title: 'Bilan 2026', Author: 'Ville de Val-Clair' } }));
  put(
    'tait.pdf',
    makePdf({
      pages: [{ words }],
      info: { Title: 'Microsoft Word - bilan_v3.docx', Author: 'admin', CreationDate: 'D:20260512' },
    }),
  );
  const { items } = await collect({ path: ['dit.pdf', 'tait.pdf'] });
  expect(items[0]).toMatchObject({ title: 'Bilan 2026', authors: ['Ville de Val-Clair'], publishedAt: null });
  expect(items[1]).toMatchObject({ title: 'Bilan de la concertation', authors: [], publishedAt: '2026-05-12' });
});

describe('files', () => {
  test('of a folder are read where they are named as PDF, and again only where they changed', async () => {
    put('dossier/un.pdf', makePdf({ pages: [{ words: linesOf(LEFT, { x: 70, y: 100 }) }] }));
    put('dossier/notes.txt', Buffer.from('rien'));
    const states = new Map<string, Json>();
    const first = await collect({ path: 'dossier' }, states);
    expect(first.openings.map(({ location }) => location)).toEqual(['dossier/un.pdf']);
    expect(first.refusals).toEqual([]);
    expect((await collect({ path: 'dossier' }, states)).events).toEqual([]);
    expect((await collect({ path: 'dossier', by: 'page' }, states)).items).toHaveLength(1);
    put('dossier/un.pdf', makePdf({ pages: [{ words: linesOf(RIGHT, { x: 70, y: 100 }) }] }));
    expect((await collect({ path: 'dossier' }, states)).items[0]!.text).toContain('réunion publique');
  });

  test('that cannot be read are refused with what to do, and leave the others alone', async () => {
    put('clos.pdf', makePdf({ pages: [{}], locked: true }));
    put('faux.pdf', Buffer.from('<html>Erreur 404</html>'));
    put('bon.pdf', makePdf({ pages: [{ words: linesOf(LEFT, { x: 70, y: 100 }) }] }));
    put('gros.pdf', Buffer.alloc(5000, '%PDF-1.7\n'));
    const config = { path: ['clos.pdf', 'faux.pdf', 'absent.pdf', 'gros.pdf', 'bon.pdf'], maximumBytes: 4000 };
    const { refusals, items, events } = await collect(config);
    expect(refusals).toEqual([
      'input-unreadable clos.pdf',
      'input-unreadable faux.pdf',
      'input-missing absent.pdf',
      'input-too-large gros.pdf',
    ]);
    expect(events[0]).toMatchObject({
      message:
        'clos.pdf is protected by a password; save it without its password, or ask its author for a copy that has none',
    });
    expect(items).toHaveLength(1);
  });

  test('longer than the limit are read to the limit, which is said', async () => {
    const page = { words: linesOf(LEFT, { x: 70, y: 100 }) };
    put('long.pdf', makePdf({ pages: [page, page, page] }));
    const whole = await collect({ path: 'long.pdf', maximumPages: 2 });
    expect(whole.items[0]!.findings).toEqual([
      { code: 'text-truncated', at: 'text', evidence: '2 of 3 pages (pages)' },
    ]);
    const byPage = await collect({ path: 'long.pdf', maximumPages: 2, by: 'page' });
    expect(byPage.items).toHaveLength(2);
    expect(byPage.refusals).toEqual(['input-too-large long.pdf page 3']);
  });
});

describe('hostile files', () => {
  const sound = () => makePdf({ pages: [{ words: linesOf(LEFT, { x: 70, y: 100 }) }] });

  test('cut or scrambled anywhere end in an item or a refusal', async () => {
    const bytes = sound();
    for (let at = 1; at < 12; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged.fill(at * 20, Math.floor((bytes.length * at) / 12), Math.floor((bytes.length * at) / 12) + 40);
      put(`coupe-${at}.pdf`, bytes.subarray(0, Math.floor((bytes.length * at) / 12)));
      put(`brouille-${at}.pdf`, damaged);
    }
    const { items, refusals } = await collect({ path: '.' });
    expect(items.length + refusals.length).toBe(22);
  });

  test('whose pages unpack without end are stopped by the clock, and the next file is read', async () => {
    const content = deflateSync(Buffer.alloc(400 * 2 ** 20, ' '));
    put('bombe.pdf', makePdf({ pages: Array.from({ length: 20 }, () => ({ content })) }));
    put('bon.pdf', sound());
    const [bomb] = (await collect({ path: 'bombe.pdf', timeoutSeconds: 3 })).items;
    expect(bomb).toMatchObject({
      text: '',
      findings: [{ code: 'text-truncated', evidence: expect.stringMatching(/^\d+ of 20 pages \((?:time|memory)\)$/) }],
    });
    expect((await collect({ path: 'bon.pdf' })).items[0]!.text).toContain('sens unique');
  });

  test('whose pages go round in a circle, or that count more than they have, are read as far as they go', async () => {
    const circle = sound().toString('latin1').replace('/Kids [7 0 R]', '/Kids [2 0 R]');
    const count = sound().toString('latin1').replace('/Count 1 ', '/Count 9 ');
    put('rond.pdf', Buffer.from(circle, 'latin1'));
    put('compte.pdf', Buffer.from(count, 'latin1'));
    const { items, refusals } = await collect({ path: ['rond.pdf', 'compte.pdf'] });
    expect(items.length + refusals.length).toBe(2);
  });
});

describe('at an address', () => {
  let server: Server;
  let home = '';
  let served = makePdf({ pages: [{ words: linesOf(LEFT, { x: 70, y: 100 }) }] });
  const asked: (string | undefined)[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.headers['if-none-match']);
      if (request.url !== '/rapport.pdf') return response.writeHead(404).end();
      const etag = `"${createHash('sha256').update(served).digest('hex').slice(0, 8)}"`;
      if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
      return response.writeHead(200, { 'content-type': 'application/pdf', etag }).end(served);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('a PDF is fetched, and fetched again only where it changed', async () => {
    const states = new Map<string, Json>();
    const path = [`${home}/rapport.pdf`, `${home}/parti.pdf`];
    const again = () => collecting(pdf, { path, by: 'page' }, { root, states, allow: [home] });
    const first = await again();
    expect(first.items[0]).toMatchObject({ url: `${home}/rapport.pdf#page=1` });
    expect(first.refusals).toEqual([`remote-refused ${home}/parti.pdf`]);
    expect((await again()).items).toEqual([]);
    expect(asked[2]).toMatch(/^"/);
    served = makePdf({ pages: [{ words: linesOf(RIGHT, { x: 70, y: 100 }) }] });
    expect((await again()).items[0]!.text).toContain('salle des fêtes');
  });

  test('a host that the settings do not name is not reached', async () => {
    const { refusals } = await collecting(pdf, { path: `${home}/rapport.pdf` }, { root, allow: [] });
    expect(refusals).toEqual([`egress-refused ${home}/rapport.pdf`]);
  });
});
