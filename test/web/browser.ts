// A real Chromium for tests: where it is, how it is started, and what must never happen on a page.

import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium on this machine, or null. */
export function findChromium(): string | null {
  return PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface WatchedPage {
  readonly page: Page;
  /** Console errors, page errors, refused content and dialogs, in order. */
  readonly faults: string[];
}

/** A page in a language and an appearance, that writes down everything that should not happen. */
export async function openPage(
  browser: Browser,
  choice: { readonly language: 'fr' | 'en'; readonly appearance: 'light' | 'dark' },
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ colorScheme: choice.appearance, locale: 'fr-FR', ...options });
  await context.addInitScript((wanted) => {
    localStorage.setItem('datasens.language', wanted.language);
    localStorage.setItem('datasens.appearance', wanted.appearance);
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`refused by the content security policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  }, choice);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.type()}`);
    void dialog.dismiss();
  });
  return { page, faults };
}

/** Waits until what a CSS selector finds first can be seen; at each frame, where Playwright would look more and more seldom. */
export async function appears(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector(wanted)?.checkVisibility({ visibilityProperty: true }) === true,
    selector,
  );
}

/** React shows what it waited for at most every 300 ms: for pages that are only looked at, such short waits are none. */
export async function hurry(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const later = globalThis.setTimeout;
    const sooner = (act: TimerHandler, ms = 0, ...rest: unknown[]) => later(act, ms <= 300 ? 0 : ms, ...rest);
    globalThis.setTimeout = sooner as typeof setTimeout;
  });
}
