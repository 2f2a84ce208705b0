// Events, holidays and categories as marks on the axis of time: numbered, in order, each with its week.

import type { BarometerContextAnswer } from '../../../api/context.ts';
import type { Words } from '../../language.tsx';
import { placeName } from '../document/surroundings.tsx';
import { weekEnd } from './chart-setting.ts';

export interface TimeMark {
  readonly rank: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** What happened, and where unless it is everywhere. */
  readonly label: string;
}

/** Marks between two days, oldest first. */
export function marksOf(
  { items, names }: BarometerContextAnswer,
  [from, to]: readonly [string, string],
  words: Words,
): readonly TimeMark[] {
  return items
    .flatMap(({ marks, kind, title }) =>
      marks.map(({ firstDay, lastDay, label, places }) => {
        const where = [
          ...new Set(places.map((place) => (place.kind === 'country' ? '' : placeName(place, names, words)))),
        ];
        const local = where.filter((name) => name !== '');
        const what = kind === 'category' ? `${title} – ${label}` : label;
        const isLocal = local.length > 0 && local.length === where.length;
        return { firstDay, lastDay, label: isLocal ? `${what} (${local.join(', ')})` : what };
      }),
    )
    .filter(({ firstDay, lastDay }) => lastDay >= from && firstDay <= to)
    .toSorted((left, right) => left.firstDay.localeCompare(right.firstDay) || left.label.localeCompare(right.label))
    .map((mark, at) => ({ ...mark, rank: at + 1 }));
}

/** What the marks of a week are called, for the table. */
export function markedIn(marks: readonly TimeMark[], monday: string): string {
  const sunday = weekEnd(monday);
  return marks
    .filter(({ firstDay, lastDay }) => lastDay >= monday && firstDay <= sunday)
    .map(({ label }) => label)
    .join(' ; ');
}
