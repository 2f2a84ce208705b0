// The workbench served over fixtures to a real Chromium, once for a test file, and what its tests ask of a page.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import { buildServer, listenLocally } from '../../src/api/server.ts';
import { findChromium, openBrowser, openPage, type WatchedPage } from './browser.ts';
import { fixtureTerritoryDesk } from './fixture-context.ts';
import { fixtureDesk } from './fixture-desk.ts';
import { fixtureEvaluation, withheldInFixture } from './fixture-evaluation.ts';
import { type FixtureReader, fixtureReader, RUNNING } from './fixture-reader.ts';
import { fixtureRecipeDesk, fixtureStepsDesk } from './fixture-recipes.ts';
import { fixtureRunDesk } from './fixture-run-desk.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SHIPPED = join(ROOT, 'dist/web');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const DAY = { language: 'fr', appearance: 'light' } as const;
/** Words change with the language and contrasts with the appearance: two of the four combinations show both of each. */
export const BOTH = [DAY, { language: 'en', appearance: 'dark' }] as const;

const IDEAS =
  'Nos demandes pour le quartier :\n1. Il faut des pistes cyclables devant le collège.\n2. We would like more frequent buses between the station and the hospital.\n3. Il faut rouvrir la piscine, [PERSONNE 1] vous l’a dit.';

/** Null where there is no Chromium (set CHROMIUM to its path), which is refused under REQUIRE_REAL=1. */
export const chromium = findChromium();
if (chromium === null && process.env.REQUIRE_REAL === '1') {
  throw new Error('REQUIRE_REAL=1 and there is no Chromium here; set CHROMIUM to its path');
}

export interface BuiltWeb {
  readonly folder: string;
  remove(): Promise<void>;
}

/** The workbench as it is shipped: what `make` built, or a build of its own where that is older than its sources. */
export async function shippedWeb(): Promise<BuiltWeb> {
  const built = statSync(join(SHIPPED, 'index.html'), { throwIfNoEntry: false });
  return built !== undefined && built.mtimeMs > changedMs() ? { folder: SHIPPED, remove: keep } : productionWeb();
}

/** A build as it is shipped: under `test`, React would come in its development build. */
export async function productionWeb(): Promise<BuiltWeb> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-web-'));
  await buildWeb('production', folder);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * The workbench with the development build of React, which warns of what the other says nothing of; built once for all
 * test files, and again once its sources change.
 */
export async function warningWeb(): Promise<BuiltWeb> {
  const folder = join(ROOT, 'dist', `web-warning-${Math.round(changedMs())}`);
  if (existsSync(folder)) return { folder, remove: keep };
  for (const name of existsSync(dirname(folder)) ? readdirSync(dirname(folder)) : []) {
    if (/^web-warning-\d+$/.test(name)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
  const unfinished = `${folder}-${process.pid}`;
  await buildWeb('development', unfinished);
  // Another worker may have come first: its build is the same.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  return { folder, remove: keep };
}

const keep = async () => undefined;

/** When the newest source of the workbench was written, in milliseconds since 1970. */
function changedMs(): number {
  const files = readdirSync(join(ROOT, 'src/web'), { recursive: true, withFileTypes: true });
  return Math.max(
    ...files.filter((entry) => entry.isFile()).map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
}

/** Never to dist/web: other workers are reading it. */
async function buildWeb(environment: 'production' | 'development', folder: string): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = environment;
  try {
    const configFile = join(ROOT, 'src/web/vite.config.ts');
    await build({ configFile, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
  } finally {
    process.env.NODE_ENV = before;
  }
}

interface OtherServer {
  readonly port?: number;
  readonly web?: BuiltWeb;
}

export interface Workbench {
  readonly browser: Browser;
  readonly full: FixtureReader;
  /** Over `full`. */
  readonly base: string;
  /** Every screen: its name, its address, and what is there once it is ready. */
  readonly screens: readonly (readonly [name: string, url: string, ready: string])[];
  /** Another server over this reader; its address. */
  serve(reader: FixtureReader, options?: { readonly empty?: boolean }): Promise<string>;
  /** Another server with these desks only. */
  serveDesks(
    reader: FixtureReader,
    desks: Desks,
    other?: OtherServer,
  ): Promise<{ readonly server: FastifyInstance; readonly address: string }>;
  /** Visits with a page on which nothing may go wrong. */
  withPage(
    choice: Parameters<typeof openPage>[1],
    visit: (watched: WatchedPage) => Promise<void>,
    options?: Parameters<typeof openPage>[2],
  ): Promise<void>;
  close(): Promise<void>;
}

type Desks = NonNullable<Parameters<typeof buildServer>[1]>['desks'];

export async function openWorkbench(web: BuiltWeb): Promise<Workbench> {
  const servers: FastifyInstance[] = [];
  const serveDesks = async (reader: FixtureReader, desks: Desks, other: OtherServer = {}) => {
    const server = await buildServer(reader, { web: (other.web ?? web).folder, desks });
    servers.push(server);
    return { server, address: await listenLocally(server, other.port ?? 0) };
  };
  const serve = async (reader: FixtureReader, { empty = false } = {}) => {
    const desks = {
      sources: await fixtureDesk({ empty }),
      runs: fixtureRunDesk(reader),
      recipes: fixtureRecipeDesk({ empty, documents: reader.documents }),
      steps: fixtureStepsDesk(reader),
      evaluation: fixtureEvaluation({ empty }),
      territory: fixtureTerritoryDesk(reader.documents),
    };
    return (await serveDesks(reader, desks)).address;
  };
  const full = fixtureReader();
  for (let step = 0; step < 18; step += 1) full.advance();
  const base = await serve(full);
  const emptyBase = await serve(fixtureReader({ empty: true }), { empty: true });
  const ideas = fixtureReader({ size: 0, extra: [IDEAS] });
  const ideasBase = await serve(ideas);
  const withheldBase = await serve(fixtureReader({ withheld: await withheldInFixture() }));
  const browser = await openBrowser(chromium!);
  const screens = [
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
  ] as const;
  return {
    browser,
    full,
    base,
    screens,
    serve,
    serveDesks,
    async withPage(choice, visit, options = {}) {
      const watched = await openPage(browser, choice, options);
      try {
        await visit(watched);
        expect(watched.faults).toEqual([]);
      } finally {
        await watched.page.context().close();
      }
    },
    async close() {
      await browser.close();
      for (const server of servers) await server.close();
      await web.remove();
    },
  };
}

export async function audit(page: Page): Promise<readonly string[]> {
  // Through the debugging protocol, so that the page's own content security policy stays as strict as in use.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const axe = (globalThis as unknown as { axe: { run(context: Document, options: object): Promise<AxeAnswer> } }).axe;
    interface AxeAnswer {
      readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    }
    const answer = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return answer.violations.map(({ id, nodes }) => `${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 160)}`);
  }, TAGS);
}

export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText.trim() ?? '');
}

export async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === text) return;
  }
  throw new Error(`the keyboard never reaches "${text}"`);
}

export async function saved(page: Page, click: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFileSync((await download.path())!, 'utf8');
}
