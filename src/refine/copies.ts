// Who copied whom, among texts at hand: near copies, and fillings of one form letter.

import { areAlike, comparable, fillOneForm } from './comparable.ts';
import { CopyGraph } from './copy-graph.ts';
import { groupsOf } from './copy-groups.ts';
import { isAnchor, signatureOf } from './signature.ts';

export interface Related {
  /** Of each text that has a near copy, the id of the first text of its cluster, in the order they are given. */
  readonly clusters: ReadonlyMap<string, string>;
  /** The same for texts that fill in one form letter, copies included. */
  readonly models: ReadonlyMap<string, string>;
}

/** True where one text is the other with small changes. Symmetric; never true for texts too short to compare. */
export function areCopies(a: string, b: string): boolean {
  return areAlike(comparable(a), comparable(b));
}

/** True where both hold long passages of one text, and other words. Symmetric. */
export function areFillings(a: string, b: string): boolean {
  return fillOneForm(comparable(a), comparable(b));
}

/** Clusters of near copies; see `relateTexts`. */
export function clusterTexts(
  items: Iterable<{ readonly id: string; readonly text: string }>,
): ReadonlyMap<string, string> {
  return relateTexts(items).clusters;
}

/** Compares texts as the store's are, in memory. Who is with whom does not depend on the order they come in. */
export function relateTexts(items: Iterable<{ readonly id: string; readonly text: string }>): Related {
  const wordings = new Map<string, Wording>();
  const groups = new Map<number, Set<string>>();
  for (const { id, text } of items) {
    const { bands, fingerprint } = signatureOf(text);
    if (bands.length === 0) continue;
    const known = wordings.get(fingerprint);
    if (known !== undefined) {
      known.ids.push(id);
      continue;
    }
    wordings.set(fingerprint, { ids: [id], text });
    for (const key of bands) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, new Set([fingerprint]));
      else group.add(fingerprint);
    }
  }
  const values = new Map([...wordings].map(([fingerprint, { text }]) => [fingerprint, comparable(text)]));
  const graph = new CopyGraph(() => true);
  for (const [key, members] of groups) {
    for (const group of groupsOf([...members].sort(), isAnchor(key), () => true)) {
      if (!graph.isSettled(group)) graph.join(group, values);
    }
  }
  const labels = graph.labels();
  return {
    clusters: namesOf(wordings, new Map(labels.map(({ fingerprint, cluster }) => [fingerprint, cluster]))),
    models: namesOf(wordings, new Map(labels.map(({ fingerprint, model }) => [fingerprint, model]))),
  };
}

interface Wording {
  readonly ids: string[];
  readonly text: string;
}

/** Ids by the first id of their group; `wordings` come in the order of their first ids. */
function namesOf(
  wordings: ReadonlyMap<string, Wording>,
  labels: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const groups = Map.groupBy(wordings, ([fingerprint]) => labels.get(fingerprint) ?? fingerprint);
  const names = new Map<string, string>();
  for (const group of groups.values()) {
    const ids = group.flatMap(([, wording]) => wording.ids);
    if (ids.length > 1) for (const id of ids) names.set(id, ids[0]!);
  }
  return names;
}
