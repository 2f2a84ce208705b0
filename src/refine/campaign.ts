// How a group of copies came: all at once or little by little.

/** From this many documents on a group is a campaign: one voice, many senders. */
export const CAMPAIGN_SIZE = 10;

const WINDOW_DAYS = 7;
/** Parts of the timeline: enough to see a wave, few enough to fit in a line. */
const PARTS = 30;
const DAY_MS = 86_400_000;

export interface DayCount {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly n: number;
}

export interface Concentration {
  /** Documents whose day is known. */
  readonly dated: number;
  readonly firstOn: string | null;
  readonly lastOn: string | null;
  /** The day on which most came, the first of several. */
  readonly peakOn: string | null;
  readonly peakDocuments: number;
  /** First of the seven days in which most came, the earliest of several. */
  readonly densestOn: string | null;
  readonly densestDocuments: number;
  /** Documents by equal parts of the time from the first to the last day, at most 30; one part where they came in one day. */
  readonly timeline: readonly number[];
}

export function isCampaign(documents: number): boolean {
  return documents >= CAMPAIGN_SIZE;
}

/** `days` in any order, each once. A day that is none counts as unknown. */
export function concentrationOf(days: readonly DayCount[]): Concentration {
  const counts = days
    .map(({ day, n }) => ({ at: Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS), n }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  const [first, last] = [counts[0], counts.at(-1)];
  if (first === undefined || last === undefined) {
    const none = { firstOn: null, lastOn: null, peakOn: null, densestOn: null };
    return { dated: 0, ...none, peakDocuments: 0, densestDocuments: 0, timeline: [] };
  }
  const peak = counts.reduce((most, count) => (count.n > most.n ? count : most));
  const span = last.at - first.at + 1;
  const parts = Math.min(PARTS, span);
  const timeline = new Array<number>(parts).fill(0);
  for (const { at, n } of counts) timeline[Math.floor(((at - first.at) * parts) / span)]! += n;
  const densest = densestOf(counts);
  return {
    dated: counts.reduce((sum, { n }) => sum + n, 0),
    firstOn: dayOf(first.at),
    lastOn: dayOf(last.at),
    peakOn: dayOf(peak.at),
    peakDocuments: peak.n,
    densestOn: dayOf(densest.at),
    densestDocuments: densest.n,
    timeline,
  };
}

/** Two ends that walk over the sorted days: the window may always begin on a day that has documents. */
function densestOf(counts: readonly { readonly at: number; readonly n: number }[]): { at: number; n: number } {
  let densest = { at: 0, n: 0 };
  let inside = 0;
  let end = 0;
  for (const { at, n } of counts) {
    while (end < counts.length && counts[end]!.at < at + WINDOW_DAYS) inside += counts[end++]!.n;
    if (inside > densest.n) densest = { at, n: inside };
    inside -= n;
  }
  return densest;
}

function dayOf(at: number): string {
  return new Date(at * DAY_MS).toISOString().slice(0, 10);
}
