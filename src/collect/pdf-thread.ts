// Runs PDF.js in a thread that can be killed: a PDF is hostile until it is read, and its reader cannot be interrupted.
// No script of a document is run, no font or table of characters is fetched, and no large image is decoded.

import { parentPort } from 'node:worker_threads';
import { getDocumentProxy } from 'unpdf';
import type { PdfFailure, PdfHead, PdfInfo, PdfPage, PdfSheet } from './pdf-content.ts';
import { type PdfRun, segmentsOf } from './pdf-segments.ts';

export interface PdfQuestion {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Pages read at most; 0 asks for the head only. */
  readonly maximumPages: number;
}

export type PdfAnswer =
  | { readonly kind: 'head'; readonly head: PdfHead }
  | { readonly kind: 'page'; readonly page: PdfPage }
  | { readonly kind: 'failure'; readonly failure: PdfFailure }
  | { readonly kind: 'end'; readonly broken: boolean };

/** A page with fewer letters than this, and an image larger than that, in pixels, is a scan. */
const SCANNED_LETTERS = 150;
const SCANNED_PIXELS = 100_000;
/** Runs of one page; more is no page that anybody reads. */
const MAXIMUM_RUNS = 200_000;

/** `VerbosityLevel.WARNINGS` of PDF.js. */
const WARNINGS = 1;

/** PDF.js says that it left an image out in its warnings only; nothing else of what it prints is of use. */
const omitted = { images: 0 };
const hear = (...words: readonly unknown[]) => {
  if (words.join(' ').includes('Image exceeded maximum allowed size')) omitted.images += 1;
};
console.warn = hear;
console.log = hear;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

const answer = (message: PdfAnswer) => parentPort!.postMessage(message);

parentPort?.on('message', async ({ bytes, maximumPages }: PdfQuestion) => {
  let pdf: Pdf;
  try {
    pdf = await open(bytes);
  } catch (error) {
    answer({ kind: 'failure', failure: isPassword(error) ? 'password' : 'unreadable' });
    return;
  }
  let broken = false;
  try {
    answer({ kind: 'head', head: { pageCount: pdf.numPages, info: await infoOf(pdf) } });
    for (let number = 1; number <= Math.min(pdf.numPages, maximumPages); number += 1) {
      const sheets = await sheetsOf(pdf, number);
      const scanned = lettersOf(sheets) < SCANNED_LETTERS && (await hasLargeImage(pdf, number));
      answer({ kind: 'page', page: { sheets, scanned } });
    }
  } catch {
    broken = true;
  }
  await pdf.loadingTask.destroy().catch(() => undefined);
  answer({ kind: 'end', broken });
});

function open(data: Uint8Array) {
  return getDocumentProxy(data, {
    verbosity: WARNINGS,
    maxImageSize: SCANNED_PIXELS,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
  });
}

function isPassword(error: unknown): boolean {
  return error instanceof Error && error.name === 'PasswordException';
}

async function infoOf(pdf: Pdf): Promise<PdfInfo> {
  const { info } = await pdf.getMetadata();
  const word = (name: string) => {
    const value = (info as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' && value.trim() !== '' ? value : null;
  };
  return { title: word('Title'), author: word('Author'), created: word('CreationDate') };
}

/** A page that cannot be read has no text: the next ones may. */
async function sheetsOf(pdf: Pdf, number: number): Promise<readonly PdfSheet[]> {
  try {
    const page = await pdf.getPage(number);
    const { items, styles } = await page.getTextContent();
    const { transform, width, height } = page.getViewport({ scale: 1 });
    const turned = new Map<number, PdfRun[]>();
    for (const item of items.slice(0, MAXIMUM_RUNS)) {
      if (!('str' in item)) continue;
      const [a, b, x, y] = place(transform, item.transform);
      const quarter = (Math.round(Math.atan2(b, a) / (Math.PI / 2)) + 4) % 4;
      const [left, baseline] = turn(quarter, { x, y, width, height });
      const run: PdfRun = {
        text: item.str.replaceAll('\0', ''),
        left,
        y: baseline,
        width: item.width,
        size: Math.hypot(a, b) || item.height,
        mono: styles[item.fontName]?.fontFamily === 'monospace',
        rightToLeft: item.dir === 'rtl',
      };
      const runs = turned.get(quarter);
      if (runs) runs.push(run);
      else turned.set(quarter, [run]);
    }
    page.cleanup();
    return [...turned]
      .map(([quarter, runs]) => ({
        width: quarter % 2 === 0 ? width : height,
        height: quarter % 2 === 0 ? height : width,
        segments: segmentsOf(runs),
      }))
      .filter(({ segments }) => segments.length > 0)
      .sort((one, other) => lettersOf([other]) - lettersOf([one]));
  } catch {
    return [];
  }
}

/** Direction and origin of a run on the page as it is shown: product of the page's matrix and the run's. */
function place(page: readonly number[], run: readonly number[]): readonly [a: number, b: number, x: number, y: number] {
  const [a, b, c, d, e, f] = page as [number, number, number, number, number, number];
  const [ra, rb, , , re, rf] = run as [number, number, number, number, number, number];
  return [a * ra + c * rb, b * ra + d * rb, a * re + c * rf + e, b * re + d * rf + f];
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The same spot once the page is turned so that a run of this direction reads from left to right. */
function turn(quarter: number, { x, y, width, height }: Spot): readonly [left: number, y: number] {
  if (quarter === 1) return [y, width - x];
  if (quarter === 2) return [width - x, height - y];
  if (quarter === 3) return [height - y, x];
  return [x, y];
}

function lettersOf(sheets: readonly PdfSheet[]): number {
  return sheets.flatMap(({ segments }) => segments).reduce((sum, { text }) => sum + text.length, 0);
}

/** True for a page that draws an image larger than those that are decoded: the reader leaves it out, with a warning. */
async function hasLargeImage(pdf: Pdf, number: number): Promise<boolean> {
  const before = omitted.images;
  try {
    const page = await pdf.getPage(number);
    await page.getOperatorList();
    page.cleanup();
  } catch {
    // What a page draws may be broken where its text is not.
  }
  return omitted.images > before;
}
