// What changed since a machine was last measured.

import type { Drift, Figure, KeptEvaluation, MachineMeasures } from '../model/evaluation.ts';
import { differenceInterval } from '../model/interval.ts';

/**
 * Now minus then, for a machine that an earlier evaluation measured on the same task; null where it did not. Where the same
 * readings serve both, the interval is wider than it need be: a change that it leaves out is one all the same.
 */
export function driftOf(now: MachineMeasures, task: string, earlier: KeptEvaluation): Drift | null {
  const before = earlier.tasks
    .find((measured) => measured.task === task)
    ?.machines.find(({ annotator }) => annotator === now.annotator);
  if (before === undefined) return null;
  const changes = [
    ...changeOf('accuracy', null, now.accuracy, before.accuracy),
    ...now.labels.flatMap(({ label, f1 }) => {
      const was = before.labels.find((one) => one.label === label);
      return was === undefined ? [] : changeOf('f1', label, f1, was.f1);
    }),
  ];
  const { id: since, at, codebook } = earlier;
  return changes.length === 0 ? null : { since, at, codebook, versions: before.versions, changes };
}

function changeOf(
  name: Drift['changes'][number]['figure'],
  label: string | null,
  now: Figure,
  before: Figure,
): Drift['changes'] {
  if (now.value === null || now.interval === null || before.value === null || before.interval === null) return [];
  const difference = now.value - before.value;
  const interval = differenceInterval(
    { value: now.value, interval: now.interval },
    { value: before.value, interval: before.interval },
  );
  return [{ figure: name, label, was: before.value, difference, interval }];
}
