// Union-find over document ids whose roots are the smallest ids, so that clusters do not depend on the order of arrival.

export interface ClusterMember<Id extends string = string> {
  readonly document: Id;
  /** Smallest document id of the cluster. */
  readonly cluster: Id;
  readonly size: number;
  /** True for the one document that deduplicated figures count: the one the cluster is named after. */
  readonly representative: boolean;
}

export class Clusters<Id extends string> {
  private readonly parents = new Map<Id, Id>();

  root(id: Id): Id {
    let root = id;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root)) root = parent;
    // Path compression keeps later walks short.
    let step = id;
    while (step !== root) {
      const parent = this.parents.get(step)!;
      this.parents.set(step, root);
      step = parent;
    }
    return root;
  }

  join(a: Id, b: Id): void {
    const left = this.root(a);
    const right = this.root(b);
    if (left === right) return;
    if (left < right) this.parents.set(right, left);
    else this.parents.set(left, right);
  }

  /** Members of every cluster of two or more, sorted by cluster, then document. */
  members(): ClusterMember<Id>[] {
    const groups = new Map<Id, Id[]>();
    for (const id of this.parents.keys()) {
      const root = this.root(id);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [root, id]);
      else group.push(id);
    }
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([cluster, group]) =>
        group
          .sort()
          .map((document) => ({ document, cluster, size: group.length, representative: document === cluster })),
      );
  }
}
