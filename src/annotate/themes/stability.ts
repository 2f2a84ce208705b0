// Whether two findings of themes are the same: themes matched one to one, sets and partitions compared.

/** Part of both sets together that they share (Jaccard 1901); 1 where both are empty. */
export function jaccard(one: ReadonlySet<unknown>, other: ReadonlySet<unknown>): number {
  if (one.size === 0 && other.size === 0) return 1;
  let shared = 0;
  for (const value of one) if (other.has(value)) shared += 1;
  return shared / (one.size + other.size - shared);
}

/**
 * Pairs each of `left` things with at most one of `right`, the most alike first.
 * @returns for each of the left the place of its pair, or -1.
 */
export function matched(left: number, right: number, likeness: (one: number, other: number) => number): Int32Array {
  const pairs: { one: number; other: number; alike: number }[] = [];
  for (let one = 0; one < left; one += 1) {
    for (let other = 0; other < right; other += 1) pairs.push({ one, other, alike: likeness(one, other) });
  }
  pairs.sort((a, b) => b.alike - a.alike || a.one - b.one || a.other - b.other);
  const found = new Int32Array(left).fill(-1);
  const taken = new Set<number>();
  for (const { one, other, alike } of pairs) {
    if (alike <= 0 || found[one] !== -1 || taken.has(other)) continue;
    found[one] = other;
    taken.add(other);
  }
  return found;
}

/** Agreement of two partitions beyond chance (Hubert & Arabie 1985): 1 the same, about 0 by chance. Labels are any numbers. */
export function adjustedRand(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const both = new Map<string, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  const count = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (let at = 0; at < one.length; at += 1) {
    count(both, `${one[at]}/${other[at]}`);
    count(rows, one[at]!);
    count(columns, other[at]!);
  }
  const pairs = (counts: Iterable<number>) => [...counts].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const all = pairs([one.length]);
  const [left, right] = [pairs(rows.values()), pairs(columns.values())];
  const expected = all === 0 ? 0 : (left * right) / all;
  const most = (left + right) / 2;
  return most === expected ? 1 : (pairs(both.values()) - expected) / (most - expected);
}
