// Compares texts that share a key: all of them, or those that arrived and those whose company changed.

import { type Comparable, ComparableCache } from '../refine/comparable.ts';
import { CopyGraph } from '../refine/copy-graph.ts';
import { type CopyGroup, FIRSTS, groupsOf, shiftOf } from '../refine/copy-groups.ts';
import { visitWordings } from '../refine/key-block.ts';
import { type KeyFilter, KeyPass, KeySet, PASS_KEYS } from '../refine/key-pass.ts';
import { isAnchor } from '../refine/signature.ts';
import { countKeys, readBlocks } from '../store/copy-blocks.ts';
import { keysOfWordings, textsOfWordings } from '../store/copy-documents.ts';
import {
  clusteredAmong,
  forgetAllModels,
  forgetLoners,
  labelsOfWordings,
  loosen,
  relabel,
  saveLabels,
} from '../store/copy-wordings.ts';
import type { Tx } from '../store/database.ts';
import type { Keyed } from './copy-index.ts';

/** Texts whose shingles are kept for later groups: about 60 MB for texts of 600 characters. */
const KEPT_TEXTS = 50_000;
/** Members of the groups whose texts are read together. */
const MEMBERS_AT_ONCE = 1_000;
/** Past this many to compare again, comparing everything takes less memory. */
const MOST_LOOSENED = 200_000;
/** Keys of most texts are fewer. */
const KEYS_PER_WORDING = 80;
const MOST_PASSES = 1_024;
const LAST_KEY = 0xffff_ffff;

type Cache = ComparableCache<string>;

interface Round {
  /** Wordings to compare; null for all of them. */
  readonly fresh: ReadonlySet<string> | null;
  /** Wordings whose cluster holds, and whose model is to be found again. */
  readonly loose: ReadonlySet<string>;
  readonly keys: KeySet | null;
  readonly cache: Cache;
  readonly signal: AbortSignal;
  /** Called with each group before it is compared. */
  readonly look?: (key: number, members: readonly string[]) => void;
  readonly tell?: Tell;
}

/** Called, often, with the part of the comparisons that is made, in [0, 1]. */
export type Tell = (part: number) => void;

