import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMinima } from './minima.ts';
import { mix } from './shingles.ts';

const MULTIPLIERS = Uint32Array.from({ length: 128 }, (_, at) => mix(at) | 1);
const ADDENDS = Uint32Array.from({ length: 128 }, (_, at) => mix(at + 1000));

/** The same, one number after the other. */
function plainly(shingles: Uint32Array): readonly number[] {
  return [...MULTIPLIERS].map((times, at) =>
    shingles.reduce((least, shingle) => Math.min(least, (Math.imul(shingle, times) + ADDENDS[at]!) >>> 0), 0xffffffff),
  );
}

test('are those that plain arithmetic finds', () => {
  const minima = openMinima(MULTIPLIERS, ADDENDS);
  fc.assert(
    fc.property(fc.uint32Array({ maxLength: 60 }), (shingles) => {
      expect([...minima(shingles)]).toEqual(plainly(shingles));
    }),
    { numRuns: 200 },
  );
});

test('of more shingles than the memory holds are found in parts', () => {
  const minima = openMinima(MULTIPLIERS, ADDENDS);
  const many = Uint32Array.from({ length: 100_000 }, (_, at) => mix(at));
  expect([...minima(many)]).toEqual(plainly(many));
});
