// How long a session may sleep, and how long it may last (OWASP ASVS 5.0, 7.3).

import type { SessionLimits } from '../store/sessions.ts';

const MINUTE_MS = 60_000;
export const IDLE_MS = 30 * MINUTE_MS;
export const ABSOLUTE_MS = 10 * 60 * MINUTE_MS;

/** Instants before which sessions are past. */
export function sessionLimits(now: Date): SessionLimits {
  return { createdAfter: new Date(now.getTime() - ABSOLUTE_MS), seenAfter: new Date(now.getTime() - IDLE_MS) };
}
