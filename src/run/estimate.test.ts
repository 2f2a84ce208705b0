import { expect, test } from 'vitest';
import { addRanges, fitSeconds, rangeOf, secondsLeft } from './estimate.ts';

test('a range is the lowest, the median and the highest, of any order and number', () => {
  expect(rangeOf([])).toBeNull();
  expect(rangeOf([4])).toEqual({ low: 4, middle: 4, high: 4 });
  expect(rangeOf([9, 1, 4])).toEqual({ low: 1, middle: 4, high: 9 });
  expect(rangeOf([9, 1, 4, 6])).toEqual({ low: 1, middle: 5, high: 9 });
  expect(addRanges([])).toEqual({ low: 0, middle: 0, high: 0 });
  const [one, other] = [rangeOf([1, 2, 3])!, rangeOf([10])!];
  expect(addRanges([one, other])).toEqual({ low: 11, middle: 12, high: 13 });
});

test('seconds are told by a fixed part and a part per document, as measured', () => {
  expect(fitSeconds([])).toBeNull();
  const measured = [
    { documents: 1000, seconds: 12 },
    { documents: 2000, seconds: 22 },
    { documents: 4000, seconds: 42 },
  ];
  const secondsFor = fitSeconds(measured)!;
  expect(secondsFor(3000)).toBeCloseTo(32);
  expect(secondsFor(0)).toBeCloseTo(2);
});

test('one measure, or several of one size, are taken in proportion; of nothing, as they are', () => {
  expect(fitSeconds([{ documents: 500, seconds: 5 }])!(1500)).toBeCloseTo(15);
  const same = [
    { documents: 100, seconds: 1 },
    { documents: 100, seconds: 3 },
  ];
  expect(fitSeconds(same)!(200)).toBeCloseTo(4);
  expect(fitSeconds([{ documents: 0, seconds: 3 }])!(10_000)).toBe(3);
});

test('measures of about the same size are no ground to extrapolate from, however they differ', () => {
  const noisy = [
    { documents: 50_000, seconds: 3 },
    { documents: 50_031, seconds: 12.6 },
  ];
  expect(fitSeconds(noisy)!(56_000)).toBeCloseTo(8.73, 1);
  const spread = [
    { documents: 0, seconds: 0.1 },
    { documents: 2, seconds: 4 },
    { documents: 50_000, seconds: 60 },
  ];
  expect(fitSeconds(spread)!(100_000)).toBeLessThan(150);
});

test('neither part is ever negative, whatever was measured', () => {
  const falling = [
    { documents: 10, seconds: 9 },
    { documents: 1000, seconds: 1 },
  ];
  expect(fitSeconds(falling)!(100_000)).toBeCloseTo(5);
  const steep = [
    { documents: 1000, seconds: 1 },
    { documents: 2000, seconds: 9 },
  ];
  expect(fitSeconds(steep)!(0)).toBe(0);
});

test('what is left is told by the speed seen, once enough was seen', () => {
  expect(secondsLeft({ handled: 200, left: 100, seconds: 10 })).toBe(5);
  expect(secondsLeft({ handled: 0, left: 0, seconds: 0 })).toBe(0);
  expect(secondsLeft({ handled: 0, left: 100, seconds: 60 })).toBeNull();
  expect(secondsLeft({ handled: 5, left: 100, seconds: 0.2 })).toBeNull();
});
