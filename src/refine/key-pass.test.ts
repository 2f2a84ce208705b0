import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintOf, packWordings, visitWordings, type Wording } from './key-block.ts';
import { KeyPass, KeySet } from './key-pass.ts';

const wordings: fc.Arbitrary<readonly Wording[]> = fc.uniqueArray(
  fc.record({
    fingerprint: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => value.toString(16).padStart(16, '0')),
    keys: fc.uniqueArray(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))),
  }),
  { selector: ({ fingerprint }) => fingerprint },
);

test('what is packed is read back, wherever the bytes begin', () => {
  fc.assert(
    fc.property(wordings, fc.nat(3), (given, offset) => {
      const bytes = packWordings(given);
      const moved = new Uint8Array(bytes.length + offset);
      moved.set(bytes, offset);
      const read: Wording[] = [];
      visitWordings(moved.subarray(offset), (high, low, keys) => {
        read.push({ fingerprint: fingerprintOf(high, low), keys: [...keys] });
      });
      expect(read).toEqual(given);
    }),
  );
});

test('passes over parts of the keys find the groups that comparing every pair finds', () => {
  fc.assert(
    fc.property(wordings, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (given, cut) => {
      const expected = new Map<number, string[]>();
      for (const { fingerprint, keys } of given) {
        for (const key of Array.from(keys)) expected.set(key, [...(expected.get(key) ?? []), fingerprint].sort());
      }
      const found = new Map<number, readonly string[]>();
      for (const [from, to] of [
        [0, cut],
        [cut + 1, 2 ** 32 - 1],
      ] as const) {
        const pass = new KeyPass({ from, to, among: null }, 10_000);
        visitWordings(packWordings(given), (high, low, keys) => expect(pass.add(high, low, keys)).toBe(true));
        for (const { key, members } of pass.groups()) found.set(key, members);
      }
      expect(found).toEqual(new Map([...expected].filter(([, members]) => members.length > 1)));
    }),
  );
});

test('a pass says when it is full', () => {
  const pass = new KeyPass({ from: 0, to: 2 ** 32 - 1, among: null }, 3);
  expect(pass.add(1, 1, Int32Array.of(1, 2))).toBe(true);
  expect(pass.add(1, 2, Int32Array.of(1, 2))).toBe(false);
});

test('a set of keys holds what was put in it, and little else', () => {
  const keys = new KeySet(1000);
  for (let at = 0; at < 1000; at += 1) keys.add(Math.imul(at, 0x9e3779b1));
  let strangers = 0;
  for (let at = 0; at < 1000; at += 1) {
    expect(keys.has(Math.imul(at, 0x9e3779b1))).toBe(true);
    strangers += Number(keys.has(Math.imul(at + 5000, 0x85ebca6b) ^ 0x1234567));
  }
  expect(strangers).toBeLessThan(100);
});
