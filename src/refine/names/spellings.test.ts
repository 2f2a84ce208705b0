import { expect, test } from 'vitest';
import { cuesOf } from './cues.ts';
import { openSpellings, type Spelling } from './spellings.ts';
import { readTokens } from './tokens.ts';

const open = () => openSpellings({ cuesOf, leadsOf: (word) => word.length });

test('a spelling says the same the first time, remembered, and after everything was forgotten', () => {
  const spell = open();
  const read = (text: string): readonly Spelling[] => readTokens(text, spell).map(({ spelling }) => spelling);
  const text = 'Mme Durand, J. Petit-Jean et le PRÉFET : McDo, ÉcOle';
  const first = read(text);
  expect(first.map(({ text }) => text)).toEqual([
    'Mme',
    'Durand',
    'J',
    'Petit-Jean',
    'et',
    'le',
    'PRÉFET',
    'McDo',
    'ÉcOle',
  ]);
  expect(read(text)).toEqual(first);
  expect(read(text)[0]).toBe(first[0]);
  // More spellings than are remembered.
  for (let number = 0; number < 70_000; number += 1) read(`mot${lettersOf(number)}`);
  expect(read(text)).toEqual(first);
  expect(read(text)[0]).not.toBe(first[0]);
});

test('words of one hash are told apart', () => {
  const spell = open();
  expect(spell('abc', 0, 3, 7).text).toBe('abc');
  expect(spell('abd', 0, 3, 7).text).toBe('abd');
  expect(spell('ab', 0, 2, 7).text).toBe('ab');
  expect(spell('abc', 0, 3, 7).text).toBe('abc');
});

function lettersOf(number: number): string {
  return number.toString(26).replace(/[0-9]/g, (digit) => String.fromCharCode(0x71 + Number(digit)));
}
