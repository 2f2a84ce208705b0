// When to ask again: what the server says first (Retry-After, RFC 9110 §10.2.3), else exponential with jitter.

export interface RetryPolicy {
  /** Requests after the first. */
  readonly attempts: number;
  readonly firstMs: number;
  /** No wait is longer; a server that asks for more is not asked again now. */
  readonly longestMs: number;
}

/** Failures before a request was read that a second try may cure. */
const CURABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

export function isCurable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isCurable);
  return error instanceof Error && 'code' in error && CURABLE.has(String(error.code));
}

/** Milliseconds before try number `attempt` (1 is the first retry), or null where one should not try again. */
export function retryDelay(
  attempt: number,
  {
    retry,
    retryAfter,
    now,
    random,
  }: { retry: RetryPolicy; retryAfter: string | undefined; now: Date; random: () => number },
): number | null {
  if (attempt > retry.attempts) return null;
  const asked = retryAfter === undefined ? null : readRetryAfter(retryAfter, now);
  if (asked !== null) return asked <= retry.longestMs ? asked : null;
  const ceiling = Math.min(retry.longestMs, retry.firstMs * 2 ** (attempt - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** Milliseconds to wait by a Retry-After header, in seconds or as an HTTP date; null where it is neither. */
export function readRetryAfter(value: string, now: Date): number | null {
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
