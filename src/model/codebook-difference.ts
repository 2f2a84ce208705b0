// What changed between two versions of a codebook, task by task, category by category.

import { type Category, type Codebook, DROPPED, type Task } from './codebook.ts';

export interface TaskDifference {
  readonly task: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Categories whose id changed: mapped one to one to an id that was not there, or written anew with the same words. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Same id, another title. */
  readonly retitled: readonly string[];
  /** Definition, inclusions or exclusions that changed: what was judged under the old words may not hold. */
  readonly redefined: readonly string[];
  /** Only the examples, or the terms of a theme. */
  readonly illustrated: readonly string[];
  /** Words of the task itself that changed: kind, none, abstention, title, order (of a scale). */
  readonly words: readonly ('kind' | 'none' | 'abstention' | 'title' | 'order')[];
}

export interface CodebookDifference {
  readonly title: boolean;
  /** Tasks that differ, in the order of the later version, those that are gone last. */
  readonly tasks: readonly TaskDifference[];
}

/** Pure. Both versions are of one codebook; the later one's mapping says which ids are new names of old ones. */
export function differenceOf(before: Codebook, after: Codebook): CodebookDifference {
  const tasks = after.tasks.flatMap((task) => {
    const old = before.tasks.find(({ id }) => id === task.id);
    if (old === undefined) return [{ ...NOTHING, task: task.id, kind: 'added' as const, added: idsOf(task) }];
    const difference = compareTasks(old, task, renamesOf(old, task, after));
    return isEmpty(difference) ? [] : [difference];
  });
  const gone = before.tasks
    .filter(({ id }) => !after.tasks.some((task) => task.id === id))
    .map((task) => ({ ...NOTHING, task: task.id, kind: 'removed' as const, removed: idsOf(task) }));
  return { title: !sameTitle(before, after), tasks: [...tasks, ...gone] };
}

/** True where people would judge by the same words: definition, inclusions, exclusions. */
export function sameMeaning(before: Category, after: Category): boolean {
  return (
    before.definition === after.definition &&
    sameList(before.includes, after.includes) &&
    sameList(before.excludes, after.excludes)
  );
}

const NOTHING = { added: [], removed: [], renamed: [], retitled: [], redefined: [], illustrated: [], words: [] };

const idsOf = (task: Task) => task.categories.map(({ id }) => id);

function compareTasks(old: Task, task: Task, renamed: TaskDifference['renamed']): TaskDifference {
  const known = new Map(old.categories.map((category) => [category.id, category]));
  const kept = task.categories.flatMap((category) => {
    const before = known.get(category.id);
    return before === undefined ? [] : [{ before, category }];
  });
  const ids = (list: typeof kept) => list.map(({ category }) => category.id);
  const redefined = kept.filter(({ before, category }) => !sameMeaning(before, category));
  const illustrated = kept.filter(
    (pair) => !redefined.includes(pair) && !(sameExamples(pair.before, pair.category) && sameTerms(pair)),
  );
  const ordered = kept.map(({ before }) => before.id);
  const words = [
    ...(old.kind === task.kind ? [] : (['kind'] as const)),
    ...(old.none === task.none ? [] : (['none'] as const)),
    ...(old.abstention === task.abstention ? [] : (['abstention'] as const)),
    ...(sameTitle(old, task) ? [] : (['title'] as const)),
    ...(task.kind === 'scale' &&
    !sameList(
      ordered,
      idsOf(old).filter((id) => ordered.includes(id)),
    )
      ? (['order'] as const)
      : []),
  ];
  return {
    task: task.id,
    kind: 'changed',
    added: idsOf(task).filter((id) => !known.has(id) && !renamed.some(({ to }) => to === id)),
    removed: idsOf(old).filter((id) => !idsOf(task).includes(id) && !renamed.some(({ from }) => from === id)),
    renamed,
    retitled: ids(kept.filter(({ before, category }) => !sameTitle(before, category))),
    redefined: ids(redefined),
    illustrated: ids(illustrated),
    words,
  };
}

function renamesOf(old: Task, task: Task, after: Codebook): TaskDifference['renamed'] {
  const gone = old.categories.filter(({ id }) => !idsOf(task).includes(id));
  const fresh = task.categories.filter(({ id }) => !idsOf(old).includes(id));
  const given = after.mapping?.tasks[task.id];
  const targets = given === undefined || given === DROPPED ? {} : given;
  return gone.flatMap((category) => {
    const to = targets[category.id];
    const mapped = Object.values(targets).filter((target) => target === to).length === 1;
    const found =
      to === undefined ? fresh.find((one) => sameMeaning(category, one)) : fresh.find(({ id }) => id === to && mapped);
    return found === undefined ? [] : [{ from: category.id, to: found.id }];
  });
}

function isEmpty({ task: _, kind: __, ...lists }: TaskDifference): boolean {
  return Object.values(lists).every((list) => list.length === 0);
}

type Titled = Pick<Task, 'title'>;
const sameTitle = (one: Titled, other: Titled) => one.title.fr === other.title.fr && one.title.en === other.title.en;
const sameExamples = (one: Category, other: Category) => sameList(one.examples, other.examples);

function sameTerms({ before, category }: { readonly before: Category; readonly category: Category }): boolean {
  const [one, other] = [before.terms ?? {}, category.terms ?? {}];
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}
