import { describe, expect, test } from 'vitest';
import { sampleSize } from './sample-size.ts';

describe('sampleSize', () => {
  test('gives the textbook sizes for ±5 points: 385 of a large population, 278 of a thousand', () => {
    expect(sampleSize(0.05, Number.POSITIVE_INFINITY)).toBe(385);
    expect(sampleSize(0.05, 1_000_000)).toBe(385);
    expect(sampleSize(0.05, 1000)).toBe(278);
    expect(sampleSize(0.1, Number.POSITIVE_INFINITY)).toBe(97);
  });

  test('never asks for more than there is, and for fewer where the share is far from one half', () => {
    expect(sampleSize(0.01, 50)).toBe(50);
    expect(sampleSize(0.05, 0)).toBe(0);
    expect(sampleSize(0.05, 1_000_000, 0.9)).toBe(139);
  });

  test('refuses an interval that is none', () => {
    expect(() => sampleSize(0, 10)).toThrow(RangeError);
    expect(() => sampleSize(1, 10)).toThrow(RangeError);
  });
});
