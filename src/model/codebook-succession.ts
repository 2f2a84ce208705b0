// Whether a codebook may follow the versions that are kept: a version, once used, never changes its words.

import { type Codebook, codebookVersion, DROPPED, type Task } from './codebook.ts';
import { differenceOf } from './codebook-difference.ts';
import { nearest } from './nearest.ts';

export interface SuccessionProblem {
  readonly kind: 'changed' | 'behind' | 'mapping-from' | 'mapping-missing' | 'mapping-unknown';
  /** Where in the later version's YAML, from its root. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * What forbids `next` to follow `kept` (versions of the same name, in any order); empty where it may. Pure.
 * A version that is kept already may come back as it was.
 */
export function successionProblems(next: Codebook, kept: readonly Codebook[]): readonly SuccessionProblem[] {
  const earlier = kept.filter(({ name }) => name === next.name).sort((left, right) => right.version - left.version);
  const latest = earlier[0];
  if (latest === undefined) return next.mapping === undefined ? [] : [unknownOrigin(next, [])];
  const same = earlier.find(({ version }) => version === next.version);
  if (same !== undefined) return isSame(same, next) ? [] : [changed(next, same, latest)];
  if (next.version < latest.version) {
    const message = `version ${next.version} is new, and ${codebookVersion(latest)} is kept already; write version: ${latest.version + 1}`;
    return [{ kind: 'behind', path: ['version'], message }];
  }
  const origin = originOf(next, earlier);
  return origin === null ? [unknownOrigin(next, earlier)] : mappingProblems(origin, next);
}

/** The version whose annotations `next` carries over: that of its mapping, else the latest before it; null without. */
export function originOf(next: Codebook, kept: readonly Codebook[]): Codebook | null {
  const earlier = kept.filter(({ name, version }) => name === next.name && version < next.version);
  const from = next.mapping?.from;
  if (from !== undefined) return earlier.find((one) => codebookVersion(one) === from) ?? null;
  return earlier.reduce<Codebook | null>((best, one) => (best && best.version > one.version ? best : one), null);
}

function isSame(kept: Codebook, next: Codebook): boolean {
  const { title, tasks } = differenceOf(kept, next);
  return !title && tasks.length === 0 && spell(kept) === spell(next);
}

/** All that a codebook says, whatever the order of its keys. */
function spell(codebook: Codebook): string {
  return JSON.stringify(codebook, (_, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}

function changed(next: Codebook, same: Codebook, latest: Codebook): SuccessionProblem {
  const words = differenceOf(same, next).tasks.map(({ task }) => `\`${task}\``);
  const where = words.length === 0 ? 'its words' : `its task(s) ${words.join(', ')}`;
  const message = `${codebookVersion(next)} is kept with other words (${where} changed); write version: ${latest.version + 1}, or put back what it said`;
  return { kind: 'changed', path: ['version'], message };
}

function unknownOrigin(next: Codebook, kept: readonly Codebook[]): SuccessionProblem {
  const known = kept.map(codebookVersion);
  const list = known.length === 0 ? 'none is' : `kept: ${known.join(', ')}`;
  return {
    kind: 'mapping-from',
    path: ['mapping', 'from'],
    message: `no version ${next.mapping?.from ?? ''} is kept (${list}); name one that is, or leave the mapping out`,
  };
}

/** Labels that are no longer there need a place to go; what the mapping names must have been there. */
function mappingProblems(origin: Codebook, next: Codebook): readonly SuccessionProblem[] {
  const given = next.mapping?.tasks ?? {};
  const unknown = Object.keys(given)
    .filter((id) => !origin.tasks.some((task) => task.id === id))
    .map((id) => ({
      kind: 'mapping-unknown' as const,
      path: ['mapping', 'tasks', id],
      message: `${codebookVersion(origin)} has no task \`${id}\`${hint(
        id,
        origin.tasks.map((task) => task.id),
      )}`,
    }));
  return [...unknown, ...origin.tasks.flatMap((task) => taskProblems(origin, task, next))];
}

function taskProblems(origin: Codebook, old: Task, next: Codebook): readonly SuccessionProblem[] {
  const given = next.mapping?.tasks[old.id];
  const task = next.tasks.find(({ id }) => id === old.id);
  const at = ['mapping', 'tasks', old.id];
  const from = codebookVersion(origin);
  if (task === undefined) {
    if (given === DROPPED) return [];
    const message = `the task \`${old.id}\` of ${from} is no longer there; say so: \`${old.id}: ${DROPPED}\``;
    return [{ kind: 'mapping-missing', path: at, message }];
  }
  if (given === DROPPED) return [];
  const known = old.categories.map(({ id }) => id);
  const unknown = Object.keys(given ?? {})
    .filter((label) => !known.includes(label))
    .map((label) => ({
      kind: 'mapping-unknown' as const,
      path: [...at, label],
      message: `\`${old.id}\` of ${from} has no category \`${label}\`${hint(label, known)}`,
    }));
  const missing = known.filter(
    (label) => !task.categories.some(({ id }) => id === label) && given?.[label] === undefined,
  );
  if (missing.length === 0) return unknown;
  const list = missing.map((label) => `\`${label}: …\``).join(', ');
  const message = `categories of ${from} that are no longer there need a new one or \`${DROPPED}\`: ${list} under mapping.tasks.${old.id}`;
  return [...unknown, { kind: 'mapping-missing', path: at, message }];
}

function hint(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close === null ? '' : `; did you mean \`${close}\`?`;
}
