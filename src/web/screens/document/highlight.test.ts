import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentsOf } from './highlight.ts';

const mark = (start: number, end: number, kind: string) => ({ start, end, kind, label: kind });

test('cuts where marks of two tasks overlap', () => {
  expect(
    segmentsOf('abcdef', [mark(0, 4, 'theme'), mark(2, 6, 'tone')]).map(({ text, kinds }) => [text, kinds]),
  ).toEqual([
    ['ab', ['theme']],
    ['cd', ['theme', 'tone']],
    ['ef', ['tone']],
  ]);
});

test('recognises the marks of personal data, and nothing that only looks like one', () => {
  const segments = segmentsOf('Voir [PERSONNE 1] et [DATE DE NAISSANCE 2], pas [note 3].', []);
  expect(segments.filter(({ kinds }) => kinds.includes('personal')).map(({ text }) => text)).toEqual([
    '[PERSONNE 1]',
    '[DATE DE NAISSANCE 2]',
  ]);
});

test('gives back the whole text in order, whatever the marks', () => {
  const place = fc.integer({ min: -5, max: 60 });
  fc.assert(
    fc.property(fc.string({ maxLength: 50 }), fc.array(fc.tuple(place, place)), (text, places) => {
      const segments = segmentsOf(
        text,
        places.map(([start, end]) => mark(start, end, 'theme')),
      );
      expect(segments.map((segment) => segment.text).join('')).toBe(text);
    }),
  );
});
