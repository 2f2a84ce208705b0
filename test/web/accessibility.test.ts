// Every screen in a real Chromium: no accessibility violation, no error, nothing refused, nothing run from the data.

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { findChromium, openBrowser, openPage, type WatchedPage } from './browser.ts';
import { fixtureTerritoryDesk } from './fixture-context.ts';
import { fixtureDesk } from './fixture-desk.ts';
import { fixtureEvaluation, withheldInFixture } from './fixture-evaluation.ts';
import { type FixtureReader, fixtureReader, RUNNING } from './fixture-reader.ts';
import { fixtureRecipeDesk, fixtureStepsDesk } from './fixture-recipes.ts';
import { fixtureRunDesk } from './fixture-run-desk.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const WEB = resolve(ROOT, 'dist/web');
const BLNS = resolve(ROOT, '../shared/data/hostile/blns.json');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DAY = { language: 'fr', appearance: 'light' } as const;

const IDEAS =
  'Nos demandes pour le quartier :\n1. Il faut des pistes cyclables devant le collège.\n2. We would like more frequent buses between the station and the hospital.\n3. Il faut rouvrir la piscine, [PERSONNE 1] vous l’a dit.';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '=HYPERLINK("http://evil.example";"clic")',
  '\u202eetroppus\u202c œuvre ﬁn\u202f! 👩‍👩‍👧 \ud800 \u0000 [PERSONNE 1]',
];

const chromium = findChromium();
if (chromium === null && process.env.REQUIRE_REAL === '1') {
  throw new Error('REQUIRE_REAL=1 and there is no Chromium here; set CHROMIUM to its path');
}

