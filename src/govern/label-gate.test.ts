import { expect, test } from 'vitest';
import type { Figure, TaskMeasures } from '../model/evaluation.ts';
import { withheldOf } from './label-gate.ts';

const figure = (value: number | null, n: number): Figure => ({ value, n, interval: null });

function measures({
  read = 120,
  alpha = figure(0.8, 60),
  precision = figure(0.9, 40),
  share = 0.5,
} = {}): TaskMeasures {
  const label = { label: 'a', precision, recall: precision, f1: precision, support: 10, predicted: precision.n };
  return {
    task: 'theme',
    wanted: { within10: 97, within5: 385 },
    people: { read: { random: read, other: 0 }, twice: { random: alpha.n, other: 0 }, alpha, labels: [{ label: 'a' }] },
    machines: [
      { annotator: 'm', labels: [label], prevalence: [{ label: 'a', raw: { n: Math.round(share * 100), share } }] },
    ],
  } as unknown as TaskMeasures;
}

test('what reaches every bar is published', () => {
  expect(withheldOf(measures(), { agreement: 0.75, precision: 0.9, people: 120 })).toEqual([]);
});

test('without a number of people, as many as a share within ten points needs are asked for', () => {
  expect(withheldOf(measures({ read: 54 }), {})).toEqual([
    { task: 'theme', label: null, reason: 'people', measured: null, bar: 97, n: 54, missing: 43 },
  ]);
});

test('people that do not agree keep the whole task back, whatever the machine is worth', () => {
  expect(withheldOf(measures({ alpha: figure(0.74, 60) }), { agreement: 0.75, precision: 0.95 })).toEqual([
    { task: 'theme', label: null, reason: 'agreement', measured: 0.74, bar: 0.75, n: 60, missing: null },
  ]);
});

test('agreement that nobody measured is no agreement', () => {
  const found = withheldOf(measures({ alpha: figure(null, 4) }), { agreement: 0.75 });
  expect(found).toMatchObject([{ reason: 'unmeasured', label: null, n: 4, missing: 7 }]);
});

test('a label measured on too few cases says how many readings would show it', () => {
  // Six more cases are wanting, and the machine gives the label to one document in ten.
  const found = withheldOf(measures({ precision: figure(null, 5), share: 0.1 }), { precision: 0.8 });
  expect(found).toMatchObject([{ reason: 'unmeasured', label: 'a', n: 5, missing: 60 }]);
});

test('a label that the machine never gives is not kept back', () => {
  expect(withheldOf(measures({ precision: figure(null, 0), share: 0 }), { precision: 0.8 })).toEqual([]);
});
