import { expect, test } from 'vitest';
import { digitRuns, passesLuhn, windowsOf } from './digits.ts';

test('joins digits across the separators of numbers, and parts them elsewhere', () => {
  const read = digitRuns('06 12-34.56/78, puis 12\n34').map((run) => run.groups.map((group) => group.digits));
  expect(read).toEqual([['06', '12', '34', '56', '78'], ['12'], ['34']]);
});

test('gives every window of a length with the shape of its groups', () => {
  const [run] = digitRuns('06 12 34 56 78 90');
  expect(windowsOf(run!, 10).map((window) => [window.digits, window.shape])).toEqual([
    ['0612345678', '2,2,2,2,2'],
    ['1234567890', '2,2,2,2,2'],
  ]);
});

test('never cuts a window out of a row of single digits', () => {
  const [row] = digitRuns('0 6 1 2 3 4 5 6 7 8 9');
  expect(windowsOf(row!, 10)).toEqual([]);
  expect(windowsOf(row!, 11)).toHaveLength(1);
});

test('checks Luhn as ISO/IEC 7812-1 gives it', () => {
  expect(passesLuhn('79927398713')).toBe(true);
  for (const last of '012456789') expect(passesLuhn(`7992739871${last}`)).toBe(false);
});
