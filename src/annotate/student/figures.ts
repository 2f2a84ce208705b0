// What is known of a student: measured on people's texts that it had not seen, with intervals.

import type { Interval } from '../../model/indicator.ts';
import { wilson } from '../../model/interval.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Bet, calibrationError, calibrationFloor, probabilities, type Scored } from './calibration.ts';
import { decide, isApart, type LinearKind, likeliest } from './decision.ts';
import { chooseThresholds } from './thresholds.ts';

const DRAWS = 400;
const SEED = 7;

export interface LabelFigures {
  readonly label: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** People's texts that have it. */
  readonly support: number;
}

export interface Figures {
  /** Mean F1 of the labels where every text is judged; 95 % interval by drawing groups of texts again. */
  readonly macroF1: number;
  readonly interval: Interval;
  readonly perLabel: readonly LabelFigures[];
  /** Expected calibration error. */
  readonly calibrationError: number;
  /** What scores that mean just what they say would show on as many judgements. */
  readonly calibrationFloor: number;
  /** Share of texts judged where the unsure are left, and share of those judgements that is right, with its interval. */
  readonly coverage: number;
  readonly precision: number;
  readonly precisionInterval: Interval;
  /** Texts and groups of texts. */
  readonly n: number;
  readonly groups: number;
}

interface HeldOut {
  readonly kind: LinearKind;
  readonly labels: readonly string[];
  readonly precision: number | null;
  readonly truth: Uint8Array;
  readonly folds: ArrayLike<number>;
  readonly groups: ArrayLike<number>;
  /** Margins and temperature chosen on these rows alone. */
  readonly choose: (rows: readonly number[]) => { readonly scored: Scored; readonly temperature: number };
}

interface Measured {
  readonly figures: Figures;
  /** Labels of each row where every text is judged. */
  readonly decided: readonly (readonly string[])[];
}

/** Measures fold by fold with what was chosen on the others. */
export function measureHeldOut(held: HeldOut): Measured {
  const { kind, labels, precision, truth, folds, groups } = held;
  const count = labels.length;
  const rows = Array.from({ length: folds.length }, (_, row) => row);
  const apart = isApart(kind);
  const scores = new Float64Array(count);
  const bets: Bet[] = [];
  const judged: boolean[] = new Array(rows.length).fill(false);
  const right: boolean[] = new Array(rows.length).fill(false);
  const decided: (readonly string[])[] = new Array(rows.length);
  const given = new Uint8Array(rows.length * count);
  for (const fold of [...new Set(Array.from(folds))].sort()) {
    const others = rows.filter((row) => folds[row] !== fold);
    const { scored, temperature } = held.choose(others);
    const thresholds = chooseThresholds(scored, others, { temperature, kind, precision });
    // Of several labels the best F1 says what is given when every text is judged.
    const always = apart ? chooseThresholds(scored, others, { temperature, kind, precision: null }) : [0];
    for (const row of rows) {
      if (folds[row] !== fold) continue;
      probabilities(scored.margins.subarray(row * count, (row + 1) * count), { temperature, apart }, scores);
      const has = (place: number) => truth[row * count + place] === 1;
      if (apart) for (let place = 0; place < count; place += 1) bets.push({ score: scores[place]!, right: has(place) });
      else bets.push({ score: scores[likeliest(scores, kind)]!, right: has(likeliest(scores, kind)) });
      const certain = decide(scores, kind, always);
      for (const place of certain.places) given[row * count + place] = 1;
      decided[row] = certain.places.map((place) => labels[place]!);
      const decision = decide(scores, kind, thresholds);
      judged[row] = !decision.abstains;
      right[row] = decision.places.length > 0 && decision.places.every(has);
    }
  }
  const perLabel = labels.map((label, place) => labelFigures({ label, place, count }, given, truth, rows));
  const judgedCount = judged.filter(Boolean).length;
  const rightCount = right.filter((is, row) => is && judged[row]).length;
  const figures = {
    macroF1: meanF1(perLabel),
    interval: bootstrap(groups, (drawn) =>
      meanF1(labels.map((label, place) => labelFigures({ label, place, count }, given, truth, drawn))),
    ),
    perLabel,
    calibrationError: calibrationError(bets),
    calibrationFloor: calibrationFloor(bets),
    coverage: rows.length === 0 ? 0 : judgedCount / rows.length,
    precision: judgedCount === 0 ? 0 : rightCount / judgedCount,
    precisionInterval: wilson(rightCount, judgedCount),
    n: rows.length,
    groups: new Set(Array.from(groups)).size,
  };
  return { figures, decided };
}

const meanF1 = (perLabel: readonly LabelFigures[]) => {
  const met = perLabel.filter(({ support }) => support > 0);
  return met.length === 0 ? 0 : met.reduce((sum, { f1 }) => sum + f1, 0) / met.length;
};

function labelFigures(
  { label, place, count }: { readonly label: string; readonly place: number; readonly count: number },
  given: Uint8Array,
  truth: Uint8Array,
  rows: readonly number[],
): LabelFigures {
  let right = 0;
  let said = 0;
  let support = 0;
  for (const row of rows) {
    const has = truth[row * count + place]!;
    const gets = given[row * count + place]!;
    right += has & gets;
    said += gets;
    support += has;
  }
  return {
    label,
    precision: said === 0 ? 0 : right / said,
    recall: support === 0 ? 0 : right / support,
    f1: said + support === 0 ? 0 : (2 * right) / (said + support),
    support,
  };
}

/** Draws whole groups with return, `DRAWS` times, and takes the middle 95 % of what is measured. */
export function bootstrap(groups: ArrayLike<number>, measure: (rows: readonly number[]) => number): Interval {
  const byGroup = [
    ...Map.groupBy(
      Array.from({ length: groups.length }, (_, row) => row),
      (row) => groups[row]!,
    ).values(),
  ];
  if (byGroup.length === 0) return { low: 0, high: 1 };
  const random = seededRandom(SEED);
  const values = Array.from({ length: DRAWS }, () => {
    const rows: number[] = [];
    for (let draw = 0; draw < byGroup.length; draw += 1) {
      rows.push(...byGroup[Math.floor(random() * byGroup.length)]!);
    }
    return measure(rows);
  }).sort((left, right) => left - right);
  return { low: values[Math.floor(DRAWS * 0.025)]!, high: values[Math.ceil(DRAWS * 0.975) - 1]! };
}
