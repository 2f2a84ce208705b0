// What the workbench reads of context, as one interface.

import type { BarometerSeries, DocumentContext } from '../model/context.ts';
import type { BarometerFilter } from '../model/indicator.ts';

/** Names of places by `kind code`, for people. */
export interface NamedContext<Item> {
  readonly items: readonly Item[];
  readonly names: Readonly<Record<string, string>>;
}

export interface ContextReader {
  /** Series of the latest release under this filter; none before a release, or where it has no context. */
  barometerContext(filter: BarometerFilter): Promise<NamedContext<BarometerSeries>>;
  /** What surrounds the day and place of a document; none for one that is not there. */
  documentContext(id: string): Promise<NamedContext<DocumentContext>>;
}
