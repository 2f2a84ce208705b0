// Where bytes are kept: keys are slash-separated names; an object appears whole or not at all.

export interface Objects {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** As `put`, from a file. */
  putFile(key: string, path: string): Promise<void>;
  /** The bytes, or those from `start` to before `end`. @throws not-found */
  get(key: string, range?: ByteRange): Promise<Uint8Array>;
  /** As `get`, into a file that appears whole or not at all. */
  getToFile(key: string, path: string): Promise<void>;
  stat(key: string): Promise<{ readonly sizeBytes: number } | null>;
  /** Content with an absent key. */
  remove(key: string): Promise<void>;
  /** Keys that begin with `prefix`, in code unit order. */
  list(prefix: string): AsyncIterable<string>;
}

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}
