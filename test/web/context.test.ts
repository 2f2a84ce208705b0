// Context beside the figures, and a territory corrected by keyboard, in a real Chromium.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { rounds } from '../thoroughness.ts';
import { findChromium, openBrowser, openPage } from './browser.ts';
import { fixtureTerritoryDesk } from './fixture-context.ts';
import { fixtureReader } from './fixture-reader.ts';
import { type BuiltWeb, shippedWeb } from './workbench.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const chromium = findChromium();
if (chromium === null && process.env.REQUIRE_REAL === '1') {
  throw new Error('REQUIRE_REAL=1 and there is no Chromium here; set CHROMIUM to its path');
}

describe.skipIf(chromium === null)('context in a real Chromium', { timeout: 180_000 }, () => {
  let browser: Browser;
  let server: FastifyInstance;
  let base: string;
  let web: BuiltWeb;
  const reader = fixtureReader();

  beforeAll(async () => {
    web = await shippedWeb();
    const desks = { territory: fixtureTerritoryDesk(reader.documents) };
    server = await buildServer(reader, { web: web.folder, desks });
    base = await listenLocally(server, 0);
    browser = await openBrowser(chromium!);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await web?.remove();
  });

  const audit = async (page: Page, part = 'html'): Promise<readonly string[]> => {
    await page.evaluate(AXE);
    return page.evaluate(async (selector) => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const axe = (globalThis as unknown as { axe: { run(node: unknown, options: unknown): Promise<Found> } }).axe;
      const { violations } = await axe.run(selector, { runOnly: { type: 'tag', values: tags } });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    }, part);
  };

  for (const [language, appearance] of (
    [
      ['fr', 'light'],
      ['en', 'dark'],
    ] as const
  ).slice(0, rounds(2, 1))) {
    test(`a place is said by keyboard, taught, and taken back, without a violation (${language})`, async () => {
      const french = language === 'fr';
      const { page, faults } = await openPage(
        browser,
        { language, appearance },
        { viewport: { width: 320, height: 700 } },
      );
      await page.goto(`${base}/corpus/${reader.documents[french ? 3 : 4]}`);
      const press = async (words: RegExp) => {
        await page.getByRole('button', { name: words }).focus();
        await page.keyboard.press('Enter');
      };
      await press(french ? /^Corriger/ : /^Correct/);
      const field = page.getByRole('combobox', { name: french ? /^Commune/ : /^Commune/ });
      expect(await audit(page)).toEqual([]);
      await field.focus();
      // As on a server that is asked for the first time: all is typed before the first answer comes.
      await page.route('**/api/v1/places?*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 400));
        await route.continue();
      });
      await page.keyboard.type('isere');
      await page.getByText(french ? 'Recherche…' : 'Searching…').waitFor();
      await page.getByRole('option', { name: /Isère/ }).first().waitFor();
      // While it is open the list hides the rest of the page from readers; leaving the field closes it.
      expect(await audit(page, '.popover')).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await field.inputValue()).toMatch(/^Isère \(département 38/);
      await page.getByRole('checkbox').focus();
      await page.keyboard.press('Space');
      await press(french ? /^C’est ici/ : /^It is here/);
      const correction = page.locator('.correction');
      await correction.getByText(french ? /3 autres documents suivent/ : /3 other documents follow/).waitFor();
      await correction.getByText(french ? /«\s?grenoble\s?» veut dire Isère/ : /“grenoble” means Isère/).waitFor();
      expect(await correction.textContent()).toMatch(french ? /Corrigé par local/ : /Corrected by local/);
      expect(await audit(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await press(french ? /^Retirer/ : /^Take the correction/);
      await correction.getByText(french ? /^Correction retirée/ : /^Correction taken back/).waitFor();
      expect(faults).toEqual([]);
      await page.context().close();
    });
  }

  test('marks are drawn, listed, in the table and in its export; an indicator has a chart of its own', async () => {
    const { page, faults } = await openPage(browser, { language: 'fr', appearance: 'light' });
    await page.goto(`${base}/barometer`);
    const volume = page.locator('figure').first();
    await volume.locator('.mark-list summary').click();
    const listed = await volume.locator('.marks li').allTextContents();
    expect(listed.some((line) => /1 mai 2026\s?: Fête du Travail/.test(line))).toBe(true);
    const numbers = await volume.locator('svg text').allTextContents();
    for (let rank = 1; rank <= listed.length; rank += 1) expect(numbers).toContain(String(rank));
    expect(await audit(page)).toEqual([]);
    await volume.getByRole('tab', { name: 'Tableau' }).click();
    expect(await volume.locator('table').textContent()).toContain('Fête du Travail');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      volume.getByRole('button', { name: /en CSV/ }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toContain('Fête du Travail');
    const indicator = page.locator('figure', { hasText: 'Température maximale (°C)' });
    expect(await indicator.textContent()).toContain(
      'Source : Station fictive de Val-Clair, licence lov2.'.replace(' :', '\u00a0:'),
    );
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}