/** Who moved in the order in which texts are compared. */
interface Shifts {
  readonly look: NonNullable<Round['look']>;
  /** Those that no longer are among the first of a group that shares a band, or an anchor. */
  readonly displaced: { readonly bands: Set<string>; readonly anchors: Set<string> };
  readonly promoted: Set<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Compares every wording of the index with every other that shares a key. */
export async function compareAll(tx: Tx, signal: AbortSignal, tell: Tell): Promise<void> {
  await compareRound(tx, { fresh: null, loose: NOBODY, keys: null, cache: openCache(tx), signal, tell });
}

/**
 * Compares what arrived, and again what may have held together by what departed or moved.
 * @returns the wordings whose labels may have changed besides those of arrived documents; null for all
 */
export async function compareChanges(
  tx: Tx,
  { arrived, departed }: { readonly arrived: Keyed; readonly departed: Keyed },
  signal: AbortSignal,
  tell: Tell,
): Promise<ReadonlySet<string> | null> {
  const cache = openCache(tx);
  const left = await loosen(tx, { clustersOf: [...departed.keys()], modelsOf: [] });
  const first = {
    fresh: new Set([...arrived.keys(), ...left.forgotten.filter((wording) => !departed.has(wording))]),
    loose: new Set(left.loosened),
  };
  if (isTooMany(first)) return compareAnew(tx, signal, tell);
  const keys = await keysOf(tx, first, new Map([...arrived, ...departed]));
  const shifts = watchShifts(arrived, departed);
  await compareRound(tx, { ...first, keys, cache, signal, look: shifts.look, tell });

  const { displaced, promoted } = shifts;
  const clustersOf = await clusteredAmong(tx, [...displaced.bands]);
  const moved = await loosen(tx, { clustersOf, modelsOf: [...displaced.anchors] });
  const second = { fresh: new Set([...moved.forgotten, ...promoted]), loose: new Set(moved.loosened) };
  if (isTooMany(second)) return compareAnew(tx, signal, tell);
  if (second.fresh.size + second.loose.size > 0) {
    await compareRound(tx, { ...second, keys: await keysOf(tx, second, new Map()), cache, signal });
  }
  const touched = first.fresh.union(first.loose).union(second.fresh).union(second.loose);
  await forgetLoners(tx, [...first.loose, ...second.loose]);
  return touched;
}

function isTooMany({ fresh, loose }: Pick<Round, 'loose'> & { readonly fresh: ReadonlySet<string> }): boolean {
  return fresh.size + loose.size >= MOST_LOOSENED;
}

function watchShifts(arrived: Keyed, departed: Keyed): Shifts {
  const departures = departuresByKey(departed);
  const displaced = { bands: new Set<string>(), anchors: new Set<string>() };
  const promoted = new Set<string>();
  const look = (key: number, members: readonly string[]) => {
    const gone = departures.get(key) ?? [];
    if (members.length + gone.length <= FIRSTS) return;
    const shift = shiftOf(members, (member) => arrived.has(member), gone);
    for (const member of shift.displaced) (isAnchor(key) ? displaced.anchors : displaced.bands).add(member);
    for (const member of shift.promoted) promoted.add(member);
  };
  return { look, displaced, promoted };
}

async function compareAnew(tx: Tx, signal: AbortSignal, tell: Tell): Promise<null> {
  await forgetAllModels(tx);
  await compareAll(tx, signal, tell);
  return null;
}

/** One look at the whole index, in as many passes as its keys need. */
async function compareRound(tx: Tx, round: Round): Promise<void> {
  const isFresh = (wording: string, anchor: boolean) =>
    round.fresh === null || round.fresh.has(wording) || (anchor && round.loose.has(wording));
  const graph = new CopyGraph(isFresh);
  const reading = openReading(tx, graph, round);
  let capacity = PASS_KEYS;
  let passes = round.keys === null ? Math.ceil((await countKeys(tx)) / (PASS_KEYS * 0.9)) : 1;
  for (let pass = 0; pass < passes; ) {
    const width = Math.floor((LAST_KEY + 1) / passes);
    const from = pass * width;
    const to = pass === passes - 1 ? LAST_KEY : from + width - 1;
    const keys = await fillPass(tx, { filter: { from, to, among: round.keys }, capacity, signal: round.signal });
    if (keys === null) {
      // Some groups may be seen again: comparing them twice changes nothing.
      if (passes < MOST_PASSES) [passes, pass] = [passes * 2, pass * 2];
      else capacity *= 2;
      continue;
    }
    for (const { key, members } of keys.groups()) {
      round.look?.(key, members);
      // Keys are hashes: as many are below each as its place among all says.
      round.tell?.((key >>> 0) / LAST_KEY);
      const anchor = isAnchor(key);
      for (const group of groupsOf(members, anchor, (member) => isFresh(member, anchor))) {
        await reading.add(group);
      }
    }
    pass += 1;
  }
  await reading.finish();
  await relabel(tx, graph.relabelled());
  await saveLabels(tx, graph.labels());
}

/** Null where the keys of the range do not fit. */
async function fillPass(
  tx: Tx,
  { filter, capacity, signal }: { readonly filter: KeyFilter; readonly capacity: number; readonly signal: AbortSignal },
): Promise<KeyPass | null> {
  const pass = new KeyPass(filter, capacity);
  let fits = true;
  for await (const { entries } of readBlocks(tx)) {
    signal.throwIfAborted();
    visitWordings(entries, (high, low, keys) => {
      fits &&= pass.add(high, low, keys);
    });
    if (!fits) return null;
  }
  return pass;
}

function openCache(tx: Tx): Cache {
  return new ComparableCache<string>((wordings) => textsOfWordings(tx, wordings), KEPT_TEXTS);
}

/** Collects groups until their texts are worth a query. */
function openReading(tx: Tx, graph: CopyGraph, { fresh, cache, signal }: Round) {
  const recalled = new Set<string>();
  let waiting: CopyGroup[] = [];
  let members = 0;
  const recall = async () => {
    if (fresh === null) return;
    const unknown = namesOf(waiting).filter((member) => !recalled.has(member));
    for (const member of unknown) recalled.add(member);
    if (unknown.length > 0) graph.recall(await labelsOfWordings(tx, unknown));
  };
  const compare = async () => {
    signal.throwIfAborted();
    await recall();
    const open = waiting.filter((group) => !graph.isSettled(group));
    waiting = [];
    members = 0;
    if (open.length === 0) return;
    const values: ReadonlyMap<string, Comparable> = await cache.read(namesOf(open));
    for (const group of open) if (!graph.isSettled(group)) graph.join(group, values);
  };
  return {
    async add(group: CopyGroup): Promise<void> {
      waiting.push(group);
      members += group.firsts.length + group.others.length;
      if (members >= MEMBERS_AT_ONCE) await compare();
    },
    finish: compare,
  };
}

function namesOf(groups: readonly CopyGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ firsts, others }) => [...firsts, ...others]))];
}

function departuresByKey(departed: Keyed): ReadonlyMap<number, readonly string[]> {
  const byKey = new Map<number, string[]>();
  for (const [wording, keys] of departed) {
    for (let at = 0; at < keys.length; at += 1) {
      const known = byKey.get(keys[at]!);
      if (known === undefined) byKey.set(keys[at]!, [wording]);
      else known.push(wording);
    }
  }
  return byKey;
}

/** Keys of those known, which are to be looked for too, and of what is to be compared: of loose wordings, the anchors only. */
async function keysOf(
  tx: Tx,
  { fresh, loose }: Pick<Round, 'loose'> & { readonly fresh: ReadonlySet<string> },
  known: Keyed,
): Promise<KeySet> {
  const keys = new KeySet((fresh.size + loose.size + known.size) * KEYS_PER_WORDING);
  for (const of of known.values()) addAll(keys, of);
  const wanted = [...fresh, ...loose].filter((wording) => !known.has(wording));
  for (let start = 0; start < wanted.length; start += MEMBERS_AT_ONCE) {
    for (const { fingerprint, keys: of } of await keysOfWordings(tx, wanted.slice(start, start + MEMBERS_AT_ONCE))) {
      addAll(keys, fresh.has(fingerprint) ? of : of.filter(isAnchor));
    }
  }
  return keys;
}

function addAll(keys: KeySet, of: ArrayLike<number>): void {
  for (let at = 0; at < of.length; at += 1) keys.add(of[at]!);
}
