// Properties that every step keeps on any string at all, lone surrogates and mark-up included.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../model/item.ts';
import { DEFAULT_RECIPE } from '../model/recipe.ts';
import { cleanText, truncateText } from './clean.ts';
import { areCopies } from './copies.ts';
import { parseDate } from './date.ts';
import { findDates } from './date-expressions.ts';
import { htmlToText } from './html.ts';
import { looksLikeHtml } from './html-tags.ts';
import { proposeSegments } from './ideas.ts';
import { findInjection } from './injection.ts';
import { detectLanguage } from './language.ts';
import { markdownToText } from './markdown.ts';
import { repairMojibake } from './mojibake.ts';
import { readLanguages } from './passages.ts';
import { pseudonymise } from './pseudonymise.ts';
import { isQuestion } from './questions.ts';
import { refine } from './refine.ts';
import { splitSentences } from './sentences.ts';
import { isAnchor, signatureOf } from './signature.ts';
import { locate } from './territory/locate.ts';

const PIECES = [
  '\uD800',
  '\uDC00',
  '\uD83D\uDC69',
  '\u200D',
  '\uFE0F',
  '\u{1F3F4}',
  '\u{E0067}',
  '\u{E007F}',
  '\uFEFF',
  '\uFFFD',
  '\0',
  '\u0301',
  '\u00A0',
  '\u202E',
  '\u0092',
  '\u2028',
  'e',
  'A',
  ' ',
  '\n',
  '\t',
  'Ã',
  '©',
  'Â',
  'â',
  '€',
  '™',
  'Ãƒ',
  '√',
  '├',
  '<p>',
  '</p>',
  '<div hidden>',
  '<script>',
  '<!--',
  '<li>',
  '<td>',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '&eacute',
  '<![CDATA[',
  '12',
  '/',
  '05',
  '2026',
  ' mai ',
  'hier',
  'il y a deux jours',
  '1er',
  '38000',
  '2A',
  '[PERSONNE 1]',
  '```',
  '**',
  '|',
  '- ',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 30 })
  .map((pieces) => pieces.join(''));

function itemOf(text: string): Item {
  return {
    id: text,
    title: text,
    text,
    textFormat: 'auto',
    url: text,
    // Hostile author names are the person detector's own matter.
    authors: [text],
    publishedAt: text,
    territory: text,
    fields: [],
    findings: [],
  };
}

const CONTEXT = { charset: null, collectedAt: '2026-06-01T00:00:00Z' };

describe('on any string', () => {
  test('cleaning twice is cleaning once, and what is clean can be stored', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const { text } = cleanText(raw);
        expect(cleanText(text)).toEqual({ text, removed: 0, replaced: 0 });
        expect(text.isWellFormed()).toBe(true);
        expect(text).toBe(text.normalize('NFC'));
        expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u00A0]|^\s|\s$|\n{3}| {2}/);
      }),
      { numRuns: 500 },
    );
  });

  test('repairing twice is repairing once', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const { text } = repairMojibake(raw);
        expect(repairMojibake(text).text).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('no step throws', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        htmlToText(raw);
        markdownToText(raw);
        looksLikeHtml(raw);
        detectLanguage(raw);
        isQuestion(raw);
        findInjection(raw, 'text');
        areCopies(raw, `${raw} `);
        parseDate(raw, { collectedAt: null });
        expect(truncateText(raw, 7).length).toBeLessThanOrEqual(7);
        expect(signatureOf(raw).fingerprint).toMatch(/^[0-9a-f]{16}$/);
      }),
      { numRuns: 400 },
    );
  });

  test('dates are found at places that exist and never overlap', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        let last = 0;
        for (const found of findDates(raw, { year: 2026, month: 6, day: 1 })) {
          expect(found.start).toBeGreaterThanOrEqual(last);
          expect(found.end).toBeGreaterThan(found.start);
          expect(found.end).toBeLessThanOrEqual(raw.length);
          last = found.end;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('an item becomes a document whose spans lie inside its text', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const refined = refine(itemOf(raw), DEFAULT_RECIPE, CONTEXT);
        for (const span of refined.personal) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(refined.text.length);
        }
        const marked = pseudonymise(refined, { [raw]: raw }, DEFAULT_RECIPE);
        expect([0, 32, 64]).toContain(marked.bands.filter((key) => !isAnchor(key)).length);
      }),
      { numRuns: 200 },
    );
  });
});

const blns = resolve(import.meta.dirname, '../../../shared/data/hostile/blns.json');

test.skipIf(!existsSync(blns))('the big list of naughty strings goes through the whole chain', () => {
  for (const raw of JSON.parse(readFileSync(blns, 'utf8')) as string[]) {
    const refined = refine(itemOf(raw), DEFAULT_RECIPE, CONTEXT);
    const marked = pseudonymise(refined, {}, DEFAULT_RECIPE);
    const { text } = marked;
    expect(text.isWellFormed()).toBe(true);
    for (const whole of [raw, text]) {
      const sentences = splitSentences(whole);
      expect(sentences.map(({ start, end }) => whole.slice(start, end)).join('')).toBe(whole);
      for (const { start, end } of sentences) isQuestion(whole.slice(start, end));
      const parts = [...proposeSegments(whole), ...readLanguages(whole).passages];
      for (const { start, end } of parts) expect(start < end && end <= whole.length).toBe(true);
    }
    locate(marked, { given: null, field: raw, source: raw });
  }
});

test('mark-up nested or left open two hundred thousand times is read in linear time', () => {
  const deep = `${'<div>'.repeat(200_000)}fin${'</p>'.repeat(200_000)}`;
  const start = performance.now();
  expect(htmlToText(deep)).toBe('fin');
  // A quadratic reader takes minutes; the bound only has to tell them apart on a slow machine.
  expect(performance.now() - start).toBeLessThan(10_000);
});
