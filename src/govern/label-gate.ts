// Which labels are good enough to be published, by the bars that a steward sets on what was measured.

import { FIGURE_FLOOR, MACHINES, type MachineMeasures, type TaskMeasures } from '../model/evaluation.ts';
import type { Withheld } from '../model/release.ts';

/** Least values, in [0, 1]; `people` is a number of documents. Absent: no bar. */
export interface LabelBar {
  /** Krippendorff's alpha between people. */
  readonly agreement?: number | undefined;
  /** Of each label, of the machine whose labels are published. */
  readonly precision?: number | undefined;
  /** Documents drawn at random that people decided of; when absent, as many as a share within 10 points needs. */
  readonly people?: number | undefined;
}

/**
 * What of a task is not published: the whole where too few documents were read or people do not agree, else each label that is
 * too often wrong or was too little measured. Empty where all may be. Pure.
 */
export function withheldOf(measures: TaskMeasures, bar: LabelBar): readonly Withheld[] {
  const { task, people } = measures;
  const wanted = bar.people ?? measures.wanted.within10;
  const whole = (rest: Pick<Withheld, 'reason' | 'bar' | 'measured' | 'n' | 'missing'>) => [
    { task, label: null, ...rest },
  ];
  const read = people.read.random;
  if (read < wanted) return whole({ reason: 'people', bar: wanted, measured: null, n: read, missing: wanted - read });
  if (bar.agreement !== undefined) {
    const { value, n } = people.alpha;
    const twice = people.twice.random;
    if (value === null) {
      // Enough documents may be read twice and alpha say nothing still, where only one label was ever given.
      const missing = Math.max(0, FIGURE_FLOOR - twice);
      return whole({ reason: 'unmeasured', bar: bar.agreement, measured: null, n: twice, missing });
    }
    if (value < bar.agreement) {
      return whole({ reason: 'agreement', bar: bar.agreement, measured: value, n, missing: null });
    }
  }
  const { precision } = bar;
  return precision === undefined
    ? []
    : measures.people.labels.flatMap(({ label }) => labelOf(measures, label, precision));
}

/** Of machines that never judged the same document, each must pass. */
function labelOf(measures: TaskMeasures, label: string, bar: number): readonly Withheld[] {
  const together = measures.machines.filter(({ annotator }) => annotator === MACHINES);
  const published = together.length > 0 ? together : measures.machines;
  const failing = published.flatMap((machine) => failureOf(machine, label, bar));
  const [worst] = failing.sort((left, right) => (left.measured ?? 2) - (right.measured ?? 2));
  return worst === undefined ? [] : [{ task: measures.task, label, ...worst }];
}

type Failure = Omit<Withheld, 'task' | 'label'>;

function failureOf(machine: MachineMeasures, label: string, bar: number): readonly Failure[] {
  const found = machine.labels.find((one) => one.label === label);
  const given = machine.prevalence.find((one) => one.label === label)?.raw;
  // A label that the machine never gives is published of nobody.
  if (found === undefined || given === undefined || given.n === 0) return [];
  const { value, n } = found.precision;
  if (value === null) {
    const missing = Math.ceil((FIGURE_FLOOR - n) / given.share);
    return [{ reason: 'unmeasured', bar, measured: null, n, missing }];
  }
  return value < bar ? [{ reason: 'precision', bar, measured: value, n, missing: null }] : [];
}
