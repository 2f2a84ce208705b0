// Union-find over ids whose roots are the smallest ids, so that clusters do not depend on the order of arrival.

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

  /** Ids of every cluster of two or more, each with its root. */
  *members(): Iterable<{ readonly id: Id; readonly root: Id }> {
    const roots = new Set<Id>();
    for (const id of this.parents.keys()) {
      const root = this.root(id);
      roots.add(root);
      yield { id, root };
    }
    for (const root of roots) yield { id: root, root };
  }
}
