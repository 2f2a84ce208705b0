// The Link header (RFC 8288): targets between angle brackets, each with parameters.

/** The first target whose relation types hold `rel`, or null. */
export function linkTarget(header: string, rel: string): string | null {
  for (const link of splitOutside(header, ',')) {
    const text = link.trim();
    const end = text.indexOf('>');
    if (!text.startsWith('<') || end < 0) continue;
    const relations = splitOutside(text.slice(end + 1), ';').flatMap(relationTypes);
    if (relations.includes(rel)) return text.slice(1, end).trim();
  }
  return null;
}

function relationTypes(parameter: string): readonly string[] {
  const equals = parameter.indexOf('=');
  if (equals < 0 || parameter.slice(0, equals).trim().toLowerCase() !== 'rel') return [];
  const value = parameter.slice(equals + 1).trim();
  return value.replaceAll('"', '').toLowerCase().split(' ');
}

/** Parts between separators that stand neither in quotes nor in angle brackets. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let within: '"' | '>' | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (within !== null) {
      if (within === '"' && character === '\\') at += 1;
      else if (character === within) within = null;
    } else if (character === '"') within = '"';
    else if (character === '<') within = '>';
    else if (character === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
