// Cuts a text where marks start and end, so that marks of several tasks may overlap.

interface Mark {
  readonly start: number;
  readonly end: number;
  /** `theme`, `tone`, … or `personal`. */
  readonly kind: string;
  /** Said on hover: the label the words speak for. */
  readonly label: string;
}

export interface Segment {
  readonly start: number;
  readonly text: string;
  readonly kinds: readonly string[];
  readonly labels: readonly string[];
}

/** Typed marks that replaced personal data: `[PERSONNE 1]` (model/personal.ts). */
const PERSONAL = /\[[\p{Lu} ]{2,24} \d{1,6}\]/gu;

/** The whole text in order, cut at `breaks` too; marks outside the text are ignored. Offsets are UTF-16. */
export function segmentsOf(
  text: string,
  evidence: readonly Mark[],
  breaks: readonly number[] = [],
): readonly Segment[] {
  const personal = [...text.matchAll(PERSONAL)].map(
    (match): Mark => ({ start: match.index, end: match.index + match[0].length, kind: 'personal', label: '' }),
  );
  const marks = [...evidence, ...personal].filter(({ start, end }) => start >= 0 && start < end && end <= text.length);
  const inside = breaks.filter((at) => at > 0 && at < text.length);
  const cuts = [...new Set([0, text.length, ...inside, ...marks.flatMap(({ start, end }) => [start, end])])].sort(
    (left, right) => left - right,
  );
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1]!;
    const covering = marks.filter((mark) => mark.start <= start && mark.end >= end);
    return {
      start,
      text: text.slice(start, end),
      kinds: [...new Set(covering.map(({ kind }) => kind))],
      labels: [...new Set(covering.map(({ label }) => label).filter((label) => label !== ''))],
    };
  });
}
