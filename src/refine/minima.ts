// Least values of many hashes over the shingles of a text, four at once: WebAssembly has the 128-bit operations that
// JavaScript has not, and a signature is mostly this (1 µs a text instead of 11). The program is put together below, one
// instruction a line, when the module loads (WebAssembly 2.0, binary format and vector instructions).

/** Four 32-bit numbers. */
const LANES = 4;
const VECTOR_BYTES = 16;
/** 64 KiB each: texts of more shingles are read in parts. */
const PAGES = 2;

/** What is used of it: the types of Node leave it to those of browsers. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly lower: (count: number) => void };
  };
};

/** The least of `shingle × multipliers[i] + addends[i]` modulo 2³², for each i; all ones where there is no shingle. */
export type Minima = (shingles: Uint32Array) => Uint32Array;

/**
 * Minima of these hashes, as many multipliers as addends, a multiple of four. What is returned is valid until the next call.
 * Pure otherwise, the same on every machine.
 */
export function openMinima(multipliers: Uint32Array, addends: Uint32Array): Minima {
  const tableBytes = multipliers.byteLength;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program(tableBytes)));
  const { buffer } = exports.memory;
  new Uint32Array(buffer, 0, multipliers.length).set(multipliers);
  new Uint32Array(buffer, tableBytes, addends.length).set(addends);
  const minima = new Uint32Array(buffer, 2 * tableBytes, addends.length);
  const room = new Uint32Array(buffer, 3 * tableBytes);
  return (shingles) => {
    minima.fill(0xffffffff);
    for (let from = 0; from < shingles.length; from += room.length) {
      const some = shingles.length <= room.length ? shingles : shingles.subarray(from, from + room.length);
      room.set(some);
      exports.lower(some.length);
    }
    return minima;
  };
}

const [I32, V128] = [0x7f, 0x7b];
const [TYPES, FUNCTIONS, MEMORIES, EXPORTS, CODE] = [1, 3, 5, 7, 10];
const END = 0x0b;

/**
 * `lower(count)`: memory holds multipliers, addends, minima, each of `tableBytes`, then shingles. For each four minima, all
 * shingles are hashed and the minima lowered to them.
 */
function program(tableBytes: number): Uint8Array<ArrayBuffer> {
  const [count, table, at, end, times, plus, least] = [0, 1, 2, 3, 4, 5, 6] as const;
  const shingles = 3 * tableBytes;
  // biome-ignore format: one step a line
  const body = [
    // end = shingles + count × 4
    ...constant(shingles), ...get(count), ...constant(2), 0x74 /* i32.shl */, 0x6a /* i32.add */, ...set(end),
    0x03, 0x40, // loop: table
    ...vector(table, 0), ...set(times),
    ...vector(table, tableBytes), ...set(plus),
    ...vector(table, 2 * tableBytes), ...set(least),
    ...constant(shingles), ...set(at),
    0x03, 0x40, // loop: shingle
    ...get(least),
    ...get(at), 0xfd, 0x09, 2, 0 /* v128.load32_splat */,
    ...get(times), 0xfd, ...unsigned(0xb5) /* i32x4.mul */,
    ...get(plus), 0xfd, ...unsigned(0xae) /* i32x4.add */,
    0xfd, ...unsigned(0xb7) /* i32x4.min_u */, ...set(least),
    // at += 4; again while at < end
    ...get(at), ...constant(LANES), 0x6a, 0x22 /* local.tee */, at, ...get(end), 0x49 /* i32.lt_u */, 0x0d, 0 /* br_if */,
    END,
    ...get(table), ...get(least), 0xfd, 0x0b, 4, ...unsigned(2 * tableBytes) /* v128.store */,
    // table += 16; again while table < tableBytes
    ...get(table), ...constant(VECTOR_BYTES), 0x6a, 0x22, table, ...constant(tableBytes), 0x49, 0x0d, 0,
    END,
    END,
  ];
  const locals = [2, 3, I32, 3, V128];
  const entry = [...locals, ...body];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(TYPES, [1, 0x60, 1, I32, 0]),
    ...section(FUNCTIONS, [1, 0]),
    ...section(MEMORIES, [1, 0, PAGES]),
    ...section(EXPORTS, [2, ...named('memory'), 2, 0, ...named('lower'), 0, 0]),
    ...section(CODE, [1, ...unsigned(entry.length), ...entry]),
  ]);
}

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const constant = (value: number) => [0x41, ...signed(value)];
/** v128.load of what is `offset` bytes after the address in a local. */
const vector = (local: number, offset: number) => [...get(local), 0xfd, 0x00, 4, ...unsigned(offset)];
const section = (id: number, content: readonly number[]) => [id, ...unsigned(content.length), ...content];
const named = (name: string) => [name.length, ...Buffer.from(name)];

/** LEB128. */
function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 of a number that is not negative, whose sixth bit would be read as a sign. */
function signed(value: number): readonly number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}
