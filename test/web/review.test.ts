// The review screen over a real project, in a real Chromium: nothing is lost nor doubled, and everything goes by keyboard.

import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { openCodebookDesk } from '../../src/run/codebook-desk.ts';
import { openEvaluationDesk } from '../../src/run/evaluation-desk.ts';
import { openStoreReader } from '../../src/run/store-reader.ts';
import { openReviewDesk } from '../../src/run/store-review-desk.ts';
import { REVIEW_CODEBOOK, SPANS_CODEBOOK } from '../opinions.ts';
import type { TestProject } from '../project.ts';
import { answerTo, reviewProject, says } from '../review.ts';
import { findChromium, openBrowser, openPage } from './browser.ts';
import { simulateSession } from './review-session.ts';
import { audit, type BuiltWeb, warningWeb } from './workbench.ts';

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
    const codebook = openCodebookDesk(app, () => app.reload());
    const desks = { review, codebook, evaluation: openEvaluationDesk(app) };
    const server = await buildServer(await openStoreReader(app), { web: web.folder, desks });
    onTestFinished(() => server.close());
    return { review, address: await listenLocally(server, 0) };
  };

  test('twenty-four texts are reviewed while pages are reloaded, left and doubled and the network goes: none lost, none doubled', async () => {
    const project = await reviewProject(40, '{ sample: 24, doubleReading: "0%", uncertain: "0%" }');
    const { address } = await serve(project);
    const { page } = await openPage(browser, { language: 'fr', appearance: 'light' });
    const context = page.context();
    const session = await simulateSession(context, { address, limit: 200, every: 3, seed: 24 });
    expect(Object.values(session.disturbances).every((n) => n > 0)).toBe(true);
    const rows = await project.app.database.transaction(async (tx) => {
      const said = await sql<{ document: string; task: string; label: string; at: Date; answer: string }>`
        select encode(document, 'hex') as document, task, label, created_at as at, made ->> 'answer' as answer
        from annotation where annotator = 'person:local' order by created_at, id`.execute(tx);
      return said.rows;
    });
    expect(session.meant.size).toBe(24);
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

  test('places are marked, texts skipped, disagreements settled and a filter answered from the keyboard, on a phone', async () => {
    const people = '{ sample: 8, doubleReading: "100%", uncertain: "0%" }';
    const { address, review } = await serve(await reviewProject(40, people, SPANS_CODEBOOK));
    const reader = (name: string) => ({ person: `person:${name}`, settles: false });
    const [disputed, other] = await review.next(reader('anne'), 2);
    const place = (start: number) => ({
      task: 'lieux',
      label: 'lieu',
      spans: [{ start, end: start + 4, label: 'lieu' }],
    });
    await review.answer(reader('anne'), answerTo(disputed!, [...says('loisirs', 'negatif'), place(0)]));
    const again = (await review.item(reader('bilal'), disputed!.document))!;
    await review.answer(reader('bilal'), answerTo(again, [...says('loisirs', 'positif'), place(1)]));
    await review.answer(reader('anne'), answerTo(other!, [...says('loisirs', 'negatif'), place(0)]));
    const phone = { viewport: { width: 320, height: 900 } };
    const { page, faults } = await openPage(browser, { language: 'fr', appearance: 'light' }, phone);
    const violations: string[] = [];
    const look = async (name: string) => {
      violations.push(...(await audit(page)).map((violation) => `${name}: ${violation}`));
      expect(`${name} ${await page.evaluate(() => document.documentElement.scrollWidth)}`).toBe(`${name} 320`);
    };
    const said = (document: string) => review.item({ person: 'person:local', settles: true }, document);
    const shown = async () => (await page.locator('[data-document]').getAttribute('data-document'))!;
    const passed = (id: string) =>
      page.waitForFunction((last) => document.querySelector(`[data-document="${last}"]`) === null, id);

    await page.goto(`${address}/review`);
    await page.waitForSelector('[data-document]');
    const first = await shown();
    const { text } = (await said(first))!;
    const words = text.split(' ').slice(0, 2).join(' ');
    await page.keyboard.press('Digit1');
    await page.keyboard.press('Digit3');
    for (const key of ['ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
    expect(await page.locator('mark.chosen').innerText()).toBe(words);
    await page.keyboard.press('Digit1');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Digit2');
    await page.locator('.spans li').nth(1).waitFor();
    await look('marking');
    await page.keyboard.press('x');
    await page.locator('.spans li').nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('v');
    await passed(first);
    await page.waitForSelector('[data-waiting="0"]');
    const answers = [
      ...says('loisirs', 'positif'),
      { ...place(0), spans: [{ start: 0, end: words.length, label: 'lieu' }] },
    ];
    expect((await said(first))!.answers).toEqual(answers);

    await page.keyboard.press('u');
    await page.waitForSelector(`[data-document="${first}"]`);
    await page.waitForSelector('[data-waiting="0"]');
    expect((await said(first))!.answers).toEqual([]);
    await page.keyboard.press('s');
    await page.getByRole('dialog').waitFor();
    await look('skipping');
    await page.keyboard.press('Digit2');
    await passed(first);
    await page.waitForSelector('[data-waiting="0"]');
    expect(await said(first)).toMatchObject({ answers: [], skipped: 'language' });

    await tabBackTo(page, 'input[name=view]');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector(`[data-settling="${disputed!.document}"]`);
    await look('settling');
    await page.keyboard.press('Digit2');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Digit1');
    await page.locator('.spans li').waitFor();
    await page.keyboard.press('v');
    await page.waitForSelector('.empty');
    expect(await review.conflicts({ person: 'person:local', settles: true })).toEqual([]);

    await tabBackTo(page, 'input[name=view]');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('.review-list li');
    await look('list');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('#bulk-title');
    await tabTo(page, 'input.input');
    await page.keyboard.type('piscine');
    await tabTo(page, '.label-button');
    await page.keyboard.press('Digit2');
    await page.locator('.label-button[aria-pressed=true]').waitFor();
    await tabTo(page, '.actions .button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.actions .button.primary');
    await look('bulk');
    const filter = { q: 'piscine', source: null, theme: null, tone: null };
    const count = () => review.countBulk({ person: 'person:local', settles: true }, filter, 'theme');
    const wanted = await count();
    expect(wanted).toBeGreaterThan(0);
    await tabTo(page, '.actions .button.primary');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.matches('[role=status] .button') ?? false);
    expect(await count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.matches('.actions .button') ?? false);
    expect(await count()).toBe(wanted);
    expect(faults).toEqual([]);
    await page.context().close();

    const wide = await openPage(browser, { language: 'en', appearance: 'dark' });
    for (const [view, ready] of [
      ['', '[data-document]'],
      ['?view=conflicts', '.empty'],
      ['?view=list', '.review-list li'],
      ['?view=bulk', '.label-button'],
    ] as const) {
      await wide.page.goto(`${address}/review${view}`);
      await wide.page.waitForSelector(ready);
      violations.push(...(await audit(wide.page)).map((violation) => `wide ${view}: ${violation}`));
    }
    await wide.page.goto(`${address}/review`);
    await wide.page.waitForSelector('[data-document]');
    await wide.page.keyboard.press('?');
    await wide.page.waitForSelector('[role=dialog]');
    violations.push(...(await audit(wide.page)).map((violation) => `help: ${violation}`));
    expect(wide.faults).toEqual([]);
    await wide.page.context().close();
    expect(violations).toEqual([]);
  });

  test('each category says how it was measured, and the next version is written from the keyboard', async () => {
    const project = await reviewProject(40, '{ sample: 30, doubleReading: "0%", uncertain: "0%" }');
    const { app } = project;
    const { address, review } = await serve(project);
    const anne = { person: 'person:anne', settles: false };
    for (const [at, item] of (await review.next(anne, 30)).entries()) {
      const tone = /honte/.test(item.text) ? 'negatif' : /Bravo/.test(item.text) ? 'positif' : 'neutre';
      await review.answer(anne, answerTo(item, says(at % 2 === 0 ? 'loisirs' : 'transports', tone)));
    }
    await openEvaluationDesk(app).evaluate('person:anne');
    const phone = { viewport: { width: 320, height: 900 } };
    const { page, faults } = await openPage(browser, { language: 'fr', appearance: 'light' }, phone);
    await page.goto(`${address}/codebook`);
    await page.waitForSelector('.measured');
    const measured = (label: string) =>
      page.locator('details', { hasText: label }).first().locator('.measured').innerText();
    expect(await measured('Négatif')).toMatch(/^lexical : Précision \d+\s% \[.*n = \d+.* · Rappel .* · F1 /);
    expect(await measured('Autre')).toMatch(/^Pas mesurée\s: 0 réponse de personnes au hasard, il en faut 11\.$/);
    const tone = page.getByRole('region', { name: 'Ton' });
    expect(await tone.getByRole('link', { name: 'Évaluation de cette question' }).getAttribute('href')).toBe(
      '/evaluation?task=tone',
    );
    expect(await audit(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);

    await tabTo(page, '.code-text');
    await tabTo(page, '.actions .button');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('version: 2'));
    await tabBackTo(page, '.code-text');
    await page.keyboard.press('Control+a');
    const next = REVIEW_CODEBOOK.replace('version: 1', 'version: 2').replace('id: transports', 'id: mobilite');
    await page.keyboard.insertText(next);
    await tabTo(page, '.actions .button + .button');
    await page.keyboard.press('Enter');
    await page.getByText('need a new one or').waitFor();
    expect(await page.getByRole('button', { name: 'Enregistrer la version' }).isDisabled()).toBe(true);
    await tabBackTo(page, '.code-text');
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('mapping: { from: essai@1, tasks: { theme: { transports: mobilite } } }\n');
    await tabTo(page, '.actions .button + .button');
    await page.keyboard.press('Enter');
    await page.getByText('transports → mobilite').waitFor();
    await tabTo(page, '.actions .button.primary');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.textContent === 'essai@2 est écrite.');
    expect(app.codebookVersion).toBe('essai@2');
    await page.getByText('essai@2,').waitFor();
    await page.getByText('La grille a changé depuis').waitFor();
    expect(await audit(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

const tabTo = (page: Page, selector: string) => tab(page, 'Tab', selector);
const tabBackTo = (page: Page, selector: string) => tab(page, 'Shift+Tab', selector);

/** Presses until what has the focus is of this selector. */
async function tab(page: Page, key: string, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press(key);
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`the keyboard never reaches ${selector}`);
}
