// Where a figure stands between 0 and 1, and its interval: drawn beside words that say the same.

interface IntervalLineProps {
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** What lies outside of 0 to 1 is drawn at the end. */
export function IntervalLine({ value, interval }: IntervalLineProps) {
  return (
    <svg className="interval" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className="track" y="3" width="100" height="2" />
      {interval !== null && (
        <rect
          className="range"
          y="2"
          x={place(interval.low)}
          width={place(interval.high) - place(interval.low)}
          height="4"
        />
      )}
      <rect className="point" x={place(value) - 0.6} width="1.2" height="8" />
    </svg>
  );
}

function place(value: number): number {
  return Math.min(100, Math.max(0, value * 100));
}
