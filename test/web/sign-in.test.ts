// Signing in and out in a real Chromium: by keyboard, without a violation, and without losing what was being written.

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { openActDesk } from '../../src/run/act-desk.ts';
import { PASSWORD, testAccounts } from '../accounts.ts';
import { rounds } from '../thoroughness.ts';
import { findChromium, openBrowser, openPage } from './browser.ts';
import { fixtureDesk } from './fixture-desk.ts';
import { fixtureReader } from './fixture-reader.ts';
import { fixtureRunDesk } from './fixture-run-desk.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DAY = { language: 'fr', appearance: 'light' } as const;
const NIGHT = { language: 'en', appearance: 'dark' } as const;
const MINUTE = 60_000;

const chromium = findChromium();
if (chromium === null && process.env.REQUIRE_REAL === '1') {
  throw new Error('REQUIRE_REAL=1 and there is no Chromium here; set CHROMIUM to its path');
}

// Skipped where there is no Chromium (set CHROMIUM to its path).
describe.skipIf(chromium === null)('people in a real Chromium', { timeout: 120_000 }, () => {
  let browser: Browser;
  let web: string;

  beforeAll(async () => {
    web = await mkdtemp(join(tmpdir(), 'datasens-web-'));
    const configFile = resolve(import.meta.dirname, '../../src/web/vite.config.ts');
    await build({ configFile, logLevel: 'silent', build: { outDir: web } });
    browser = await openBrowser(chromium!);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await rm(web, { recursive: true, force: true });
  });

  async function open(choice: Parameters<typeof openPage>[1] = DAY, options: Parameters<typeof openPage>[2] = {}) {
    const people = await testAccounts();
    const { sessions, accounts } = people;
    const reader = fixtureReader();
    while (reader.advance());
    const sources = await fixtureDesk();
    const desks = { sources, runs: fixtureRunDesk(reader), sessions, accounts, acts: openActDesk(people.database) };
    const server = await buildServer(reader, { web, desks });
    onTestFinished(() => server.close());
    const base = await listenLocally(server, 0);
    const watched = await openPage(browser, choice, options);
    onTestFinished(() => watched.page.context().close());
    return { ...people, ...watched, sources, base };
  }

  test('a keyboard alone signs in, reads who it is, and signs out', async () => {
    const { add, page, base } = await open();
    await add('camille', ['admin', 'steward']);
    await page.goto(`${base}/runs?x=1`);
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    expect(await page.locator('nav li').count()).toBe(0);
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Identifiant').focus();
    await page.keyboard.type('camille');
    await page.keyboard.press('Tab');
    await page.keyboard.type('trois moineaux');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Il faut se connecter').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Mot de passe').focus();
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Exécutions', exact: true }).waitFor();
    expect(page.url()).toBe(`${base}/runs?x=1`);
    await page.locator('.account-menu summary').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Intendance').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.account-menu[open]').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Se déconnecter' }).press('Enter');
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
  });

  test('a session that ends meanwhile loses nothing: the draft stays, and is sent once its person is back', async () => {
    const { add, clock, page, base, sources } = await open();
    await add('camille', ['admin', 'steward']);
    await signIn(page, `${base}/sources/concertation/edit`, 'camille');
    await page.waitForSelector('.files');
    await page.getByRole('button', { name: 'inputs/reclamations.csv' }).click();
    clock.now += 31 * MINUTE;
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('heading', { name: 'Votre session a pris fin' }).waitFor();
    expect(sources.saved.size).toBe(0);
    expect(await audit(page)).toEqual([]);
    expect(await page.locator('dialog').getByLabel('Identifiant').inputValue()).toBe('camille');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('dialog').getByLabel('Mot de passe').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${base}/sources/concertation`);
    expect(sources.saved.get('concertation')).toMatchObject({ with: { path: 'inputs/reclamations.csv' } });
  });

  test('a page in another tab goes on by itself once the same person is back, and starts afresh for another', async () => {
    const { add, clock, page, base } = await open();
    await add('camille', ['admin', 'steward']);
    await add('dominique', ['reader']);
    await signIn(page, `${base}/runs`, 'camille');
    await page.getByRole('heading', { name: 'Exécutions', exact: true }).waitFor();
    const other = await page.context().newPage();
    await other.goto(`${base}/sources`);
    await other.waitForSelector('tbody tr');
    clock.now += 31 * MINUTE;
    await other.getByRole('link', { name: 'Baromètre' }).click();
    await other.getByRole('heading', { name: 'Votre session a pris fin' }).waitFor();
    await page.getByRole('link', { name: 'Corpus' }).click();
    await page.locator('dialog').getByLabel('Mot de passe').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.result');
    await other.waitForSelector('.charts svg[role=img]');
    await page.locator('.account-menu summary').click();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await signIn(page, `${base}/`, 'dominique');
    await other.getByText('Prénom dominique').first().waitFor();
  });

  for (const [choice, viewport] of (
    [
      [NIGHT, { width: 320, height: 700 }],
      [DAY, { width: 1280, height: 900 }],
    ] as const
  ).slice(0, rounds(2, 1))) {
    const { language } = choice;
    test(`the first account, then the others, are made without a violation (${language}, ${viewport.width})`, async () => {
      const { page, base, faults, accounts } = await open(choice, { viewport });
      const french = language === 'fr';
      const said = (fr: string, en: string) => (french ? fr : en);
      const look = async (name: string) => {
        expect([name, await audit(page)]).toEqual([name, []]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([name, Math.max(overflow, 0)]).toEqual([name, 0]);
      };
      await page.goto(`${base}/`);
      await page.getByText('datasens account add').waitFor();
      await page.getByRole('link', { name: said('Sans compte', 'No accounts') }).click();
      await page.waitForSelector('.empty');
      await look('empty');
      const fill = async (signIn: string, name: string) => {
        await page.getByLabel(said('Identifiant, pour se connecter', 'Sign-in name')).fill(signIn);
        await page.getByLabel(said('Nom, montré aux collègues', 'Name, shown to colleagues')).fill(name);
        await page.getByRole('button', { name: said('Ajouter', 'Add'), exact: true }).click();
        return (await page.locator('.one-time').innerText()).trim();
      };
      const drawn = await fill('camille', 'Camille Essai');
      await look('first');
      await page
        .locator('.notice')
        .getByRole('button', { name: said('Se connecter', 'Sign in') })
        .click();
      const password = said('Mot de passe', 'Password');
      await page.getByLabel(said('Identifiant', 'Sign-in name')).fill('camille');
      await page.getByLabel(password).fill(drawn);
      await page.keyboard.press('Enter');
      await page
        .getByRole('heading', { name: said('Choisissez votre mot de passe', 'Choose your password') })
        .waitFor();
      await page.getByLabel(said('Mot de passe actuel', 'Present password')).fill(drawn);
      for (const label of [said('Nouveau mot de passe', 'New password'), said('Le même, encore', 'The same, again')]) {
        await page.getByLabel(label).fill('motdepasse2026');
      }
      await page.keyboard.press('Enter');
      await page.getByText(said('parmi les premiers', 'among the first')).waitFor();
      await look('password');
      for (const label of [said('Nouveau mot de passe', 'New password'), said('Le même, encore', 'The same, again')]) {
        await page.getByLabel(label).fill(PASSWORD);
      }
      await page.keyboard.press('Enter');
      await page
        .getByRole('heading', { name: said('Où en est le parcours', 'Where') })
        .first()
        .waitFor()
        .catch(() => 0);
      await page.goto(`${base}/account`);
      await page.waitForSelector('.roles');
      await look('account');
      await page.goto(`${base}/accounts`);
      await page.waitForSelector('.accounts');
      await fill('dominique', 'Dominique Essai');
      await page.locator('.accounts > li:nth-child(2) summary').click();
      await page.locator('.accounts > li:nth-child(2)').getByLabel(said('Relecture', 'Reviewer')).check();
      await page.getByRole('button', { name: said('Enregistrer les rôles', 'Save the roles') }).click();
      await page.getByText(said('C’est fait.', 'Done.')).waitFor();
      await look('accounts');
      expect((await accounts.find('dominique')).roles).toEqual(['reader', 'reviewer']);
      await page.locator('.accounts > li:nth-child(1) summary').click();
      await page
        .locator('.accounts > li:nth-child(1)')
        .getByRole('button', { name: said('Fermer le compte', 'Close the account') })
        .click();
      await page.getByText(said('Plus personne n’administrerait', 'Nobody would administer')).waitFor();
      await page.goto(`${base}/acts`);
      await page.getByText(said('la chaîne est entière', 'the chain is whole')).waitFor();
      await page.waitForSelector('tbody tr');
      expect(await page.locator('tbody tr').count()).toBe(4);
      expect(await page.locator('tbody tr').first().innerText()).toContain('Camille Essai');
      await look('acts');
      // What the server answers 401 and 422, a browser writes down.
      expect(faults.filter((fault) => !/40[13]|422/.test(fault))).toEqual([]);
    });
  }

  test('a reader is shown what a reader may do', async () => {
    const { add, page, base } = await open();
    await add('camille', ['admin']);
    await add('dominique', ['reader']);
    await signIn(page, `${base}/`, 'dominique');
    await page.waitForSelector('.stages');
    const links = await page.locator('nav li').allInnerTexts();
    expect(links).toEqual(['Accueil', 'Baromètre', 'Corpus', 'Copies', 'Grille', 'Thèmes', 'Évaluation']);
    await page.goto(`${base}/accounts`);
    await page.getByText('Refusé').waitFor();
  });
});

interface AxeAnswer {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Identifiant').fill(name);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.account-menu').waitFor();
}

async function audit(page: Page): Promise<readonly string[]> {
  // Playwright evaluates past the content security policy, so that the rules can be brought in.
  await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const axe = (globalThis as unknown as { axe: { run(context: Document, options: object): Promise<AxeAnswer> } }).axe;
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
  }, TAGS);
}