// Skipped where there is no Chromium (set CHROMIUM to its path).
describe.skipIf(chromium === null)('the workbench in a real Chromium', { timeout: 180_000 }, () => {
  let browser: Browser;
  const servers: FastifyInstance[] = [];
  let full: FixtureReader;
  let base: string;
  let emptyBase: string;
  let ideas: FixtureReader;
  let ideasBase: string;
  let withheldBase: string;

  const serve = async (reader: FixtureReader, { empty = false } = {}) => {
    const desks = {
      sources: await fixtureDesk({ empty }),
      runs: fixtureRunDesk(reader),
      recipes: fixtureRecipeDesk({ empty, documents: reader.documents }),
      steps: fixtureStepsDesk(reader),
      evaluation: fixtureEvaluation({ empty }),
      territory: fixtureTerritoryDesk(reader.documents),
    };
    const server = await buildServer(reader, { web: WEB, desks });
    servers.push(server);
    return listenLocally(server, 0);
  };

  beforeAll(async () => {
    await build({ configFile: resolve(ROOT, 'src/web/vite.config.ts'), logLevel: 'silent' });
    full = fixtureReader();
    for (let step = 0; step < 18; step += 1) full.advance();
    [base, emptyBase] = [await serve(full), await serve(fixtureReader({ empty: true }), { empty: true })];
    ideas = fixtureReader({ size: 0, extra: [IDEAS] });
    ideasBase = await serve(ideas);
    withheldBase = await serve(fixtureReader({ withheld: await withheldInFixture() }));
    browser = await openBrowser(chromium!);
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
  });

  const withPage = async (
    choice: Parameters<typeof openPage>[1],
    visit: (watched: WatchedPage) => Promise<void>,
    options: Parameters<typeof openPage>[2] = {},
  ) => {
    const watched = await openPage(browser, choice, options);
    try {
      await visit(watched);
      expect(watched.faults).toEqual([]);
    } finally {
      await watched.page.context().close();
    }
  };

  const screens = () => [
    ['home', `${base}/`, '.stages'],
    ['home, empty', `${emptyBase}/`, '.empty'],
    ['barometer', `${base}/barometer`, '.charts figure:nth-child(4) svg[role=img]'],
    ['barometer, filtered', `${base}/barometer?theme=ecologie&counting=deduplicated`, '.charts svg[role=img]'],
    ['barometer, nothing found', `${base}/barometer?from=1999-01-01&to=1999-02-01`, '.notice'],
    ['barometer, labels kept back', `${withheldBase}/barometer`, '.charts .notice'],
    ['barometer, empty', `${emptyBase}/barometer`, '.empty'],
    ['corpus', `${base}/corpus?q=ligne&tone=negatif&from=2025-09-01`, '.result mark'],
    ['corpus, nothing found', `${base}/corpus?q=introuvable`, '.empty'],
    ['document', `${base}/corpus/${full.documents[3]}`, '.chain'],
    ['document, several ideas', `${ideasBase}/corpus/${ideas.documents[0]}`, '.words .idea + [lang=en]'],
    ['copies', `${base}/copies`, '.sparkline'],
    ['copies, empty', `${emptyBase}/copies`, '.empty'],
    ['form letter', `${base}/copies/partial-${full.documents[3]}`, 'mark.distinct'],
    ['evaluation', `${base}/evaluation`, '.charts figure:nth-child(3) svg[role=img]'],
    ['evaluation, a scale', `${base}/evaluation?task=tone&kind=people`, '.charts svg[role=img]'],
    ['evaluation, empty', `${emptyBase}/evaluation`, '.empty'],
    ['runs', `${base}/runs`, 'progress'],
    ['runs, empty', `${emptyBase}/runs`, '.empty'],
    ['run, live', `${base}/runs/${RUNNING}`, 'progress'],
    ['run, partly done', `${base}/runs/run-2`, '.notice.bad'],
    ['run, failed', `${base}/runs/run-1`, '.notice.bad'],
    ['sources', `${base}/sources`, 'tbody tr'],
    ['sources, empty', `${emptyBase}/sources`, '.empty'],
    ['source, failing', `${base}/sources/presse`, '#letters-title ~ section table'],
    ['source, never collected', `${base}/sources/nouvelle-source`, '#letters-title'],
    ['source, new', `${base}/sources/new`, '.catalogue'],
    ['source, changed', `${base}/sources/concertation/edit`, '.files'],
    ['recipes', `${base}/recipes`, '.counts'],
    ['recipes, empty', `${emptyBase}/recipes`, '.empty'],
    ['missing', `${base}/nothing-here`, 'h1'],
  ];

  test('the audit does find what is wrong, and the watch does see what runs', async () => {
    const { page, faults } = await openPage(browser, DAY);
    await page.goto(`${base}/`);
    await page.waitForSelector('.stages');
    await page.evaluate(() => {
      document.querySelector('main')?.append(document.createElement('img'));
      document.head.append(Object.assign(document.createElement('style'), { textContent: 'h1 { color: red }' }));
      setTimeout(() => alert(1));
    });
    expect((await audit(page)).join()).toContain('image-alt');
    expect(faults.join()).toContain('content security policy');
    expect(faults).toContain('dialog: alert');
    await page.context().close();
  });

  // Words change with the language and contrasts with the appearance: two of the four combinations show both of each.
  for (const [language, appearance] of [
    ['fr', 'light'],
    ['en', 'dark'],
  ] as const) {
    test(`no violation on any screen (${language}, ${appearance})`, async () => {
      const violations: string[] = [];
      await withPage({ language, appearance }, async ({ page }) => {
        for (const [name, url, ready] of screens()) {
          await page.goto(url!);
          await page.waitForSelector(ready!);
          violations.push(...(await audit(page)).map((violation) => `${name}: ${violation}`));
        }
      });
      expect(violations).toEqual([]);
    });
  }

  for (const [language, appearance] of [
    ['fr', 'light'],
    ['en', 'dark'],
  ] as const) {
    test(`another recipe is judged and accepted, the steps of a text are read (${language}, ${appearance})`, async () => {
      const french = language === 'fr';
      const violations: string[] = [];
      await withPage({ language, appearance }, async ({ page }) => {
        const check = async (step: string) => {
          violations.push(...(await audit(page)).map((violation) => `${step}: ${violation}`));
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          expect([step, width]).toEqual([step, page.viewportSize()!.width]);
        };
        await page.setViewportSize({ width: 320, height: 700 });
        await page.goto(`${base}/recipes`);
        await page.getByText(french ? 'Montrer des exemples' : 'Show examples').click();
        await page.waitForSelector('.difference ins');
        // Not by colour alone: a line through, brackets, and a word for those who hear the page.
        expect(await page.locator('.difference del').first().textContent()).toBe(
          french ? ' retiré [[SIREN 1]]' : ' removed [[SIREN 1]]',
        );
        await page.getByText(french ? 'Lister ces avis' : 'List them').click();
        await page.waitForSelector('#stranded-reclamations ~ details table');
        await check('recipes, narrow');
        await page.setViewportSize({ width: 1200, height: 900 });
        await page
          .getByRole('button', { name: french ? 'Refuser' : 'Refuse', exact: true })
          .first()
          .press('Enter');
        await page.waitForSelector('.dialog');
        await check('refusal');
        await page.keyboard.press('Escape');
        await page
          .getByRole('button', { name: french ? 'Accepter et remplacer' : 'Accept and replace' })
          .press('Enter');
        await page.waitForSelector('.dialog');
        await check('acceptance');
        await page.locator('.dialog button[type=submit]').press('Enter');
        await page.waitForSelector('.notice.good');
        await check('accepted');
        await page.setViewportSize({ width: 320, height: 700 });
        await page.goto(`${base}/corpus/${full.documents[3]}`);
        await page.getByText(french ? 'Montrer les étapes' : 'Show the steps').click();
        await page.waitForSelector('.text-steps ins');
        await check('steps, narrow');
      });
      expect(violations).toEqual([]);
    });
  }

  for (const [language, appearance] of [
    ['fr', 'light'],
    ['en', 'dark'],
  ] as const) {
    test(`a source is added step by step, without a violation (${language}, ${appearance})`, async () => {
      const french = language === 'fr';
      const violations: string[] = [];
      const desk = await fixtureDesk();
      const server = await buildServer(full, { web: WEB, desks: { sources: desk } });
      servers.push(server);
      const address = await listenLocally(server, 0);
      // Mistakes are answered 422, which a browser writes down as an error.
      const watched = await openPage(browser, { language, appearance });
      const { page } = watched;
      const check = async (step: string) => {
        violations.push(...(await audit(page)).map((violation) => `${step}: ${violation}`));
      };
      const press = (words: string) => page.getByRole('button', { name: words, exact: true }).click();
      const next = () => press(french ? 'Continuer' : 'Continue');
      await page.goto(`${address}/sources/new`);
      await page.getByRole('button', { name: french ? /^Fichiers/ : /^Files/ }).click();
      expect(await focused(page)).toBe(french ? 'Réglages' : 'Settings');
      await page.locator('details.more summary').first().click();
      await check('settings');
      await next();
      await press(french ? 'Lire 20 enregistrements' : 'Read 20 records');
      await page.waitForSelector('.notice.bad');
      await check('preview, incomplete');
      await press(french ? 'Précédent' : 'Previous');
      await press('inputs/consultation-2026.csv');
      await next();
      await press(french ? 'Tester la connexion' : 'Test the connection');
      await page.waitForSelector('.notice.good');
      await check('tested');
      await press(french ? 'Lire 20 enregistrements' : 'Read 20 records');
      await page.waitForSelector('#columns-title');
      await page.locator('.preview details summary').click();
      await check('preview');
      await next();
      await check('legal card');
      await next();
      await page
        .getByLabel(french ? 'Rythme' : 'Rhythm', { exact: true })
        .fill(french ? 'chaque jour à 6 h' : 'every hour');
      await page.getByText(french ? 'Prochaines collectes :' : 'Next collections:').waitFor();
      await check('rhythm');
      await press(french ? 'Enregistrer' : 'Save');
      await page.waitForSelector('.notice.bad');
      await check('mistakes');
      await page.getByLabel(french ? /^Finalité/ : /^Purpose/).fill('analyser');
      await page.getByLabel(french ? /^Base légale/ : /^Legal basis/).fill('consentement');
      await page.getByLabel(french ? /^Licence/ : /^Licence/).selectOption('lov2');
      await page.getByLabel(french ? /^Approuvée par/ : /^Approved by/).fill('DPO');
      await next();
      await press(french ? 'Enregistrer' : 'Save');
      await page.waitForURL('**/sources/consultation-2026');
      expect(desk.saved.get('consultation-2026')).toMatchObject({
        collector: 'file',
        licence: 'lov2',
        approver: 'DPO',
      });
      await press(french ? 'Dupliquer' : 'Duplicate');
      await page.waitForSelector('[role=dialog]');
      await check('copy');
      expect(violations).toEqual([]);
      expect(watched.faults.filter((fault) => !fault.includes('422'))).toEqual([]);
      await page.context().close();
    });
  }

  test('a change made elsewhere meanwhile is not written over', async () => {
    const desk = await fixtureDesk();
    const server = await buildServer(full, { web: WEB, desks: { sources: desk } });
    servers.push(server);
    const address = await listenLocally(server, 0);
    const { page } = await openPage(browser, DAY);
    await page.goto(`${address}/sources/concertation/edit`);
    await page.waitForSelector('.files');
    await desk.setPaused('presse', true, LOCAL_ACTOR.person);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('datasens.yaml a changé entre-temps').waitFor();
    expect(desk.saved.size).toBe(0);
    await page.context().close();
  });

  test('no violation on a phone, in open lists, dialogs and tables, and no sideways scroll at 320 pixels', async () => {
    const violations: string[] = [];
    await withPage(
      DAY,
      async ({ page }) => {
        for (const [name, url, ready] of screens()) {
          await page.goto(url!);
          await page.waitForSelector(ready!);
          violations.push(...(await audit(page)).map((violation) => `${name}: ${violation}`));
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(`${name}: ${overflow > 0 ? overflow : 0}`).toBe(`${name}: 0`);
        }
        await page.goto(`${base}/barometer`);
        await page.waitForSelector('.charts svg[role=img]');
        await page.getByRole('button', { name: /Source$/ }).click();
        await page.waitForSelector('[role=listbox]');
        violations.push(...(await audit(page)).map((violation) => `list: ${violation}`));
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Méthode' }).click();
        await page.waitForSelector('[role=dialog]');
        violations.push(...(await audit(page)).map((violation) => `dialog: ${violation}`));
        await page.keyboard.press('Escape');
        for (const tab of await page.getByRole('tab', { name: 'Tableau' }).all()) await tab.click();
        violations.push(...(await audit(page)).map((violation) => `tables: ${violation}`));
      },
      { viewport: { width: 320, height: 700 } },
    );
    expect(violations).toEqual([]);
  });

  test('a keyboard alone goes from home to the words behind a figure', async () => {
    await withPage(DAY, async ({ page }) => {
      await page.goto(`${base}/`);
      await page.waitForSelector('.stages');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Aller au contenu');
      await page.keyboard.press('Enter');
      await tabTo(page, 'Ouvrir le baromètre');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.charts svg[role=img]');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
      await tabTo(page, 'Graphique');
      await page.keyboard.press('ArrowRight');
      await page.waitForSelector('[role=tabpanel] table a');
      const week = await page.locator('[role=tabpanel] table a').first().innerText();
      await tabTo(page, week);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.result');
      expect(new URL(page.url()).searchParams.get('from')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      const title = await page.locator('.result a').first().innerText();
      await tabTo(page, title);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.chain');
      expect(page.url()).toMatch(/\/corpus\/[0-9a-f]{64}$/);
    });
  });

  test('a list opens, moves and chooses by keyboard, and the address remembers', async () => {
    await withPage(DAY, async ({ page }) => {
      await page.goto(`${base}/barometer`);
      await page.waitForSelector('.charts svg[role=img]');
      await page.getByRole('button', { name: /^(Tous|Société).* Thème$/ }).focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('[role=listbox]');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => location.search.includes('theme='));
      await page.reload();
      await page.waitForSelector('.charts svg[role=img]');
      expect(await page.getByRole('button', { name: /^(Tous|Société).* Thème$/ }).innerText()).toContain('Société');
      await page.goBack();
      await page.waitForFunction(() => !location.search.includes('theme='));
    });
  });

  test('a click on a bar opens the corpus on that week, with as many documents as the bar says', async () => {
    await withPage(DAY, async ({ page }) => {
      await page.goto(`${base}/barometer`);
      const bar = page.locator('.charts figure:nth-child(1) .pick rect').nth(3);
      await bar.click();
      await page.waitForSelector('.result');
      const { from, to } = Object.fromEntries(new URL(page.url()).searchParams);
      const cells = (await full.barometer({ from, to }, 'raw', ['week']))!.cells;
      expect(await page.locator('.total').innerText()).toBe(`${cells[0]!.n} documents`);
    });
  });

  test('exports say what the page says: a safe CSV, an SVG that stands alone', async () => {
    await withPage(DAY, async ({ page }) => {
      await page.goto(`${base}/barometer`);
      const figure = page.locator('.charts figure:nth-child(3)');
      await figure.locator('svg[role=img]').waitFor();
      const csv = await saved(page, () => figure.getByRole('button', { name: /CSV/ }).click());
      expect(csv.startsWith('\ufeff"Thème";"n";')).toBe(true);
      expect(csv.trim().split('\r\n').length).toBe(14);
      const svg = await saved(page, () => figure.getByRole('button', { name: /SVG/ }).click());
      expect(svg).toContain('<title>Part de chaque thème</title>');
      expect(svg).not.toContain('var(--');
    });
  });

  test('a keyboard alone starts a run of some sources, and the server is asked for those', async () => {
    const reader = fixtureReader();
    while (reader.advance());
    const desk = fixtureRunDesk(reader);
    const server = await buildServer(reader, { web: WEB, desks: { runs: desk } });
    servers.push(server);
    const address = await listenLocally(server, 0);
    await withPage(DAY, async ({ page }) => {
      await page.goto(`${address}/runs`);
      await page.waitForSelector('.estimate strong');
      await page.locator('.plan input').first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.boxes input');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      expect(await audit(page)).toEqual([]);
      await tabTo(page, 'Lancer');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${address}/runs/${RUNNING}`);
    });
    expect(desk.asked).toEqual(['start collect presse,reclamations']);
  });

  test('a run is stopped, and what failed in another is tried again', async () => {
    const reader = fixtureReader();
    const desk = fixtureRunDesk(reader);
    const server = await buildServer(reader, { web: WEB, desks: { runs: desk } });
    servers.push(server);
    const address = await listenLocally(server, 0);
    await withPage(DAY, async ({ page }) => {
      await page.goto(`${address}/runs`);
      await page.waitForSelector('progress');
      await page.getByText('la suivante commencera').waitFor();
      await page.goto(`${address}/runs/${RUNNING}`);
      await page.getByRole('button', { name: 'Interrompre' }).click();
      await page.waitForFunction(() => document.querySelector('button:disabled') === null);
      while (reader.advance());
      await page.goto(`${address}/runs/run-2`);
      const [manifest] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: /Manifeste/ }).click(),
      ]);
      expect(manifest.suggestedFilename()).toBe('datasens-run-run-2.json');
      await page.getByRole('button', { name: 'Réessayer ce qui a échoué' }).click();
      await page.waitForURL(`${address}/runs/${RUNNING}`);
    });
    expect(desk.asked).toEqual([`cancel ${RUNNING}`, 'retry run-2']);
  });

  test('a page follows its run through a server that dies and comes back', async () => {
    const reader = fixtureReader();
    const open = () =>
      buildServer(reader, {
        web: WEB,
        desks: { runs: fixtureRunDesk(reader), territory: fixtureTerritoryDesk(reader.documents) },
      });
    const first = await open();
    const address = await listenLocally(first, 0);
    const { page } = await openPage(browser, DAY);
    await page.goto(`${address}/runs`);
    await page.locator('progress').first().waitFor();
    await first.close();
    await page.getByText('reconnexion').waitFor();
    for (let step = 0; step < 20; step += 1) reader.advance();
    const second = await open();
    servers.push(second);
    await listenLocally(second, Number(new URL(address).port));
    await page.getByText('suivi en direct').waitFor();
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 200);
    await page.context().close();
  });

  test('a run is followed live, and its end refreshes the list', async () => {
    const reader = fixtureReader();
    const address = await serve(reader);
    await withPage(DAY, async ({ page }) => {
      await page.goto(`${address}/runs`);
      const first = page.locator('progress').first();
      await first.waitFor();
      for (let step = 0; step < 10; step += 1) reader.advance();
      await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 200);
      while (reader.advance());
      await page.waitForFunction(() => document.querySelectorAll('progress').length === 0);
      expect(await page.locator('tbody tr').count()).toBe(3);
    });
  });

  test('hostile texts are shown as text, and run nothing', async () => {
    const known = existsSync(BLNS) ? (JSON.parse(readFileSync(BLNS, 'utf8')) as string[]) : [];
    const texts = [...HOSTILE, ...known].filter((text) => text.trim() !== '');
    const reader = fixtureReader({ size: 0, extra: texts });
    const address = await serve(reader);
    await withPage(DAY, async ({ page }) => {
      await page.goto(`${address}/corpus?duplicates=all`);
      let shown = 0;
      for (;;) {
        await page.waitForSelector('[aria-busy=false] .result');
        shown += await page.locator('.result').count();
        const next = page.getByRole('link', { name: 'Page suivante' });
        if ((await next.count()) === 0) break;
        const before = page.url();
        await next.click();
        await page.waitForFunction((url) => location.href !== url, before);
      }
      expect(shown).toBe(texts.length);
      for (const [index, text] of HOSTILE.entries()) {
        await page.goto(`${address}/corpus/${reader.documents[index]}`);
        await page.waitForSelector('.words');
        const words = await page.evaluate(() => document.querySelector('.words')?.textContent);
        expect(words?.toWellFormed()).toBe(text.toWellFormed());
      }
    });
  });

  test('the first route weighs at most 170 kB compressed, and asks nothing of others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'datasens-web-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    // As it is shipped: under `test`, React comes in its development build.
    vi.stubEnv('NODE_ENV', 'production');
    onTestFinished(() => void vi.unstubAllEnvs());
    const configFile = resolve(ROOT, 'src/web/vite.config.ts');
    await build({ configFile, logLevel: 'silent', build: { outDir: folder } });
    const server = await buildServer(full, { web: folder });
    servers.push(server);
    const address = await listenLocally(server, 0);
    await withPage(DAY, async ({ page }) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`${address}/`);
      await page.waitForSelector('.stages');
      expect(asked.filter((url) => !url.startsWith(address))).toEqual([]);
      const files = asked.filter((url) => /\.(js|css)$/.test(url)).map((url) => new URL(url).pathname);
      const bytes = files.map((file) => gzipSync(readFileSync(join(folder, file))).length);
      expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(170_000);
    });
  });
});

async function audit(page: Page): Promise<readonly string[]> {
  // Through the debugging protocol, so that the page's own content security policy stays as strict as in use.
  await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const axe = (globalThis as unknown as { axe: { run(context: Document, options: object): Promise<AxeAnswer> } }).axe;
    interface AxeAnswer {
      readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    }
    const answer = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return answer.violations.map(({ id, nodes }) => `${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 160)}`);
  }, TAGS);
}

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText.trim() ?? '');
}

async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === text) return;
  }
  throw new Error(`the keyboard never reaches "${text}"`);
}

async function saved(page: Page, click: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFileSync((await download.path())!, 'utf8');
}
