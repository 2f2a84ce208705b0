import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIRSTS, groupsOf, shiftOf } from './copy-groups.ts';

const names = fc
  .uniqueArray(fc.integer({ min: 0, max: 9999 }), { minLength: 0, maxLength: 200 })
  .map((numbers) => numbers.map((n) => String(n).padStart(4, '0')).sort());

/** Pairs that the groups compare. */
function pairsOf(members: readonly string[], isFresh: (name: string) => boolean): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const { firsts, others } of groupsOf(members, false, isFresh)) {
    for (const [at, first] of firsts.entries()) {
      for (const other of [...firsts.slice(at + 1), ...others]) {
        if (isFresh(first) || isFresh(other)) pairs.add(`${first} ${other}`);
      }
    }
  }
  return pairs;
}

test('each is compared with the first ones, and fresh ones with no more', () => {
  fc.assert(
    fc.property(names, fc.func(fc.boolean()), (members, chosen) => {
      const isFresh = (name: string) => chosen(name);
      const all = pairsOf(members, () => true);
      const n = members.length;
      const firsts = Math.min(n, FIRSTS);
      expect(all.size).toBe(n < 2 ? 0 : (firsts * (firsts - 1)) / 2 + firsts * (n - firsts));
      const fresh = [...all].filter((pair) => pair.split(' ').some((name) => isFresh(name)));
      expect(pairsOf(members, isFresh)).toEqual(new Set(fresh));
    }),
  );
});

test('pairs of those that stay change only around the displaced and the promoted', () => {
  fc.assert(
    fc.property(names, names, (before, arriving) => {
      const departed = before.filter((_, at) => at % 7 === 3);
      const arrived = new Set(arriving.filter((name) => !before.includes(name)));
      const members = [...before.filter((name) => !departed.includes(name)), ...arrived].sort();
      const then = pairsOf(before, () => true);
      const now = pairsOf(members, () => true);
      const { displaced, promoted } = shiftOf(members, (name) => arrived.has(name), departed);
      const stays = (pair: string) => pair.split(' ').every((name) => !arrived.has(name) && !departed.includes(name));
      const concerns = (pair: string, moved: readonly string[]) => pair.split(' ').some((name) => moved.includes(name));
      for (const pair of then) if (stays(pair) && !now.has(pair)) expect(concerns(pair, displaced)).toBe(true);
      for (const pair of now) if (stays(pair) && !then.has(pair)) expect(concerns(pair, promoted)).toBe(true);
    }),
  );
});
