// The review screen over a real project, in a real Chromium: nothing is lost nor doubled, and everything goes by keyboard.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { openStoreReader } from '../../src/run/store-reader.ts';
import { openReviewDesk } from '../../src/run/store-review-desk.ts';
import type { TestProject } from '../project.ts';
import { answerTo, reviewProject, says } from '../review.ts';
import { findChromium, openBrowser, openPage } from './browser.ts';
import { simulateSession } from './review-session.ts';
import { type BuiltWeb, warningWeb } from './workbench.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const THEMES = { Digit1: 'loisirs', Digit2: 'transports', Digit3: 'autre' } as Readonly<Record<string, string>>;
const TONES = { Digit1: 'negatif', Digit2: 'neutre', Digit3: 'positif' } as Readonly<Record<string, string>>;

const chromium = findChromium();
if (chromium === null && process.env.REQUIRE_REAL === '1') {
  throw new Error('REQUIRE_REAL=1 and there is no Chromium here; set CHROMIUM to its path');
}

// Skipped where there is no Chromium (set CHROMIUM to its path).
describe.skipIf(chromium === null)('the review in a real Chromium', { timeout: 180_000 }, () => {
  let browser: Browser;
  let web: BuiltWeb;
  beforeAll(async () => {
    web = await warningWeb();
    browser = await openBrowser(chromium!);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await web?.remove();
  });

  const serve = async ({ app }: TestProject) => {
    const review = openReviewDesk(app);
    const server = await buildServer(await openStoreReader(app), { web: web.folder, desks: { review } });
    onTestFinished(() => server.close());
    return { review, address: await listenLocally(server, 0) };
  };

  test('forty texts are reviewed while pages are reloaded, left and doubled and the network goes: none lost, none doubled', async () => {
    const project = await reviewProject(60, '{ sample: 40, doubleReading: "0%", uncertain: "0%" }');
    const { address } = await serve(project);
    const { page } = await openPage(browser, { language: 'fr', appearance: 'light' });
    const context = page.context();
    const session = await simulateSession(context, { address, limit: 400, every: 3, seed: 5 });
    expect(Object.values(session.disturbances).every((n) => n > 0)).toBe(true);
    const rows = await project.app.database.transaction(async (tx) => {
      const said = await sql<{ document: string; task: string; label: string; at: Date; answer: string }>`
        select encode(document, 'hex') as document, task, label, created_at as at, made ->> 'answer' as answer
        from annotation where annotator = 'person:local' order by created_at, id`.execute(tx);
      return said.rows;
    });
    expect(session.meant.size).toBe(40);
    for (const [document, [theme, tone]] of session.meant) {
      const own = rows.filter((row) => row.document === document);
      const last = (task: string) => own.findLast((row) => row.task === task)?.label;
      expect([last('theme'), last('tone')]).toEqual([THEMES[theme!], TONES[tone!]]);
      // Each answer that counts was kept once: what is there beyond it was taken back.
      const given = own.filter(({ label }) => label !== 'withdrawn').length;
      expect(given - own.filter(({ label }) => label === 'withdrawn').length).toBe(2);
    }
    await context.close();
  });

  test('keys do everything, the machine stays hidden until then, and the draft comes back', async () => {
    const project = await reviewProject(40, '{ sample: 12, doubleReading: "0%", uncertain: "0%" }');
    const { address } = await serve(project);
    const { page, faults } = await openPage(browser, { language: 'fr', appearance: 'light' });
    const answers: string[] = [];
    page.on('response', async (response) => {
      if (response.url().includes('/review/next')) answers.push(await response.text().catch(() => ''));
    });
    await page.goto(`${address}/review`);
    await page.waitForSelector('[data-document]');
    await expect.poll(() => answers.join(), { timeout: 10_000 }).toContain('"machine":null');
    expect(answers.join()).not.toContain('lexical');
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('review-text');

    const onScreen = () => page.locator('[data-document]').getAttribute('data-document');
    const first = await onScreen();
    await page.keyboard.press('Digit2');
    await page.keyboard.press('c');
    await page.keyboard.type('à relire : 1 et 2');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.waitForSelector('[data-document]');
    expect(await onScreen()).toBe(first);
    expect(await page.getByLabel(/Remarque/).inputValue()).toBe('à relire : 1 et 2');
    expect(await page.getByRole('button', { name: 'Transports' }).getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Digit3');
    await page.waitForFunction((last) => document.querySelector(`[data-document="${last}"]`) === null, first);
    await page.getByText('lexical').first().waitFor();

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Touches' }).waitFor();
    await page.keyboard.press('Escape');
    const second = await onScreen();
    await page.keyboard.press('s');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Digit4');
    await page.waitForFunction((last) => document.querySelector(`[data-document="${last}"]`) === null, second);
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    expect(await onScreen()).toBe(first);
    await page.keyboard.press('j');
    expect(await onScreen()).toBe(second);
    await page.keyboard.press('j');
    await page.keyboard.press('Control+z');
    await page.waitForSelector(`[data-document="${second}"]`);
    await page.waitForSelector('[data-waiting="0"]');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  for (const [language, appearance] of [
    ['fr', 'light'],
    ['en', 'dark'],
  ] as const) {
    test(`no violation on any view, nor at 320 pixels (${language}, ${appearance})`, async () => {
      const project = await reviewProject(40, '{ sample: 8, doubleReading: "100%", uncertain: "0%" }');
      const { address, review } = await serve(project);
      const [anne, bilal] = [
        { person: 'person:anne', settles: false },
        { person: 'person:bilal', settles: false },
      ];
      for (const item of await review.next(anne, 2)) {
        await review.answer(anne, answerTo(item, says('loisirs', 'negatif')));
        const same = (await review.item(bilal, item.document))!;
        await review.answer(bilal, answerTo(same, says('loisirs', 'positif')));
      }
      const violations: string[] = [];
      for (const width of [1280, 320]) {
        const viewport = { viewport: { width, height: 900 } };
        const { page, faults } = await openPage(browser, { language, appearance }, viewport);
        for (const [view, ready] of [
          ['', '[data-document]'],
          ['?view=conflicts', '.readings'],
          ['?view=list', '.review-list li'],
          ['?view=bulk', '.label-button'],
        ] as const) {
          await page.goto(`${address}/review${view}`);
          await page.waitForSelector(ready);
          violations.push(...(await audit(page)).map((violation) => `${width} ${view}: ${violation}`));
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(`${view}: ${Math.max(0, overflow)}`).toBe(`${view}: 0`);
        }
        await page.goto(`${address}/review`);
        await page.waitForSelector('[data-document]');
        await page.keyboard.press('?');
        await page.waitForSelector('[role=dialog]');
        violations.push(...(await audit(page)).map((violation) => `${width} help: ${violation}`));
        expect(faults).toEqual([]);
        await page.context().close();
      }
      expect(violations).toEqual([]);
    });
  }
});

async function audit(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the window
    const { violations } = await (window as any).axe.run(document, { runOnly: tags });
    return violations.map((one: { id: string; nodes: { html: string }[] }) => `${one.id} ${one.nodes[0]?.html}`);
  }, TAGS);
}
