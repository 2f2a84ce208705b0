// The barometer of the fictive corpus, counted plainly.

import type { BarometerCell, BarometerFilter, Counting } from '../../src/model/indicator.ts';
import { wilson } from '../../src/model/interval.ts';
import type { Dimension } from '../../src/run/reader.ts';
import type { FixtureDocument } from './fixture-corpus.ts';

export function fixtureCells(
  documents: readonly FixtureDocument[],
  filter: BarometerFilter,
  { counting, by }: { readonly counting: Counting; readonly by: readonly Dimension[] },
): readonly BarometerCell[] {
  const counted = documents
    .filter((document) => counting === 'raw' || document.representative)
    .filter((document) => matchesFilter(document, { ...filter, theme: undefined }));
  const kept = counted.filter((document) => filter.theme === undefined || document.theme === filter.theme);
  const groups = Map.groupBy(kept, (document) => JSON.stringify(by.map((dimension) => document[dimension])));
  return [...groups.values()].map((group) => {
    const first = group[0]!;
    const cell = {
      week: by.includes('week') ? first.week : null,
      theme: by.includes('theme') ? first.theme : null,
      department: by.includes('department') ? (first.department ?? 'inconnu') : null,
    };
    const base = counted.filter(
      (document) =>
        (cell.week === null || document.week === cell.week) &&
        (!by.includes('department') || (document.department ?? 'inconnu') === cell.department),
    );
    const tones = Object.groupBy(group, (document) => document.tone);
    const negative = tones.negatif?.length ?? 0;
    const neutral = tones.neutre?.length ?? 0;
    const positive = tones.positif?.length ?? 0;
    const judged = negative + neutral + positive;
    return {
      ...cell,
      counting,
      n: group.length,
      judged,
      negative,
      neutral,
      positive,
      balance: judged === 0 ? null : (positive - negative) / judged,
      share: group.length / base.length,
      base: base.length,
      shareInterval: wilson(group.length, base.length),
      negativeInterval: judged === 0 ? null : wilson(negative, judged),
    };
  });
}

export function matchesFilter(
  document: FixtureDocument,
  filter: { readonly [Key in keyof BarometerFilter | 'language']?: string | null | undefined },
): boolean {
  return (
    (filter.from == null || document.published >= filter.from) &&
    (filter.to == null || document.published <= filter.to) &&
    (filter.source == null || document.source === filter.source) &&
    (filter.theme == null || document.theme === filter.theme) &&
    (filter.tone == null || document.tone === filter.tone) &&
    (filter.department == null || document.department === filter.department) &&
    (filter.language == null || document.language === filter.language)
  );
}
