// Themes proposed, named, merged, split and accepted by keyboard on a narrow screen, in a real Chromium.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { openBrowser, openPage } from './browser.ts';
import { fixtureReader } from './fixture-reader.ts';
import { fixtureThemeDesk } from './fixture-themes.ts';
import { audit, type BuiltWeb, chromium, shippedWeb } from './workbench.ts';

describe.skipIf(chromium === null)('proposed themes in a real Chromium', { timeout: 180_000 }, () => {
  let web: BuiltWeb;
  let browser: Awaited<ReturnType<typeof openBrowser>>;

  beforeAll(async () => {
    web = await shippedWeb();
    browser = await openBrowser(chromium!);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await web?.remove();
  });

  async function withThemes(choice: Parameters<typeof openPage>[1], visit: (page: Page) => Promise<void>) {
    const desks = { themes: await fixtureThemeDesk({ proposed: false }) };
    const server = await buildServer(fixtureReader({ size: 0 }), { web: web.folder, desks });
    try {
      const { page, faults } = await openPage(browser, choice, { viewport: { width: 320, height: 700 } });
      await page.goto(`${await listenLocally(server, 0)}/themes`);
      await visit(page);
      expect(await audit(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      expect(faults).toEqual([]);
      await page.context().close();
    } finally {
      await server.close();
    }
  }

  const pressed = async (page: Page, scope: ReturnType<Page['locator']>, name: RegExp, key = 'Enter') => {
    await scope.getByRole(key === 'Space' ? 'checkbox' : 'button', { name }).focus();
    await page.keyboard.press(key);
  };

  test('go by keyboard alone from nothing to the line of the settings, in French', async () => {
    await withThemes({ language: 'fr', appearance: 'light' }, async (page) => {
      const main = page.locator('main');
      const card = (name: RegExp | string) => page.getByRole('article', { name });
      await pressed(page, main, /^Proposer des thèmes$/);
      await page.getByRole('heading', { name: 'Thèmes proposés' }).waitFor();
      expect(await audit(page)).toEqual([]);
      // What a model made says so, and what was set aside says why.
      const naming = page.getByRole('region', { name: 'Noms donnés par un modèle' });
      expect(await naming.textContent()).toMatch(/a nommé 1 thème.*s’est arrêté à son budget.*t2 — aucun mot du thème/);
      const first = card('Ce que dit le modèle');
      expect(await first.textContent()).toMatch(/nommé par lucie/);
      expect(await first.textContent()).toMatch(/Ce que les gens disent de .*décrit par un modèle/);
      await page.getByText(/Le corpus a changé depuis/).waitFor();

      await first.getByRole('textbox').focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('Se déplacer à vélo');
      await page.keyboard.press('Enter');
      const renamed = card('Se déplacer à vélo');
      await renamed.waitFor();
      expect(await renamed.textContent()).not.toMatch(/nommé par lucie/);
      // The keyboard stays where it was.
      expect(await renamed.getByRole('textbox').evaluate((field) => field === document.activeElement)).toBe(true);

      const cards = page.getByRole('article');
      const before = await cards.count();
      for (const at of [1, 2]) await pressed(page, cards.nth(at), /à réunir/, 'Space');
      await pressed(page, main, /^Réunir les thèmes cochés \(2\)$/);
      const merged = cards.filter({ hasText: 'fait par une personne' });
      await merged.waitFor();
      expect(await cards.count()).toBe(before - 1);
      await pressed(page, merged, /^Scinder$/);
      await merged.waitFor({ state: 'detached' });
      await page.waitForFunction((count) => document.querySelectorAll('article').length === count, before);
      // Its card is gone: the keyboard lands on the first of the two that came of it.
      await page.waitForFunction(() => document.activeElement?.tagName === 'H3');
      const landed = await page.evaluate(() => document.activeElement!.textContent!);
      await pressed(page, card(landed), /^Écarter$/);
      await page.getByRole('heading', { name: 'Écartés' }).waitFor();
      await page.waitForFunction((name) => document.activeElement?.textContent === name, landed);

      await pressed(page, renamed, /^Retenir$/);
      await renamed.getByText('retenu', { exact: true }).waitFor();
      await pressed(page, main, /^Accepter/);
      const notice = page.getByRole('status').filter({ hasText: 'barometre@2' });
      await notice.waitFor();
      expect(await notice.locator('code').allTextContents()).toEqual([
        'annotators: [ lexical, themes ]',
        'datasens annotate',
      ]);
      const history = await page.getByRole('region', { name: 'Historique' }).locator('li').allTextContents();
      const kinds = [
        /accepté/,
        /retenu/,
        /écarté/,
        /scindé/,
        /réuni/,
        /renommé t1 → Se déplacer à vélo/,
        /lucie : nommé t1/,
      ];
      expect(history).toHaveLength(kinds.length);
      for (const [at, kind] of kinds.entries()) expect(history[at]!.replaceAll('\u00a0', ' ')).toMatch(kind);
    });
  });

  test('say in English, in the dark, what a model did', async () => {
    await withThemes({ language: 'en', appearance: 'dark' }, async (page) => {
      await pressed(page, page.locator('main'), /^Propose themes$/);
      await page.getByText('named by lucie').waitFor();
      await page.getByText(/stopped at its budget; the other themes keep/).waitFor();
    });
  });
});
