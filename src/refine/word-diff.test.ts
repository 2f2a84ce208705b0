import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffWords, excerptOf } from './word-diff.ts';

const joined = (parts: readonly { readonly kind: string; readonly text: string }[], side: 'removed' | 'added') =>
  parts.flatMap(({ kind, text }) => (kind === 'same' || kind === side ? [text] : [])).join('');

describe('differences word by word', () => {
  test('what is removed and added shows between what stays', () => {
    expect(diffWords('Le bus du matin est en retard.', 'Le bus du soir est en retard.').parts).toEqual([
      { kind: 'same', text: 'Le bus du ' },
      { kind: 'removed', text: 'matin' },
      { kind: 'added', text: 'soir' },
      { kind: 'same', text: ' est en retard.' },
    ]);
    expect(diffWords('', 'Bonjour').parts).toEqual([{ kind: 'added', text: 'Bonjour' }]);
    expect(diffWords('pareil', 'pareil').parts).toEqual([{ kind: 'same', text: 'pareil' }]);
  });

  test('both texts can be read back, whatever they are', () => {
    const words = fc.array(fc.constantFrom('le', 'bus', ' ', '\n', 'é', '.', '<p>', '😀', 'quai'), { maxLength: 60 });
    const text = fc.oneof(
      words.map((some) => some.join('')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { parts, cut } = diffWords(before, after);
        expect(cut).toBe(false);
        expect(joined(parts, 'removed')).toBe(before);
        expect(joined(parts, 'added')).toBe(after);
      }),
    );
  });

  test('a text of words that all repeat, and one too long, end all the same', () => {
    const long = Array.from({ length: 60_000 }, (_, at) => `mot${at % 7}`).join(' ');
    const { parts, cut } = diffWords(long, `${long.slice(0, 90_000)} ajout ${long.slice(90_000)}`);
    expect(cut).toBe(true);
    expect(parts.length).toBeGreaterThan(0);
  });
});

test('an excerpt keeps what surrounds the differences, within its length', () => {
  const same = 'mot '.repeat(100);
  const { parts } = diffWords(`${same}un${same}`, `${same}deux${same}`);
  const excerpt = excerptOf({ parts }, { around: 12, maximum: 1000 });
  expect(excerpt.map(({ kind }) => kind)).toEqual(['skipped', 'same', 'removed', 'added', 'same', 'skipped']);
  const short = excerptOf({ parts: [{ kind: 'added', text: 'a'.repeat(50) }] }, { around: 12, maximum: 20 });
  expect(short).toEqual([
    { kind: 'added', text: 'a'.repeat(20) },
    { kind: 'skipped', length: 30 },
  ]);
});
