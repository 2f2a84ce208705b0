// Pieces of text that two annotators marked: which are the same, which only overlap, and how many characters they agree on.

/** UTF-16 offsets; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** Pieces that match one for one, and those that stay alone. */
export interface SpanMatch {
  readonly right: number;
  /** Given by the machine and by no person. */
  readonly wrong: number;
  /** Given by people and not by the machine. */
  readonly missed: number;
}

/** Same place and same label. */
export function matchExactly(truth: readonly Span[], predicted: readonly Span[]): SpanMatch {
  const wanted = new Set(truth.map(spell));
  const given = new Set(predicted.map(spell));
  const same = [...wanted].filter((span) => given.has(span)).length;
  return matchOf(same, given.size, wanted.size);
}

/** Same label and at least one character in common; each piece matches one other at most, the leftmost first. */
export function matchOverlapping(truth: readonly Span[], predicted: readonly Span[]): SpanMatch {
  const wanted = distinct(truth);
  const given = distinct(predicted);
  const taken = new Set<Span>();
  let right = 0;
  for (const span of given) {
    const match = wanted.find(
      (one) => one.label === span.label && one.start < span.end && span.start < one.end && !taken.has(one),
    );
    if (match === undefined) continue;
    taken.add(match);
    right += 1;
  }
  return matchOf(right, given.length, wanted.length);
}

function matchOf(right: number, given: number, wanted: number): SpanMatch {
  return { right, wrong: given - right, missed: wanted - right };
}

/**
 * Characters by what each annotator marked them with, `''` being nothing: keys are the labels joined by a line feed, in the
 * order of the annotators. Where an annotator's own pieces overlap the first to start counts. `length` is the text's.
 */
export function characterLabels(annotators: readonly (readonly Span[])[], length: number): ReadonlyMap<string, number> {
  const cuts = new Set([0, length]);
  for (const { start, end } of annotators.flat()) {
    if (start >= 0 && start < length) cuts.add(start);
    if (end > 0 && end <= length) cuts.add(end);
  }
  const sorted = [...cuts].sort((left, right) => left - right);
  const ordered = annotators.map(distinct);
  const counts = new Map<string, number>();
  for (let position = 1; position < sorted.length; position += 1) {
    const [from, to] = [sorted[position - 1]!, sorted[position]!];
    const labels = ordered.map((spans) => spans.find(({ start, end }) => start <= from && from < end)?.label ?? '');
    const key = labels.join('\n');
    counts.set(key, (counts.get(key) ?? 0) + to - from);
  }
  return counts;
}

function distinct(spans: readonly Span[]): readonly Span[] {
  const sorted = [...new Map(spans.map((span) => [spell(span), span])).values()];
  return sorted.sort((left, right) => left.start - right.start || left.end - right.end);
}

const spell = ({ start, end, label }: Span) => `${start} ${end} ${label}`;
