// One fetch, and the records it is made of. A snapshot keeps no copy of the whole: its records are its bytes.

import type { SnapshotId, SourceName } from './identity.ts';
import type { JsonObject } from './json.ts';

export interface SnapshotOpening {
  /** URL, or path relative to the project folder, of what was fetched. */
  readonly location: string;
  /** Instant of the fetch, ISO 8601 UTC. */
  readonly fetchedAt: string;
  readonly mediaType: string;
  /** Charset of the records' bytes, e.g. `utf-8`, `windows-1252`; null where the format carries its own. */
  readonly charset: string | null;
  /** Response headers kept as evidence (lower-case names); empty for files. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the collector's `read` needs besides the bytes: format, dialect, column names, feed prologue. */
  readonly context: JsonObject;
}

export interface Snapshot extends SnapshotOpening {
  readonly id: SnapshotId;
  readonly source: SourceName;
  /** sha256 of the whole as fetched; null while still open. */
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
}
