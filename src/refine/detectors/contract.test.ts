// What every detector keeps, whoever wrote it: the loop over the folder is the list.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PERSONAL_KINDS } from '../../model/personal.ts';
import type { Detector, Found } from '../detector.ts';
import { DETECTORS, detect, leadsFor, openContext } from '../personal.ts';

const NUMBER = 100_000;
const fill = (piece: string) => piece.repeat(Math.ceil(NUMBER / piece.length)).slice(0, NUMBER);
const HOSTILE = [
  'a',
  '@',
  '1',
  '1 ',
  '0 ',
  '12 ',
  '06.',
  'A',
  'A ',
  'a@',
  '@a',
  ' at ',
  'a.',
  '-',
  ' ',
  '\n',
  ':',
  '1.',
  'a:',
  'FR76',
  'FR76 ',
  '4111 1111 1111 1111 ',
  'zéro six ',
  'zéro ',
  'Jean ',
  'Jean-',
  'JEAN ',
  'M. ',
  'M. de ',
  "d'",
  'Dr Jean de la ',
  '12 rue ',
  '12 rue de la ',
  '12, rue Jean, ',
  'né le ',
  'né le 1',
  'tél ',
  'tél 0',
  'n° ',
  'IPP ',
  'AB-',
  'AB-12',
  '| 12 ',
  'appt 1, ',
  'Cordialement\n',
  "je m'appelle ",
  '\ud800',
  '\udc00a',
  'u/',
  '2001:',
  '(at)',
  'rue de la rue de ',
  'J. ',
  'St-',
  'ou 12 ',
  'Mme X et ',
].map(fill);

/** Takes the marks out of an example and says where they were. */
function parsed(example: string): { readonly text: string; readonly spans: readonly Found[] } {
  const spans: Found[] = [];
  let text = '';
  for (const part of example.split(/(⟦[^⟧]*⟧)/u)) {
    const mark = /^⟦([a-z-]+):([^⟧]*)⟧$/u.exec(part);
    if (mark !== null)
      spans.push({ start: text.length, end: text.length + mark[2]!.length, kind: mark[1] as Found['kind'] });
    text += mark === null ? part : mark[2]!;
  }
  return { text, spans };
}

/** Union of the spans of one detector, for those that may overlap. */
function merged(spans: readonly Found[]): readonly Found[] {
  const out: Found[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1);
    if (last !== undefined && span.start < last.end)
      out[out.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else out.push({ start: span.start, end: span.end, kind: span.kind });
  }
  return out;
}

const run = (detector: Detector, text: string) => detect(detector, text, openContext(text, ['Léa Durand']));

test('the folder holds detectors with distinct names that together know every kind', () => {
  expect(new Set(DETECTORS.map((detector) => detector.name)).size).toBe(DETECTORS.length);
  expect(new Set(DETECTORS.flatMap((detector) => detector.kinds))).toEqual(new Set(PERSONAL_KINDS));
});

describe.each(DETECTORS.map((detector) => [detector.name, detector] as const))('detector %s', (_, detector) => {
  test('has a gate without state and examples of both sorts', () => {
    for (const form of [detector.gate, detector.lead]) expect(form?.flags ?? '').not.toMatch(/[gy]/);
    expect(detector.gate ?? detector.lead, 'something says when it is run').toBeDefined();
    expect(detector.examples.found.length).toBeGreaterThan(1);
    expect(detector.examples.spared.length).toBeGreaterThan(1);
  });

  test.each(detector.examples.found)('finds exactly the marks of: %s', (example) => {
    const { text, spans } = parsed(example);
    expect(spans.length).toBeGreaterThan(0);
    expect(merged(run(detector, text))).toEqual(spans);
  });

  test.each(detector.examples.spared)('spares: %s', (example) => {
    expect(run(detector, example)).toEqual([]);
  });

  test('gives valid offsets and never throws on any string, lone surrogates included', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        ...HOSTILE.map((text) => text.slice(0, 12)),
        '\ud83d',
        'İ',
        'ﬁ',
        'e\u0301',
        '\u202e',
        '75001 Paris',
        ' ',
      ),
      fc.constantFrom(...detector.examples.found.map((example) => parsed(example).text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const context = openContext(text, ['Léa Durand']);
        for (const span of detector.detect(text, context, leadsFor(detector, context))) {
          expect(detector.kinds).toContain(span.kind);
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('reads 100 kB of hostile text in under 50 ms of processor time', () => {
    for (const text of HOSTILE) {
      const context = openContext(text, ['Léa Durand']);
      const leads = leadsFor(detector, context);
      // Best of several: the bound is on the algorithm, not on what else the machine does.
      let best = Number.POSITIVE_INFINITY;
      for (let tries = 0; tries < 8 && best >= 50; tries += 1) {
        const before = process.threadCpuUsage();
        detector.detect(text, context, leads);
        const used = process.threadCpuUsage(before);
        best = Math.min(best, (used.user + used.system) / 1000);
      }
      expect(best, `on ${JSON.stringify(text.slice(0, 12))}`).toBeLessThan(50);
    }
  });
});
