// What a server says of its limits: RateLimit and RateLimit-Policy (IETF drafts, 6 to 10), and X-RateLimit-* as used before.

export interface RateLimit {
  /** Milliseconds to wait before the next request; 0 where the quota is not spent. */
  readonly waitMs: number;
  /** Requests a second that the server's policy means, or null where it states none. */
  readonly perSecond: number | null;
}

type Headers = Readonly<Record<string, string>>;

/** Quotas of a day or a month are no pace: they are waited for once they are spent. */
const LONGEST_PACED_SECONDS = 300;
/** Below it a number of seconds is a delay, above it an instant since 1970. */
const EARLIEST_EPOCH_SECONDS = 1e9;

/** Reads the limits of an answer. What cannot be read says nothing. */
export function readRateLimit(headers: Headers, now: Date): RateLimit {
  const waits = [...draftWaits(headers.ratelimit ?? ''), ...separateWaits(headers, now)];
  return { waitMs: Math.max(0, ...waits), perSecond: policyPace(headers['ratelimit-policy'] ?? '') };
}

/** `"default";r=0;t=30` since draft 8, `limit=100, remaining=0, reset=30` in draft 7. */
function draftWaits(header: string): readonly number[] {
  const older = numbersOf(header.replaceAll(',', ';'));
  if (older.has('remaining')) return waitOf(older.get('remaining'), older.get('reset'));
  return header.split(',').flatMap((item) => {
    const numbers = numbersOf(item);
    return waitOf(numbers.get('r'), numbers.get('t'));
  });
}

function separateWaits(headers: Headers, now: Date): readonly number[] {
  return ['ratelimit', 'x-ratelimit', 'x-rate-limit'].flatMap((prefix) => {
    const remaining = headers[`${prefix}-remaining`]?.split(',')[0]?.trim();
    const reset = headers[`${prefix}-reset`]?.split(',')[0]?.trim();
    if (remaining === undefined || reset === undefined || !/^\d{1,15}$/.test(remaining)) return [];
    return waitOf(Number(remaining), secondsUntil(reset, now));
  });
}

/** A delay in seconds, an instant in seconds or milliseconds since 1970, or a date. */
function secondsUntil(reset: string, now: Date): number | undefined {
  const value = /^\d{1,15}(?:\.\d{1,9})?$/.test(reset) ? Number(reset) : Date.parse(reset) / 1000;
  if (Number.isNaN(value)) return undefined;
  if (value < EARLIEST_EPOCH_SECONDS) return value;
  const seconds = value >= EARLIEST_EPOCH_SECONDS * 1000 ? value / 1000 : value;
  return Math.max(0, seconds - now.getTime() / 1000);
}

function waitOf(remaining: number | undefined, seconds: number | undefined): readonly number[] {
  return remaining === undefined || seconds === undefined || remaining > 0 ? [] : [seconds * 1000];
}

/** `"burst";q=100;w=60` since draft 8, `100;w=60` before; the slowest of several. */
function policyPace(header: string): number | null {
  const paces = header.split(',').flatMap((item) => {
    const numbers = numbersOf(item);
    const quota = numbers.get('q') ?? (/^\s*\d{1,9}\s*(?:;|$)/.test(item) ? Number.parseInt(item, 10) : undefined);
    const window = numbers.get('w');
    if (quota === undefined || window === undefined || window <= 0 || window > LONGEST_PACED_SECONDS) return [];
    return quota > 0 ? [quota / window] : [];
  });
  return paces.length === 0 ? null : Math.min(...paces);
}

function numbersOf(item: string): ReadonlyMap<string, number> {
  const pairs = item.split(';').map((pair) => pair.trim().split('='));
  return new Map(
    pairs.flatMap(([name, value]) =>
      value !== undefined && /^\d{1,12}$/.test(value.trim()) ? [[name!.trim(), Number(value)] as const] : [],
    ),
  );
}
