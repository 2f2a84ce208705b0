// How far annotators agree beyond chance, on labels without order.

/**
 * Cohen's kappa of two annotators that judged the same units, given as pairs of labels. 1 is full agreement, 0 what
 * chance gives; null where there is no pair, or where both used one single label (chance explains everything).
 * Source: J. Cohen, "A coefficient of agreement for nominal scales", Educ. Psychol. Meas. 20 (1960) 37-46.
 */
export function cohenKappa(pairs: readonly (readonly [left: string, right: string])[]): number | null {
  if (pairs.length === 0) return null;
  const left = tally(pairs.map(([label]) => label));
  const right = tally(pairs.map(([, label]) => label));
  const observed = pairs.filter(([first, second]) => first === second).length / pairs.length;
  let expected = 0;
  for (const [label, count] of left) expected += (count * (right.get(label) ?? 0)) / pairs.length ** 2;
  return expected === 1 ? null : (observed - expected) / (1 - expected);
}

/**
 * Krippendorff's alpha for nominal data: any number of annotators, each unit being the labels it received (missing ones
 * left out). Units with fewer than two labels say nothing and are skipped. Null where no unit is left, or where only one
 * label was ever used.
 * Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C.
 */
export function krippendorffAlpha(units: readonly (readonly string[])[]): number | null {
  const pairable = units.filter((labels) => labels.length > 1);
  const all = tally(pairable.flat());
  const n = [...all.values()].reduce((total, count) => total + count, 0);
  let disagreement = 0;
  for (const labels of pairable) {
    const counts = [...tally(labels).values()];
    const agreeing = counts.reduce((total, count) => total + count * (count - 1), 0);
    disagreement += (labels.length * (labels.length - 1) - agreeing) / (labels.length - 1);
  }
  let expected = n * (n - 1);
  for (const count of all.values()) expected -= count * (count - 1);
  return expected === 0 ? null : 1 - (disagreement * (n - 1)) / expected;
}

function tally(labels: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
