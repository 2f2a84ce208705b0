import { expect, test } from 'vitest';
import { PLANTS, plantThemes } from '../../../test/planted-themes.ts';
import type { DocumentId } from '../../model/identity.ts';
import { prepareAssignment } from './assignment.ts';
import { discoverThemes } from './discovery.ts';
import { adjustedRand, jaccard, matched } from './stability.ts';
import { termsOf } from './terms.ts';

const planted = plantThemes(900, 3);
const found = discoverThemes(planted.texts, { seed: 1, count: 10 });

/** F1 of the best match of each planted theme. */
function scores(themes: typeof found.themes): ReadonlyMap<string, number> {
  const assign = prepareAssignment(themes.map(({ terms }) => terms));
  const given = planted.texts.map(({ text }) => new Set(assign(text).map(({ theme }) => theme)));
  const f1 = (plant: number, theme: number) => {
    const name = PLANTS[plant]!.name;
    let [both, one, other] = [0, 0, 0];
    planted.truth.forEach((truth, at) => {
      const [is, said] = [truth.has(name), given[at]!.has(theme)];
      if (is) one += 1;
      if (said) other += 1;
      if (is && said) both += 1;
    });
    return (2 * both) / Math.max(1, one + other);
  };
  const pairs = matched(PLANTS.length, themes.length, f1);
  return new Map(PLANTS.map(({ name }, at) => [name, pairs[at] === -1 ? 0 : f1(at, pairs[at]!)]));
}

test('finds again the themes that were planted', () => {
  const each = scores(found.themes);
  for (const { name, share } of PLANTS) if (share >= 0.08) expect(each.get(name), name).toBeGreaterThan(0.85);
});

test('the same texts in another order give the same themes; so does the same seed', () => {
  const turned = [...planted.texts].reverse();
  expect(discoverThemes(turned, { seed: 1, count: 10 })).toEqual(found);
});

test('every theme says how many texts, how sure, how steady, and names texts that have it', () => {
  const texts = new Map(planted.texts.map((text) => [text.id, text]));
  expect(found.themes.length).toBeGreaterThanOrEqual(8);
  for (const { name, figures, stability, terms } of found.themes) {
    const assign = prepareAssignment([terms]);
    const having = planted.texts.filter(({ text }) => assign(text).length > 0);
    expect(figures.texts, name).toBe(having.length);
    expect(figures.documents).toBe(having.reduce((sum, { copies }) => sum + copies, 0));
    expect(figures.interval.low).toBeLessThan(figures.share);
    expect(figures.interval.high).toBeGreaterThan(figures.share);
    expect(stability).toBeGreaterThanOrEqual(0);
    for (const id of [...figures.representative, ...figures.divergent]) {
      expect(assign(texts.get(id)!.text)).toHaveLength(1);
    }
    expect(name.split(', ').length).toBeGreaterThanOrEqual(1);
  }
});

test('few texts, or texts without words, give few themes or none, and no failure', () => {
  const text = (id: string, words: string) => ({ id: id as DocumentId, text: words, copies: 1 });
  expect(discoverThemes([], { seed: 1, count: null }).themes).toEqual([]);
  expect(discoverThemes([text('a', '…'), text('b', '')], { seed: 1, count: null })).toMatchObject({
    texts: 2,
    unassigned: 2,
    themes: [],
  });
});

test('a word and its forms are one term, pairs hold what stands between, phrases end pairs', () => {
  const keys = (words: string) => termsOf(words).map(({ key }) => key);
  expect(keys('Les pistes cyclables')).toEqual(keys('la piste cyclable'));
  const text = 'Le vote à distance. Distance courte';
  const pair = termsOf(text).find(({ key }) => key.includes(' '))!;
  expect(text.slice(pair.start, pair.end)).toBe('vote à distance');
  expect(keys('un vote, une distance').filter((key) => key.includes(' '))).toEqual([]);
});

test('agreement measures: the same is 1, nothing shared is 0, labels do not matter', () => {
  expect(jaccard(new Set([1, 2]), new Set([2, 3]))).toBeCloseTo(1 / 3);
  expect(adjustedRand([0, 0, 1, 1], [5, 5, 9, 9])).toBe(1);
  // Worked by hand: pairs 1 of 2 and 2, expected 4 / 6.
  expect(adjustedRand([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo((1 - 2 / 6) / (1.5 - 2 / 6));
  expect([
    ...matched(
      2,
      3,
      (one, other) =>
        [
          [0.2, 0.9, 0],
          [0, 0.95, 0.1],
        ][one]![other]!,
    ),
  ]).toEqual([0, 1]);
});
