// Asks for one page of an API: waits as the server wants, and says what a refusal means and what to do.

import { setTimeout as sleep } from 'node:timers/promises';
import { DataSensError } from '../model/error.ts';
import type { CollectEffects, CollectResponse } from './collector.ts';
import { type RateLimit, readRateLimit } from './rate-limit.ts';
import type { RestConfig } from './rest-config.ts';
import type { PageRequest } from './rest-request.ts';

/** Times that a page is asked for again once the server said when. */
const MAXIMUM_WAITS = 3;
/** What the asking itself retries no more, or never did: a spent quota is also a 403. */
const BUSY = new Set([403, 429, 503]);

export interface Asker {
  /**
   * One page; its status is below 400, or 404 for the caller to judge.
   * @throws remote-unavailable, remote-refused, egress-refused, or the signal's reason
   */
  ask(request: PageRequest): Promise<CollectResponse>;
}

/** Asks at the pace of the settings, or slower where the server's headers say so. */
export function openAsker(config: RestConfig, effects: CollectEffects): Asker {
  const longestMs = config.maximumWaitSeconds * 1000;
  let limit: RateLimit = { waitMs: 0, perSecond: null };

  return {
    async ask(request) {
      for (let waits = 0; ; waits += 1) {
        await pause(limit.waitMs);
        const response = await effects.fetch(request.url, { ...request, ...pace() });
        const retryMs = retryAfter(response, effects.clock());
        limit = readRateLimit(response.headers, effects.clock());
        if (retryMs > 0) limit = { ...limit, waitMs: Math.max(limit.waitMs, retryMs) };
        const again = BUSY.has(response.status) && limit.waitMs > 0 && waits < MAXIMUM_WAITS;
        if (!again) {
          if (response.status >= 400 && response.status !== 404) {
            await leave(response);
            throw statusError(response.status);
          }
          return response;
        }
        await leave(response);
      }
    },
  };

  function pace(): { readonly perSecond?: number } {
    const paces = [config.perSecond, limit.perSecond].filter((each) => each !== null && each !== undefined);
    // Without a word of the settings, the server's own pace only slows.
    if (config.perSecond === undefined) paces.push(1);
    return limit.perSecond === null && config.perSecond === undefined ? {} : { perSecond: Math.min(...paces) };
  }

  async function pause(ms: number): Promise<void> {
    effects.signal.throwIfAborted();
    if (ms <= 0) return;
    if (ms > longestMs) {
      const message = `asks to wait ${Math.ceil(ms / 1000)} s, more than maximumWaitSeconds; collect again later`;
      throw new DataSensError('remote-unavailable', message, { retryable: true });
    }
    await sleep(ms, undefined, { signal: effects.signal });
  }
}

/** The body of an answer. @throws input-too-large */
export async function wholeBody(response: CollectResponse, maximumBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maximumBytes) throw tooLarge(maximumBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(maximumBytes: number): DataSensError {
  const message = `is longer than ${maximumBytes} bytes; ask for fewer items a page, or raise maximumPageBytes`;
  return new DataSensError('input-too-large', message);
}

function retryAfter({ status, headers }: CollectResponse, now: Date): number {
  const value = headers['retry-after']?.trim();
  if (value === undefined || !BUSY.has(status)) return 0;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime());
}

async function leave({ body }: CollectResponse): Promise<void> {
  for await (const _chunk of body) break;
}

/** What an answer's status means, and what to do about it. */
export function statusError(status: number): DataSensError {
  const retryable = status >= 500 || status === 429 || status === 408;
  return new DataSensError(
    retryable ? 'remote-unavailable' : 'remote-refused',
    `answered ${status}; ${adviceOn(status)}`,
    {
      retryable,
    },
  );
}

function adviceOn(status: number): string {
  if (status === 401 || status === 403) return 'check the secret in `headers` or `params`, and what it gives right to';
  if (status === 404 || status === 410) return 'check `url`: the list may have moved';
  if (status === 429) return 'lower `perSecond`, and collect again later';
  if (status >= 500) return 'the server fails: collect again later';
  return 'check `params`, `body` and `pagination` against the API’s documentation';
}
