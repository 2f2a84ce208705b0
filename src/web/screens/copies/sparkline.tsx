// When the texts of a group came, as bars in a line; the sentence beside it says the same.

import { useWords } from '../../language.tsx';

interface SparklineProps {
  readonly timeline: readonly number[];
  readonly firstOn: string;
  readonly lastOn: string;
}

const BAR = 6;
const GAP = 2;
const HEIGHT = 32;

export function Sparkline({ timeline, firstOn, lastOn }: SparklineProps) {
  const { t, date } = useWords();
  const most = Math.max(1, ...timeline);
  const width = timeline.length * (BAR + GAP) - GAP;
  const label = t('copies.timeline', { first: date(firstOn), last: date(lastOn), most, parts: timeline.length });
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={label}
    >
      {barsOf(timeline).map(({ x, height, empty }) => (
        <rect key={x} className={empty ? 'bar none' : 'bar'} x={x} y={HEIGHT - height} width={BAR} height={height} />
      ))}
    </svg>
  );
}

/** Something is seen where something came. */
function barsOf(timeline: readonly number[]) {
  const most = Math.max(1, ...timeline);
  return timeline.map((n, part) => ({
    x: part * (BAR + GAP),
    height: n === 0 ? 1 : Math.max(3, Math.round((n / most) * HEIGHT)),
    empty: n === 0,
  }));
}
