// Joins texts that are copies into clusters, and clusters that fill in one form letter into models.

import { Clusters } from './clusters.ts';
import { areAlike, type Comparable, fillOneForm } from './comparable.ts';
import type { CopyGroup } from './copy-groups.ts';

export interface CopyLabels {
  readonly fingerprint: string;
  /** Smallest fingerprint of the texts it is a near copy of, directly or through others. */
  readonly cluster: string;
  /** Smallest fingerprint of the clusters that share a form with its own; the cluster's where none does. */
  readonly model: string;
}

/** Labels that stand for others now, because what they name was joined. */
export interface Relabelled {
  readonly clusters: ReadonlyMap<string, string>;
  readonly models: ReadonlyMap<string, string>;
}

/** Grows by the groups it is given, in any order. */
export class CopyGraph {
  private readonly near = new Clusters<string>();
  private readonly models = new Clusters<string>();
  private readonly recalled = { clusters: new Set<string>(), models: new Set<string>() };
  private readonly isFresh: (fingerprint: string, anchor: boolean) => boolean;

  /**
   * `isFresh` holds for texts whose comparisons in groups that share an anchor, or a band, are yet to be made: two that are not
   * fresh were compared before.
   */
  constructor(isFresh: (fingerprint: string, anchor: boolean) => boolean) {
    this.isFresh = isFresh;
  }

  /** Tells what was decided before about texts that are not fresh, before they are joined with others. */
  recall(labels: readonly CopyLabels[]): void {
    for (const { fingerprint, cluster, model } of labels) {
      this.near.join(fingerprint, cluster);
      this.models.join(fingerprint, model);
      this.recalled.clusters.add(cluster);
      this.recalled.models.add(model);
    }
  }

  /** True where the comparisons of a group can change nothing: all are together already. */
  isSettled({ anchor, firsts, others }: CopyGroup): boolean {
    const { joined } = this.relationOf(anchor);
    const root = joined.root(firsts[0]!);
    return [...firsts, ...others].every((member) => joined.root(member) === root);
  }

  /** Labels of every text that was met and does not stand alone. */
  labels(): readonly CopyLabels[] {
    return [...this.models.members()].map(({ id, root }) => ({
      fingerprint: id,
      cluster: this.near.root(id),
      model: root,
    }));
  }

  relabelled(): Relabelled {
    const changed = (labels: ReadonlySet<string>, rootOf: (label: string) => string) =>
      new Map([...labels].map((label) => [label, rootOf(label)] as const).filter(([label, root]) => label !== root));
    return {
      clusters: changed(this.recalled.clusters, (label) => this.near.root(label)),
      models: changed(this.recalled.models, (label) => this.models.root(label)),
    };
  }

  /** Makes the comparisons of one group; texts without a value are left out. */
  join({ anchor, firsts, others }: CopyGroup, values: ReadonlyMap<string, Comparable>): void {
    const { joined } = this.relationOf(anchor);
    // Firsts that are together already stand together: who is with them is compared with none of them.
    const kinds: string[][] = [];
    for (const member of firsts) {
      if (!values.has(member)) continue;
      this.compareWith(kinds, { anchor, member, values });
      const root = joined.root(member);
      const kind = kinds.find((candidate) => joined.root(candidate[0]!) === root);
      if (kind === undefined) kinds.push([member]);
      else kind.push(member);
    }
    for (const member of others) if (values.has(member)) this.compareWith(kinds, { anchor, member, values });
  }

  private compareWith(
    kinds: readonly (readonly string[])[],
    {
      anchor,
      member,
      values,
    }: { readonly anchor: boolean; readonly member: string; readonly values: ReadonlyMap<string, Comparable> },
  ): void {
    const { joined, isRelated } = this.relationOf(anchor);
    const value = values.get(member)!;
    const fresh = this.isFresh(member, anchor);
    for (const kind of kinds) {
      if (joined.root(kind[0]!) === joined.root(member)) continue;
      const related = kind.find(
        (first) => (fresh || this.isFresh(first, anchor)) && isRelated(values.get(first)!, value),
      );
      if (related === undefined) continue;
      this.models.join(related, member);
      if (!anchor) this.near.join(related, member);
    }
  }

  private relationOf(anchor: boolean) {
    return anchor ? { joined: this.models, isRelated: fillOneForm } : { joined: this.near, isRelated: areAlike };
  }
}
