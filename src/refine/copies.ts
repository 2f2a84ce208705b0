// Who copied whom: candidates that share a band are compared exactly, and copies of copies are joined into clusters.

import { createHash } from 'node:crypto';
import { type ClusterMember, Clusters } from './clusters.ts';
import { areAlike, type Comparable, ComparableCache, comparable } from './comparable.ts';
import { signatureOf } from './signature.ts';

/** From this many near copies on a cluster is a campaign: one voice, many senders. */
const CAMPAIGN_SIZE = 10;

/** Texts of one group that a further text is compared with: the first of each kind met, not all pairs. */
const MAXIMUM_COMPARISONS = 64;
/** Ids read at once, so that a group of a million copies fits in memory. */
const READ_AT_ONCE = 1_000;
/** Texts whose shingles are kept for later groups: about 40 MB for texts of 600 characters. */
const KEPT_TEXTS = 50_000;

export function isCampaign(size: number): boolean {
  return size >= CAMPAIGN_SIZE;
}

/** True where one text is the other with small changes. Symmetric; never true for texts too short to compare. */
export function areCopies(a: string, b: string): boolean {
  return areAlike(comparable(a), comparable(b));
}

/**
 * Joins candidate groups into clusters; documents without a copy are not returned. The result does not depend on the
 * order of groups or of their members. `textOf` returns the texts of the ids it is given, missing ones left out.
 */
export async function joinCopies<Id extends string>(
  groups: AsyncIterable<readonly Id[]> | Iterable<readonly Id[]>,
  textOf: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, string>>,
): Promise<ClusterMember<Id>[]> {
  const clusters = new Clusters<Id>();
  const cache = new ComparableCache<Id>(textOf, KEPT_TEXTS);
  // The same texts meet in many bands; a group already compared tells nothing new.
  const compared = new Set<string>();
  for await (const group of groups) {
    const members = [...new Set(group)].sort();
    const key = createHash('sha256').update(members.join('\n')).digest('base64');
    if (members.length < 2 || compared.has(key)) continue;
    compared.add(key);
    const joined = new Group(clusters);
    for (let at = 0; at < members.length; at += READ_AT_ONCE) {
      const values = await cache.read(members.slice(at, at + READ_AT_ONCE));
      for (const id of members.slice(at, at + READ_AT_ONCE)) {
        const value = values.get(id);
        if (value !== undefined) joined.add(id, value);
      }
    }
  }
  return clusters.members();
}

/** Members of one group, compared with the first text of each kind met so far, in the order of their ids. */
class Group<Id extends string> {
  private readonly firsts: { readonly id: Id; readonly value: Comparable }[] = [];
  private readonly clusters: Clusters<Id>;

  constructor(clusters: Clusters<Id>) {
    this.clusters = clusters;
  }

  add(id: Id, value: Comparable): void {
    const first = this.firsts.find((candidate) => areAlike(candidate.value, value));
    if (first !== undefined) this.clusters.join(first.id, id);
    else if (this.firsts.length < MAXIMUM_COMPARISONS) this.firsts.push({ id, value });
  }
}

/**
 * The same in memory, for texts at hand: of each text that has a copy, the id of the first text of its cluster in the
 * order they are given. Who is with whom does not depend on that order.
 */
export function clusterTexts(items: Iterable<{ readonly id: string; readonly text: string }>): Map<string, string> {
  const given = [...items];
  // Compared in an order of the texts' own, as documents are in that of their hashes.
  const sorted = given.map(({ text }, place) => ({ text, place, signature: signatureOf(text) }));
  sorted.sort((a, b) => compare(a.signature.fingerprint, b.signature.fingerprint) || compare(a.text, b.text));
  const groups = new Map<number, number[]>();
  for (const [at, { signature }] of sorted.entries()) {
    for (const band of signature.bands) {
      const group = groups.get(band);
      if (group === undefined) groups.set(band, [at]);
      else group.push(at);
    }
  }
  const values = sorted.map(({ text }) => comparable(text));
  // Padded, so that the smallest name is the first place.
  const names = sorted.map(({ place }) => String(place).padStart(12, '0'));
  const clusters = new Clusters<string>();
  const compared = new Set<string>();
  for (const members of groups.values()) {
    const key = members.join(',');
    if (members.length < 2 || compared.has(key)) continue;
    compared.add(key);
    const group = new Group(clusters);
    for (const at of members) group.add(names[at]!, values[at]!);
  }
  return new Map(
    clusters.members().map(({ document, cluster }) => [given[Number(document)]!.id, given[Number(cluster)]!.id]),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
