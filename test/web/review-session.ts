// Somebody who reviews in a real browser, by keyboard, while pages are reloaded and left, the network goes and tabs multiply.

import type { BrowserContext, Page } from 'playwright-core';
import { appears } from './browser.ts';

export interface SimulatedSession {
  /** What the person last meant for each document, as category keys, in order of tasks. */
  readonly meant: ReadonlyMap<string, readonly string[]>;
  readonly disturbances: Readonly<Record<'reload' | 'back' | 'offline' | 'tab' | 'undo', number>>;
  /** From one text shown to the next, of answers given without disturbance; milliseconds. */
  readonly times: readonly number[];
  readonly answers: number;
}

/** Keys of two tasks of three categories each. */
const KEYS = ['Digit1', 'Digit2', 'Digit3'];

/** Answers until nothing is left, or `limit` answers; the same seed disturbs at the same moments. */
export async function simulateSession(
  context: BrowserContext,
  {
    address,
    limit,
    every,
    seed,
  }: { readonly address: string; readonly limit: number; readonly every: number; readonly seed: number },
): Promise<SimulatedSession> {
  const draw = randomOf(seed);
  const meant = new Map<string, readonly string[]>();
  const disturbances = { reload: 0, back: 0, offline: 0, tab: 0, undo: 0 };
  const times: number[] = [];
  let page = await opened(context, address);
  let answers = 0;
  let offline = 0;
  const kinds = Object.keys(disturbances) as (keyof typeof disturbances)[];

  while (answers < limit) {
    if (offline > 0 && (await page.locator('[data-document]').count()) === 0) {
      // What was at hand is used up.
      offline = 0;
      await context.setOffline(false);
    }
    const document = await shown(page);
    if (document === null) break;
    const began = performance.now();
    const keys = [KEYS[Math.floor(draw() * 3)]!, KEYS[Math.floor(draw() * 3)]!];
    meant.set(document, keys);
    for (const key of keys) await page.keyboard.press(key);
    answers += 1;
    if (offline > 0) {
      offline -= 1;
      if (offline === 0) await context.setOffline(false);
    }
    if (draw() * every >= 1) {
      await passed(page, document);
      times.push(performance.now() - began);
      continue;
    }
    const kind = kinds[Math.floor(draw() * kinds.length)]!;
    if (kind === 'undo') {
      await passed(page, document);
      await page.keyboard.press('u');
      await appears(page, `[data-document="${document}"]`);
      meant.delete(document);
    } else if (kind === 'offline') {
      await context.setOffline(true);
      offline = 3;
      await passed(page, document);
    } else if (offline > 0) {
      // A page that is left without a network cannot come back.
      continue;
    } else if (kind === 'reload') {
      // At once: what was just answered may be on its way.
      await page.reload();
      await ready(page);
    } else if (kind === 'back') {
      await page.goto(`${address}/corpus`);
      await page.goBack();
      await ready(page);
    } else {
      const other = await opened(context, address);
      const there = await shown(other);
      if (there !== null && !meant.has(there)) {
        meant.set(there, [KEYS[0]!, KEYS[1]!]);
        await other.keyboard.press(KEYS[0]!);
        await other.keyboard.press(KEYS[1]!);
        answers += 1;
        await passed(other, there);
        await passed(page, there);
      }
      if (draw() < 0.5) await other.close();
      else {
        await page.close();
        page = other;
      }
    }
    disturbances[kind] += 1;
  }
  await context.setOffline(false);
  await appears(page, '[data-waiting="0"]');
  return { meant, disturbances, times, answers };
}

async function opened(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${address}/review`);
  await ready(page);
  return page;
}

const ready = (page: Page) => appears(page, '[data-document], .empty');

/** The document on the screen; null where there is nothing left. */
async function shown(page: Page): Promise<string | null> {
  await ready(page);
  return page.evaluate(() => document.querySelector<HTMLElement>('[data-document]')?.dataset.document ?? null);
}

/** Waits until another document is shown, or none for now. */
async function passed(page: Page, before: string): Promise<void> {
  await page.waitForFunction(
    (last) => {
      const now = document.querySelector<HTMLElement>('[data-document]')?.dataset.document;
      return now !== last;
    },
    before,
    { timeout: 30_000 },
  );
}

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
