// Chooses from held-out texts how sure a judgement must be to be given.

import { type Bet, bestThreshold, probabilities, type Scored, thresholdFor } from './calibration.ts';
import { decide, isApart, type LinearKind, likeliest } from './decision.ts';

interface Wanted {
  readonly temperature: number;
  readonly kind: LinearKind;
  /** Null: one label is always given; of several, each from the score of its best F1. */
  readonly precision: number | null;
}

/**
 * One threshold, or one a label where there are several. Of several labels a threshold is never below that of the label's best
 * F1, nor below what makes all the labels of a text right. Null where no score brings the wanted precision: the label is not
 * given.
 */
export function chooseThresholds(scored: Scored, rows: readonly number[], wanted: Wanted): readonly (number | null)[] {
  const { temperature, kind, precision } = wanted;
  const { labels, truth, margins } = scored;
  const apart = isApart(kind);
  const scores = new Float64Array(labels);
  const bets: Bet[][] = Array.from({ length: apart ? labels : 1 }, () => []);
  for (const row of rows) {
    probabilities(margins.subarray(row * labels, (row + 1) * labels), { temperature, apart }, scores);
    if (apart) {
      for (let label = 0; label < labels; label += 1) {
        bets[label]!.push({ score: scores[label]!, right: truth[row * labels + label] === 1 });
      }
    } else {
      const place = likeliest(scores, kind);
      bets[0]!.push({ score: scores[place]!, right: truth[row * labels + place] === 1 });
    }
  }
  if (precision === null) return bets.map((list) => (apart ? bestThreshold(list) : 0));
  const thresholds = bets.map((list) => {
    const least = thresholdFor(list, precision);
    return least === null || !apart ? least : Math.max(least, bestThreshold(list));
  });
  return apart ? keepForTexts(thresholds) : thresholds;

  /** What is promised is of texts: one that is given two labels is right where both are. */
  function keepForTexts(chosen: readonly (number | null)[]): readonly (number | null)[] {
    const texts = rows.flatMap((row): readonly Bet[] => {
      probabilities(margins.subarray(row * labels, (row + 1) * labels), { temperature, apart }, scores);
      const { places, score } = decide(scores, kind, chosen);
      if (places.length === 0) return [];
      return [{ score, right: places.every((place) => truth[row * labels + place] === 1) }];
    });
    const least = thresholdFor(texts, precision!);
    return chosen.map((threshold) => (threshold === null || least === null ? null : Math.max(threshold, least)));
  }
}
