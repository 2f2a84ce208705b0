// Patterns of paths with `*`, matched from the start in linear time whatever the pattern.

/**
 * True where the pattern matches the beginning of `path`, or the whole of it where the pattern ends with `$`.
 * `*` stands for any characters, none included; everything else for itself.
 */
export function matchesPattern(pattern: string, path: string): boolean {
  // Most patterns fail here, before they are taken apart.
  const star = pattern.indexOf('*');
  if (star > 0 && !path.startsWith(pattern.slice(0, star))) return false;
  const anchored = pattern.endsWith('$');
  const [first = '', ...rest] = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  if (rest.length === 0) return !anchored || path.length === first.length;
  const last = anchored ? rest.pop()! : '';
  let at = first.length;
  for (const part of rest) {
    const found = find(path, part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - at >= last.length && path.endsWith(last);
}

/** Offset of `part` from `from` on, or -1. Knuth, Morris and Pratt: a repetitive pattern costs no more than another. */
function find(text: string, part: string, from: number): number {
  if (part === '') return from;
  if (part.length > text.length - from) return -1;
  // Short parts, which most are, are found faster by the engine, and cost at most their length a character.
  if (part.length <= 16) return text.indexOf(part, from);
  const fallback = fallbackOf(part);
  let matched = 0;
  for (let at = from; at < text.length; at += 1) {
    while (matched > 0 && text[at] !== part[matched]) matched = fallback[matched - 1]!;
    if (text[at] === part[matched]) matched += 1;
    if (matched === part.length) return at - matched + 1;
  }
  return -1;
}

/** For each prefix, the length of its longest proper prefix that is its suffix too. */
function fallbackOf(part: string): Int32Array {
  const fallback = new Int32Array(part.length);
  let matched = 0;
  for (let at = 1; at < part.length; at += 1) {
    while (matched > 0 && part[at] !== part[matched]) matched = fallback[matched - 1]!;
    if (part[at] === part[matched]) matched += 1;
    fallback[at] = matched;
  }
  return fallback;
}
