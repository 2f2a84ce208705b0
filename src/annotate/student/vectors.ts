// Many texts as sparse vectors, in few arrays, and how their buckets are weighed: inverse document frequency and length.

import { BUCKETS, type FeatureReader } from './features.ts';

/** Inverse document frequencies are kept in a byte each, in steps of this: what is trained is what is kept. */
const IDF_STEP = 1 / 20;
/** Buckets met in fewer texts say nothing of others. */
const LEAST_TEXTS = 2;

/** Rows that grow: row `r` is what stands from `starts[r]` to `starts[r + 1]`; of it, `hashed[r]` buckets come first. */
export class Vectors {
  starts = new Float64Array(1025);
  hashed = new Uint32Array(1024);
  indices = new Uint32Array(1 << 16);
  values = new Float32Array(1 << 16);
  rows = 0;

  /** Adds what the reader last read. */
  add(reader: FeatureReader): void {
    const start = this.starts[this.rows]!;
    const end = start + reader.size;
    if (this.rows + 1 >= this.starts.length) {
      this.starts = grow(this.starts, new Float64Array(this.starts.length * 2));
      this.hashed = grow(this.hashed, new Uint32Array(this.hashed.length * 2));
    }
    if (end > this.indices.length) {
      const capacity = Math.max(end, Math.ceil(this.indices.length * 1.5));
      this.indices = grow(this.indices, new Uint32Array(capacity));
      this.values = grow(this.values, new Float32Array(capacity));
    }
    this.indices.set(reader.indices.subarray(0, reader.size), start);
    this.values.set(reader.values.subarray(0, reader.size), start);
    this.hashed[this.rows] = reader.hashed;
    this.rows += 1;
    this.starts[this.rows] = end;
  }
}

/** Inverse document frequency of each bucket, in steps, over these rows; 0 for a bucket of fewer than two texts. */
export function idfOf(vectors: Vectors, rows: Uint32Array): Uint8Array {
  const texts = new Uint32Array(BUCKETS);
  for (const row of rows) {
    const start = vectors.starts[row]!;
    const end = start + vectors.hashed[row]!;
    for (let at = start; at < end; at += 1) texts[vectors.indices[at]!]! += 1;
  }
  const idf = new Uint8Array(BUCKETS);
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const count = texts[bucket]!;
    if (count < LEAST_TEXTS) continue;
    const frequency = 1 + Math.log((1 + rows.length) / (1 + count));
    idf[bucket] = Math.min(255, Math.round(frequency / IDF_STEP));
  }
  return idf;
}

/** Values of every row as a model reads them: buckets weighed and of length 1 together, evidence times `scale`. */
export function weigh(vectors: Vectors, idf: Uint8Array, scale: number): Float32Array {
  const weighed = new Float32Array(vectors.starts[vectors.rows]!);
  for (let row = 0; row < vectors.rows; row += 1) {
    const start = vectors.starts[row]!;
    const middle = start + vectors.hashed[row]!;
    const end = vectors.starts[row + 1]!;
    let squares = 0;
    for (let at = start; at < middle; at += 1) {
      const value = vectors.values[at]! * idf[vectors.indices[at]!]!;
      weighed[at] = value;
      squares += value * value;
    }
    const length = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let at = start; at < middle; at += 1) weighed[at]! *= length;
    for (let at = middle; at < end; at += 1) weighed[at] = vectors.values[at]! * scale;
  }
  return weighed;
}

function grow<Numbers extends Float64Array | Float32Array | Uint32Array>(from: Numbers, into: Numbers): Numbers {
  into.set(from);
  return into;
}
