// Themes found again in a corpus where they were planted: how well, how steadily over seeds, and in how long.

import { prepareAssignment } from '../src/annotate/themes/assignment.ts';
import { discoverThemes } from '../src/annotate/themes/discovery.ts';
import { adjustedRand, matched } from '../src/annotate/themes/stability.ts';
import type { Theme } from '../src/model/theme.ts';
import { PLANTS, plantThemes } from '../test/planted-themes.ts';
import { report } from './report.ts';

const SEEDS = [1, 2, 3, 4, 5];
const SMALL = 1500;
const LARGE = 10_000;

type Given = readonly ReadonlySet<number>[];

const planted = plantThemes(SMALL, 1);
const found = SEEDS.map((seed) => discoverThemes(planted.texts, { seed, count: null }));
const given = found.map(({ themes }) => assigned(themes));
const scores = found.map(({ themes }, at) => matchedF1(themes.length, given[at]!));
report({ name: 'themes.planted.f1', value: mean(scores), unit: 'macro-F1', n: SMALL });
const mains = given.map((sets) => sets.map((set) => [...set].join('/')));
const numbers = mains.map((names) => names.map((name) => [...new Set(names)].indexOf(name)));
const pairs = numbers.flatMap((one, at) => numbers.slice(at + 1).map((other) => adjustedRand(one, other)));
report({ name: 'themes.planted.seeds', value: mean(pairs), unit: 'adjusted Rand index', n: SEEDS.length });

const large = plantThemes(LARGE, 1);
const begun = performance.now();
discoverThemes(large.texts, { seed: 1, count: null });
report({ name: 'themes.propose', value: (performance.now() - begun) / 1000, unit: 's', n: LARGE });

function assigned(themes: readonly Theme[]): Given {
  const assign = prepareAssignment(themes.map(({ terms }) => terms));
  return planted.texts.map(({ text }) => new Set(assign(text).map(({ theme }) => theme)));
}

/** Mean F1 of the planted themes, each with the theme that it is most like. */
function matchedF1(count: number, sets: Given): number {
  const f1 = (plant: number, theme: number) => {
    const name = PLANTS[plant]!.name;
    const truth = planted.truth.filter((names) => names.has(name)).length;
    const said = sets.filter((set) => set.has(theme)).length;
    const both = sets.filter((set, at) => set.has(theme) && planted.truth[at]!.has(name)).length;
    return (2 * both) / Math.max(1, truth + said);
  };
  const found = matched(PLANTS.length, count, f1);
  return mean(PLANTS.map((_, plant) => (found[plant] === -1 ? 0 : f1(plant, found[plant]!))));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
