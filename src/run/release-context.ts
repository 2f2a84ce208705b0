// The context that goes with a release: every value that touches the days and places of what is cleared.

import type { ContextRow, DocumentContext } from '../model/context.ts';
import { type StoredContext, streamReleaseContext } from '../store/context-join.ts';
import type { App } from './app.ts';
import type { Context } from './context-sources.ts';

/** Context as `publish` takes it; undefined where the settings say nothing of it. */
export function releaseContext(app: App) {
  const { context } = app;
  if (context === null) return undefined;
  const describe = describer(context);
  const scope = { recipes: app.recipes, policy: app.policyId };
  return {
    series: context.series,
    each: (write: (row: ContextRow) => Promise<void>): Promise<void> =>
      app.database.transaction(async (tx) => {
        for await (const row of streamReleaseContext(tx, scope, context.readings)) {
          const series = describe(row);
          if (series !== null) await write({ ...series, ...row });
        }
      }),
  };
}

/** What surrounds one document, as people read it. */
export function describeContext(context: Context, stored: readonly StoredContext[]): readonly DocumentContext[] {
  const describe = describer(context);
  return stored.flatMap((row) => {
    const series = describe(row);
    const { placeKind, place, firstDay, lastDay, value, label } = row;
    return series === null
      ? []
      : [{ ...series, place: { kind: placeKind, code: place }, firstDay, lastDay, value, label }];
  });
}

/** The series of a value; null where the settings no longer name it. */
function describer({ series }: Context) {
  const known = new Map(series.map((each) => [`${each.source} ${each.series}`, each]));
  return (row: StoredContext) => known.get(`${row.source} ${row.series}`) ?? null;
}
