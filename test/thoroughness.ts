// How far tests go: the whole way where the real servers are required (`.ci/run`), within minutes elsewhere. What is shortened
// is done less often, never left out: fewer kills, one language and appearance of a screen instead of two.

/** True where nothing is shortened. */
export const isWhole = process.env.REQUIRE_REAL === '1';

/** A number of rounds. */
export const rounds = (whole: number, short: number): number => (isWhole ? whole : short);
