import { describe, expect, test } from 'vitest';
import type { PdfPage, PdfSegment } from './pdf-content.ts';
import { documentText, pageTexts } from './pdf-text.ts';

function segment(text: string, [left, y]: readonly [number, number], width = text.length * 5): PdfSegment {
  return { text, left, right: left + width, y, size: 10, mono: false, leads: false };
}

function page(segments: readonly PdfSegment[]): PdfPage {
  return { sheets: [{ width: 600, height: 840, segments }], scanned: false };
}

test('entries of a table of contents are lines, without what leads to their pages', () => {
  const entry = (text: string, number: string, y: number) => [
    { ...segment(text, [60, y]), leads: true },
    segment(number, [530, y]),
  ];
  const text = documentText([page([...entry('1 Le diagnostic', '3', 100), ...entry('2 Les actions', '12', 114)])]);
  expect(text).toBe('1 Le diagnostic 3\n2 Les actions 12');
});

test('lines of code stay lines', () => {
  const code = ['lancer --avec tout', 'arrêter --sans rien'].map((text, at) => ({
    ...segment(text, [60, 100 + at * 12]),
    mono: true,
  }));
  expect(documentText([page(code)])).toBe('lancer --avec tout\narrêter --sans rien');
});

test('a running head that changes with each chapter is dropped, chapter titles are kept', () => {
  const pages = Array.from({ length: 9 }, (_, at) => {
    const chapter = Math.floor(at / 3) + 1;
    return page([
      segment(`Chapitre ${chapter}, les transports`, [60, 40]),
      segment(`Section ${chapter}.${at}, un sujet ${'abcdefghi'[at]}`, [320, 40]),
      ...(at % 3 === 0 ? [{ ...segment(`Chapitre ${chapter}`, [60, 90]), size: 20 }] : []),
      segment(`Texte de la page qui porte le numéro ${at}.`, [60, 140]),
    ]);
  });
  const texts = pageTexts(pages);
  expect(texts.join('\n')).not.toMatch(/les transports|Section/);
  expect(texts[3]).toBe('Chapitre 2\n\nTexte de la page qui porte le numéro 3.');
});

test('what stands alone on its page is kept, however alike the pages are', () => {
  const texts = pageTexts([1, 2, 3, 4].map((number) => page([segment(`Contribution ${number}`, [60, 60])])));
  expect(texts).toEqual(['Contribution 1', 'Contribution 2', 'Contribution 3', 'Contribution 4']);
});

describe('pages that nobody wrote', () => {
  const traps: Readonly<Record<string, readonly PdfSegment[]>> = {
    'thirty thousand lines': Array.from({ length: 30_000 }, (_, at) =>
      segment('une ligne qui continue-', [50, at * 12]),
    ),
    'a wall of cells': Array.from({ length: 4900 }, (_, at) =>
      segment(`m${at}`, [(at % 14) * 42, 12 * Math.floor(at / 14)]),
    ),
    'pieces thrown anywhere': Array.from({ length: 4900 }, (_, at) =>
      segment('mot', [(at * 7919) % 600, (at * 104_729) % 20_000], (at * 31) % 90),
    ),
    'sizes and places that are no numbers': [
      { ...segment('a', [Number.NaN, 1]), size: Number.NaN },
      { ...segment('b', [1, Number.POSITIVE_INFINITY]), size: 0 },
      segment('c', [-1e300, -1e300], 0),
    ],
  };
  test.each(Object.entries(traps))('%s are read in a moment', (_, segments) => {
    const before = process.threadCpuUsage();
    const text = documentText([page(segments), page(segments)]);
    expect(text.length).toBeGreaterThan(0);
    const { user, system } = process.threadCpuUsage(before);
    // Processor time, in µs: a busy machine makes nothing of it longer.
    expect(user + system).toBeLessThan(5_000_000);
  });
});
