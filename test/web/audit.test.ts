// Every screen in a real Chromium: no accessibility violation, no error, nothing refused.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isWhole } from '../thoroughness.ts';
import { appears, hurry, openPage } from './browser.ts';
import { audit, BOTH, chromium, DAY, openWorkbench, type Workbench, warningWeb } from './workbench.ts';

const WIDE = { width: 1280, height: 720 };
const PHONE = { width: 320, height: 700 };

// Skipped where there is no Chromium (set CHROMIUM to its path).
describe.skipIf(chromium === null)('every screen in a real Chromium', { timeout: 180_000 }, () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench(await warningWeb());
  }, 180_000);
  afterAll(() => bench?.close());

  test('the audit does find what is wrong, and the watch does see what runs', async () => {
    const { page, faults } = await openPage(bench.browser, DAY);
    await page.goto(`${bench.base}/`);
    await appears(page, '.stages');
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

  for (const { language, appearance } of BOTH) {
    test(`no violation on any screen, wide or of a phone, and no sideways scroll at 320 pixels (${language}, ${appearance})`, async () => {
      const violations: string[] = [];
      await bench.withPage({ language, appearance }, async ({ page }) => {
        await hurry(page);
        for (const [place, [name, url, ready]] of bench.screens.entries()) {
          // Each screen is looked at wide in one of the two and as on a phone in the other: all its words, colours and layouts.
          const isWide = (place % 2 === 0) === (appearance === 'light');
          if (!isWhole && place % 4 < 2 !== (appearance === 'light')) continue;
          await page.goto(url);
          await appears(page, ready);
          if (isWide) violations.push(...(await audit(page)).map((violation) => `${name}: ${violation}`));
          await page.setViewportSize(PHONE);
          await expect
            .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: name, timeout: 10_000 })
            .toBe(320);
          if (!isWide) violations.push(...(await audit(page)).map((violation) => `${name}, phone: ${violation}`));
          await page.setViewportSize(WIDE);
        }
      });
      expect(violations).toEqual([]);
    });
  }

  test('no violation on a phone, in open lists, dialogs and tables', async () => {
    const violations: string[] = [];
    await bench.withPage(
      DAY,
      async ({ page }) => {
        await page.goto(`${bench.base}/barometer`);
        await appears(page, '.charts svg[role=img]');
        await page.getByRole('button', { name: /Source$/ }).click();
        await appears(page, '[role=listbox]');
        violations.push(...(await audit(page)).map((violation) => `list: ${violation}`));
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Méthode' }).click();
        await appears(page, '[role=dialog]');
        violations.push(...(await audit(page)).map((violation) => `dialog: ${violation}`));
        await page.keyboard.press('Escape');
        for (const tab of await page.getByRole('tab', { name: 'Tableau' }).all()) await tab.click();
        violations.push(...(await audit(page)).map((violation) => `tables: ${violation}`));
      },
      { viewport: PHONE },
    );
    expect(violations).toEqual([]);
  });
});
