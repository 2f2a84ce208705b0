// The workbench used in a real Chromium, by keyboard too: nothing is lost, nothing is run from the data.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { isWhole } from '../thoroughness.ts';
import { openPage } from './browser.ts';
import { fixtureTerritoryDesk } from './fixture-context.ts';
import { fixtureDesk } from './fixture-desk.ts';
import { fixtureReader, RUNNING } from './fixture-reader.ts';
import { fixtureRunDesk } from './fixture-run-desk.ts';
import {
  audit,
  BOTH,
  chromium,
  DAY,
  focused,
  openWorkbench,
  productionWeb,
  saved,
  shippedWeb,
  tabTo,
  type Workbench,
} from './workbench.ts';

const BLNS = resolve(import.meta.dirname, '../../../shared/data/hostile/blns.json');

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '=HYPERLINK("http://evil.example";"clic")',
  '\u202eetroppus\u202c œuvre ﬁn\u202f! 👩‍👩‍👧 \ud800 \u0000 [PERSONNE 1]',
];

// Skipped where there is no Chromium (set CHROMIUM to its path).
describe.skipIf(chromium === null)('the workbench in a real Chromium', { timeout: 180_000 }, () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench(await shippedWeb());
  }, 180_000);
  afterAll(() => bench?.close());

  for (const { language, appearance } of isWhole ? BOTH : BOTH.slice(1)) {
    test(`another recipe is judged and accepted, the steps of a text are read (${language}, ${appearance})`, async () => {
      const french = language === 'fr';
      const violations: string[] = [];
      await bench.withPage({ language, appearance }, async ({ page }) => {
        const check = async (step: string) => {
          violations.push(...(await audit(page)).map((violation) => `${step}: ${violation}`));
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          expect([step, width]).toEqual([step, page.viewportSize()!.width]);
        };
        await page.setViewportSize({ width: 320, height: 700 });
        await page.goto(`${bench.base}/recipes`);
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
        await page.goto(`${bench.base}/corpus/${bench.full.documents[3]}`);
        await page.getByText(french ? 'Montrer les étapes' : 'Show the steps').click();
        await page.waitForSelector('.text-steps ins');
        await check('steps, narrow');
      });
      expect(violations).toEqual([]);
    });
  }

  for (const { language, appearance } of isWhole ? BOTH : [DAY]) {
    test(`a source is added step by step, without a violation (${language}, ${appearance})`, async () => {
      const french = language === 'fr';
      const violations: string[] = [];
      const desk = await fixtureDesk();
      const { address } = await bench.serveDesks(bench.full, { sources: desk });
      // Mistakes are answered 422, which a browser writes down as an error.
      const watched = await openPage(bench.browser, { language, appearance });
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
    const { address } = await bench.serveDesks(bench.full, { sources: desk });
    const { page } = await openPage(bench.browser, DAY);
    await page.goto(`${address}/sources/concertation/edit`);
    await page.waitForSelector('.files');
    await desk.setPaused('presse', true, 'person:local');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('datasens.yaml a changé entre-temps').waitFor();
    expect(desk.saved.size).toBe(0);
    await page.context().close();
  });

  test('a keyboard alone goes from home to the words behind a figure', async () => {
    await bench.withPage(DAY, async ({ page }) => {
      await page.goto(`${bench.base}/`);
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
    await bench.withPage(DAY, async ({ page }) => {
      await page.goto(`${bench.base}/barometer`);
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
    await bench.withPage(DAY, async ({ page }) => {
      await page.goto(`${bench.base}/barometer`);
      const bar = page.locator('.charts figure:nth-child(1) .pick rect').nth(3);
      await bar.click();
      await page.waitForSelector('.result');
      const { from, to } = Object.fromEntries(new URL(page.url()).searchParams);
      const cells = (await bench.full.barometer({ from, to }, 'raw', ['week']))!.cells;
      expect(await page.locator('.total').innerText()).toBe(`${cells[0]!.n} documents`);
    });
  });

  test('exports say what the page says: a safe CSV, an SVG that stands alone', async () => {
    await bench.withPage(DAY, async ({ page }) => {
      await page.goto(`${bench.base}/barometer`);
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

  test('a keyboard alone starts a run of some sources, and the server is asked for those, models costed', async () => {
    const reader = fixtureReader();
    while (reader.advance());
    const desk = fixtureRunDesk(reader);
    const { address } = await bench.serveDesks(reader, { runs: desk });
    await bench.withPage(DAY, async ({ page }) => {
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

      // What models would cost is read, and above the bar nothing begins before a yes.
      await page.goto(`${address}/runs`);
      const cost = page.locator('.estimate', { hasText: 'lucie' });
      await cost.waitFor();
      expect(await cost.innerText()).toMatch(/lucie.*412[\s\S]*535.600 .*0,35 €.*0,05 kWh/);
      expect(await cost.getByRole('checkbox').count()).toBe(0);
      await tabTo(page, 'Sources à collecter (3/3)');
      await page.keyboard.press('Enter');
      for (const key of ['Tab', 'Tab', 'Space', 'Tab', 'Space']) await page.keyboard.press(key);
      await cost.getByRole('checkbox').waitFor();
      const go = page.getByRole('button', { name: 'Lancer' });
      expect(await go.isDisabled()).toBe(true);
      expect(await audit(page)).toEqual([]);
      for (const key of ['Tab', 'Tab', 'Space']) await page.keyboard.press(key);
      expect(await go.isDisabled()).toBe(false);
      await page.keyboard.press('Space');
      expect(await go.isDisabled()).toBe(true);
      await page.keyboard.press('Space');
      await tabTo(page, 'Lancer');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${address}/runs/${RUNNING}`);
    });
    expect(desk.asked).toEqual([
      'start collect presse,reclamations',
      'start collect,refine,annotate,govern,publish,decide reclamations confirmed',
    ]);
  });

  test('a run is stopped, and what failed in another is tried again', async () => {
    const reader = fixtureReader();
    const desk = fixtureRunDesk(reader);
    const { address } = await bench.serveDesks(reader, { runs: desk });
    await bench.withPage(DAY, async ({ page }) => {
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
    const desks = { runs: fixtureRunDesk(reader), territory: fixtureTerritoryDesk(reader.documents) };
    const { server, address } = await bench.serveDesks(reader, desks);
    const { page } = await openPage(bench.browser, DAY);
    await page.goto(`${address}/runs`);
    await page.locator('progress').first().waitFor();
    await server.close();
    await page.getByText('reconnexion').waitFor();
    for (let step = 0; step < 20; step += 1) reader.advance();
    await bench.serveDesks(reader, desks, { port: Number(new URL(address).port) });
    await page.getByText('suivi en direct').waitFor();
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 200);
    await page.context().close();
  });

  test('a run is followed live, and its end refreshes the list', async () => {
    const reader = fixtureReader();
    const address = await bench.serve(reader);
    await bench.withPage(DAY, async ({ page }) => {
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
    const address = await bench.serve(reader);
    await bench.withPage(DAY, async ({ page }) => {
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
    const web = await productionWeb();
    onTestFinished(() => web.remove());
    const { address } = await bench.serveDesks(bench.full, {}, { web });
    await bench.withPage(DAY, async ({ page }) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`${address}/`);
      await page.waitForSelector('.stages');
      expect(asked.filter((url) => !url.startsWith(address))).toEqual([]);
      const files = asked.filter((url) => /\.(js|css)$/.test(url)).map((url) => new URL(url).pathname);
      const bytes = files.map((file) => gzipSync(readFileSync(join(web.folder, file))).length);
      expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(170_000);
    });
  });
});
