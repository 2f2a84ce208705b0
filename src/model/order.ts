// One order of strings, the same on every machine.

/** By UTF-16 code unit, for `sort`. */
export function byCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
