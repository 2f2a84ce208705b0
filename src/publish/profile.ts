// What the datasheet says of the rows, counted while they pass.

import type { ReleaseRow } from '../model/release.ts';

export interface Profile {
  readonly documents: number;
  readonly provisional: number;
  /** First and last day known; null where no document has a day. */
  readonly from: string | null;
  readonly to: string | null;
  readonly copies: number;
  readonly bySource: ReadonlyMap<string, number>;
  readonly byLanguage: ReadonlyMap<string, number>;
  readonly byDepartment: ReadonlyMap<string, number>;
  readonly byTheme: ReadonlyMap<string, number>;
  readonly byTone: ReadonlyMap<string, number>;
  /** By task, of the columns that its codebook adds: documents by label; a document of several counts in each. */
  readonly byTask: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Counts rows one by one; memory grows with the number of distinct labels only. */
export function openProfile(tasks: readonly string[] = []): { add(row: ReleaseRow): void; result(): Profile } {
  const counts = { documents: 0, provisional: 0, copies: 0 };
  let from: string | null = null;
  let to: string | null = null;
  const maps = {
    source: new Map(),
    language: new Map(),
    department: new Map(),
    theme: new Map(),
    tone: new Map(),
  } as const;
  const byTask = new Map(tasks.map((task) => [task, new Map<string, number>()]));
  return {
    add(row) {
      counts.documents += 1;
      if (row.provisional) counts.provisional += 1;
      if (!row.representative) counts.copies += 1;
      const day = row.week === null ? null : (row.published?.slice(0, 10) ?? null);
      if (day !== null && (from === null || day < from)) from = day;
      if (day !== null && (to === null || day > to)) to = day;
      for (const name of Object.keys(maps) as (keyof typeof maps)[]) {
        increment(maps[name], row[name] ?? '');
      }
      for (const [task, counted] of byTask)
        for (const label of [row.labels[task] ?? ''].flat()) increment(counted, label);
    },
    result: () => ({
      ...counts,
      from,
      to,
      bySource: sorted(maps.source),
      byLanguage: sorted(maps.language),
      byDepartment: sorted(maps.department),
      byTheme: sorted(maps.theme),
      byTone: sorted(maps.tone),
      byTask: new Map([...byTask].map(([task, counted]) => [task, sorted(counted)])),
    }),
  };
}

function increment(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** Most frequent first, then by name: the same rows in any order give the same table. */
function sorted(counts: Map<string, number>): ReadonlyMap<string, number> {
  return new Map([...counts].sort(([left, leftN], [right, rightN]) => rightN - leftN || (left < right ? -1 : 1)));
}
