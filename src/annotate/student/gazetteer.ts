// Known names as a table of bits that travels inside the artefact: what was learned with is what is read with.

const PLACES = 1 << 20;

/** Bits of what each known word can be (first name, surname, place…), by the hash of its folded form. */
export type Gazetteer = Uint8Array;

export function buildGazetteer(entries: Iterable<readonly [word: string, bits: number]>): Gazetteer {
  const table = new Uint8Array(PLACES);
  for (const [word, bits] of entries) table[placeOf(foldWord(word))]! |= bits;
  return table;
}

/** What a folded word can be; 0 where nothing is known of it, and about one unknown word in seventy is taken for a known one. */
export function bitsOf(gazetteer: Gazetteer, folded: string): number {
  return gazetteer[placeOf(folded)] ?? 0;
}

/** Lower case, without accents. */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  // Most words are plain: normalising is the dearest step.
  return /^[a-z0-9'-]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}+/gu, '');
}

function placeOf(word: string): number {
  return hashWord(word, 0x51ed270b) & (PLACES - 1);
}

/** FNV-1a over UTF-16 units, then the last steps of MurmurHash3, from a seed. */
export function hashWord(word: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

/** Every bit of the input counts in every bit of the result (Austin Appleby, public domain). */
export function mixed(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
