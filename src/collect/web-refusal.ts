// What a page or sitemap was not collected for, as the dead letter that says so.

import { DataSensError } from '../model/error.ts';
import type { Collected } from './collector.ts';
import type { SiteVerdict } from './site-rules.ts';

export type PageRefusal = Extract<Collected, { kind: 'refusal' }>;

/** The site's own rules forbid it. */
export function forbidden(url: string, verdict: SiteVerdict): DataSensError {
  const code = verdict.retryable ? 'remote-unavailable' : 'remote-refused';
  return new DataSensError(code, `${url} is not collected: ${verdict.why}`, { retryable: verdict.retryable });
}

const REFUSALS = [
  'input-too-large',
  'input-unreadable',
  'input-unsupported',
  'remote-unavailable',
  'remote-refused',
  'egress-refused',
] as const;

/** One page that fails leaves the others alone. @throws a failure that is no page's */
export function refusalOf(location: string, error: unknown): PageRefusal {
  const code = error instanceof DataSensError ? REFUSALS.find((known) => known === error.code) : undefined;
  if (code === undefined) throw error;
  return { kind: 'refusal', location, at: '', code, message: (error as DataSensError).message };
}
