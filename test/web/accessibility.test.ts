// Every screen in a real Chromium: no accessibility violation, no error, nothing refused, nothing run from the data.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { findChromium, openBrowser, openPage, type WatchedPage } from './browser.ts';
import { type FixtureReader, fixtureReader } from './fixture-reader.ts';

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

  const serve = async (reader: FixtureReader) => {
    const server = await buildServer(reader, { web: WEB });
    servers.push(server);
    return listenLocally(server, 0);
  };

  beforeAll(async () => {
    await build({ configFile: resolve(ROOT, 'src/web/vite.config.ts'), logLevel: 'silent' });
    full = fixtureReader();
    for (let step = 0; step < 18; step += 1) full.advance();
    [base, emptyBase] = [await serve(full), await serve(fixtureReader({ empty: true }))];
    ideas = fixtureReader({ size: 0, extra: [IDEAS] });
    ideasBase = await serve(ideas);
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
    ['barometer, empty', `${emptyBase}/barometer`, '.empty'],
    ['corpus', `${base}/corpus?q=ligne&tone=negatif&from=2025-09-01`, '.result mark'],
    ['corpus, nothing found', `${base}/corpus?q=introuvable`, '.empty'],
    ['document', `${base}/corpus/${full.documents[3]}`, '.chain'],
    ['document, several ideas', `${ideasBase}/corpus/${ideas.documents[0]}`, '.words .idea + [lang=en]'],
    ['runs', `${base}/runs`, 'progress'],
    ['runs, empty', `${emptyBase}/runs`, '.empty'],
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

  for (const language of ['fr', 'en'] as const) {
    for (const appearance of ['light', 'dark'] as const) {
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
  }

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
    await withPage(DAY, async ({ page }) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`${base}/`);
      await page.waitForSelector('.stages');
      expect(asked.filter((url) => !url.startsWith(base))).toEqual([]);
      const { gzipSync } = await import('node:zlib');
      const files = asked.filter((url) => /\.(js|css)$/.test(url)).map((url) => new URL(url).pathname);
      const bytes = files.map((file) => gzipSync(readFileSync(resolve(WEB, `.${file}`))).length);
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
