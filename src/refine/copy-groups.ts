// Which of the texts that share a key are compared: a rule of the group alone, so that the order of arrival changes nothing.

/**
 * Every text of a group is compared with this many of its texts, those of the smallest fingerprints: all pairs in small groups,
 * and a bound in those that a phrase of everybody makes. Fingerprints are hashes, so these are a sample.
 */
export const FIRSTS = 64;
/** Texts of a group handed over at once, so that a group of a million fits in memory. */
const AT_ONCE = 1_000;

/** Fingerprints of texts to compare: firsts with each other and with the others, never others with others. */
export interface CopyGroup {
  /** True where what they share is an anchor. */
  readonly anchor: boolean;
  readonly firsts: readonly string[];
  readonly others: readonly string[];
}

/**
 * Comparisons of one group that involve a text for which `isFresh` holds. `members` are sorted, each once.
 */
export function* groupsOf(
  members: readonly string[],
  anchor: boolean,
  isFresh: (fingerprint: string) => boolean,
): Iterable<CopyGroup> {
  if (members.length < 2) return;
  const firsts = members.slice(0, FIRSTS);
  const rest = members.slice(FIRSTS);
  const others = firsts.some(isFresh) ? rest : rest.filter(isFresh);
  if (others.length === 0 && !firsts.some(isFresh)) return;
  for (let at = 0; at === 0 || at < others.length; at += AT_ONCE) {
    yield { anchor, firsts, others: others.slice(at, at + AT_ONCE) };
  }
}

/** What the arrival and the departure of texts changed in who is compared with whom, beyond themselves. */
export interface Shift {
  /** Firsts that no longer are, though they are still there: some of what joined them may not hold any more. */
  readonly displaced: readonly string[];
  /** Others that became firsts: they have more to be compared with. */
  readonly promoted: readonly string[];
}

/** `members` are the group as it is now, sorted; `departed` those that left it. */
export function shiftOf(
  members: readonly string[],
  hasArrived: (fingerprint: string) => boolean,
  departed: readonly string[],
): Shift {
  const firsts = members.slice(0, FIRSTS);
  const before = [...members.filter((member) => !hasArrived(member)), ...departed].sort();
  if (Math.max(members.length, before.length) <= FIRSTS) return { displaced: [], promoted: [] };
  const firstsBefore = before.slice(0, FIRSTS);
  const gone = new Set(departed);
  const now = new Set(firsts);
  const then = new Set(firstsBefore);
  return {
    displaced: firstsBefore.filter((member) => !now.has(member) && !gone.has(member)),
    promoted: firsts.filter((member) => !then.has(member) && !hasArrived(member)),
  };
}
