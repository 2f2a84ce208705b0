// What the workbench reads of context, as one interface and from a real project.

import { contextSeries } from '../decide/context.ts';
import type { DocumentContext } from '../model/context.ts';
import type { DocumentId } from '../model/identity.ts';
import { nameOfPlace } from '../refine/territory/place-name.ts';
import { readContextOf } from '../store/context-join.ts';
import { latestRelease } from '../store/releases.ts';
import type { App } from './app.ts';
import type { ContextReader } from './context-views.ts';
import { openDuckDb } from './duckdb.ts';
import { describeContext } from './release-context.ts';
import { localRelease } from './release-folder.ts';

/** Reads the project that `app` is open on. */
export function openContextReader(app: App): ContextReader {
  return {
    async barometerContext(filter) {
      const release = await app.database.transaction((tx) => latestRelease(tx));
      if (release?.manifest.context === undefined) return { items: [], names: {} };
      const local = { ...release, folder: await localRelease(app, release) };
      const items = await contextSeries(local, filter, { openDuckDb });
      return { items, names: namesOf(items.flatMap(({ marks }) => marks.flatMap(({ places }) => places))) };
    },
    async documentContext(id) {
      const { context } = app;
      if (context === null) return { items: [], names: {} };
      const stored = await app.database.transaction((tx) => readContextOf(tx, id as DocumentId, context.readings));
      const items = describeContext(context, stored);
      return { items, names: namesOf(items.map(({ place }) => place)) };
    },
  };
}

function namesOf(places: readonly DocumentContext['place'][]): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const { kind, code } of places) {
    if (kind === 'zone' || kind === 'country') continue;
    const name = nameOfPlace({ kind, code });
    if (name !== null) names[`${kind} ${code}`] = name;
  }
  return names;
}
