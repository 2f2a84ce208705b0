// The only door to the network: allows or refuses, paces, follows redirects by hand, bounds, records.

import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import { DataSensError } from '../model/error.ts';
import { ACCEPTED_ENCODINGS, decodeBody, tooLarge } from './body.ts';
import { type Dial, dialWithin, guardedConnector, type Resolve, resolveBySystem } from './connector.ts';
import { type ApprovedEndpoint, judgeEndpoint } from './endpoint.ts';
import { requestHeaders, responseHeaders } from './headers.ts';
import { openPacer, type Pace } from './pace.ts';
import { type Approval, approve, type EgressPolicy, type EgressPurpose, type Reach } from './policy.ts';
import { type EgressRefusal, type Refusal, refusalError, refusalIn, refuse } from './refusal.ts';
import { isCurable, type RetryPolicy, retryDelay } from './retry.ts';

/** What went through the door or was stopped at it. Never a path, a query or a credential. */
export interface EgressEvent {
  readonly kind: 'allowed' | 'refused';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly purpose: EgressPurpose;
  /** `host:port`. */
  readonly host: string;
  /** Null where it was allowed. */
  readonly reason: EgressRefusal | null;
}

export interface EgressLimits {
  /** Longest body, in bytes, as received and again as decoded. */
  readonly bodyBytes: number;
  readonly connectMs: number;
  /** From the request to the end of the answer's headers. */
  readonly headersMs: number;
  /** From the first connection to the end of the body, waits excepted. */
  readonly totalMs: number;
  readonly redirects: number;
}

export interface EgressRequest {
  readonly purpose: EgressPurpose;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<EgressLimits>;
  /** Requests a second to this host, where the settings or the server say. */
  readonly perSecond?: number;
  /** Tries after the first; the door's own number when absent. */
  readonly retries?: number;
}

export interface EgressResponse {
  readonly status: number;
  /** Lower-case names; cookies are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** URL after redirects. */
  readonly url: string;
  /** Decoded. Read it to its end, or leave it: the connection is given up at the total time limit. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Egress {
  /**
   * Sends one request. Any status is an answer, 429 and 503 after the retries included.
   * @throws egress-refused, remote-unavailable (retryable), input-too-large, or the signal's reason
   */
  fetch(url: string, request: EgressRequest): Promise<EgressResponse>;
  /**
   * Judges a database or mail server that a source names, for a driver that opens its own socket: it may be private, since
   * the settings name it, but no metadata service. The driver dials the address returned, so that no second resolution counts.
   * @throws egress-refused, remote-unavailable where the name has no address
   */
  endpoint(url: string): Promise<ApprovedEndpoint>;
  close(): Promise<void>;
}

export interface EgressOptions {
  readonly allow: EgressPolicy;
  readonly clock: () => Date;
  readonly record?: (event: EgressEvent) => void;
  /** Who asks: version of DataSens and where to complain (mail or URL), said in User-Agent. */
  readonly identity?: { readonly version: string; readonly contact?: string };
  readonly limits?: Partial<EgressLimits>;
  readonly pace?: Partial<Pace>;
  readonly retry?: Partial<RetryPolicy>;
  readonly random?: () => number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly resolve?: Resolve;
  readonly dial?: Dial;
}

const LIMITS: EgressLimits = {
  bodyBytes: 64 * 1024 * 1024,
  connectMs: 10_000,
  headersMs: 30_000,
  totalMs: 120_000,
  redirects: 5,
};
const PACE: Pace = { perSecond: 1, burst: 2, concurrency: 2 };
/** A model's endpoint is the organisation's own and queues by itself: it is not held to the pace of public sites. */
const TEXT_PACE: Pace = { perSecond: 1000, burst: 1000, concurrency: 64 };
const RETRY: RetryPolicy = { attempts: 3, firstMs: 500, longestMs: 60_000 };
const BUSY = new Set([429, 503]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Opens the door. Proxies named in the environment are ignored: behind one, addresses could not be judged. */
export function openEgress(options: EgressOptions): Egress {
  const { allow, clock, record, random = Math.random, resolve = resolveBySystem } = options;
  const limits = { ...LIMITS, ...options.limits };
  const retry = { ...RETRY, ...options.retry };
  const wait = options.wait ?? ((ms, signal) => sleep(ms, undefined, { signal, ref: true }));
  const dial = options.dial ?? dialWithin(limits.connectMs);
  const effects = { now: () => performance.now(), wait };
  const pacers = { collect: openPacer({ ...PACE, ...options.pace }, effects), text: openPacer(TEXT_PACE, effects) };
  const agents = new Map<Reach, Agent>();

  function agentFor(reach: Reach): Agent {
    const agent =
      agents.get(reach) ?? new Agent({ connect: guardedConnector({ policy: allow, reach, resolve, dial }) });
    agents.set(reach, agent);
    return agent;
  }

  function note(purpose: EgressPurpose, host: string, reason: EgressRefusal | null): void {
    record?.({ kind: reason === null ? 'allowed' : 'refused', at: clock().toISOString(), purpose, host, reason });
  }

  async function follow(target: string, request: EgressRequest): Promise<EgressResponse> {
    const { purpose } = request;
    let previous: URL | null = null;
    let next: string | URL = target;
    for (let hop = 0; ; hop += 1) {
      const approval: Approval | Refusal = approve(next, { purpose, policy: allow, previous });
      if (approval.kind === 'refused') throw refusalError(approval);
      const answer = await insist(approval, request, previous);
      const location = REDIRECTS.has(answer.status) ? answer.headers.location : undefined;
      if (location === undefined) return answer;
      await answer.discard();
      const host = approval.url.host;
      if (request.body !== undefined) throw refusalError(refuse(host, 'redirect-of-text'));
      if (hop >= (request.limits?.redirects ?? limits.redirects)) throw refusalError(refuse(host, 'redirect-limit'));
      if (!URL.canParse(location, approval.url.href)) throw refusalError(refuse(host, 'url-unreadable'));
      previous = approval.url;
      next = new URL(location, approval.url);
    }
  }

  /** One hop, asked again while the host is busy or does not connect. */
  async function insist(approval: Approval, request: EgressRequest, previous: URL | null): Promise<Answer> {
    const { host } = approval.url;
    for (let attempt = 1; ; attempt += 1) {
      let retryAfter: string | undefined;
      let outcome: Answer | null = null;
      let failure: unknown = null;
      try {
        outcome = await ask(approval, request, previous);
        if (!BUSY.has(outcome.status)) return outcome;
        retryAfter = outcome.headers['retry-after'];
      } catch (error) {
        if (!isCurable(error)) throw translate(error, host);
        failure = error;
      }
      const policy = { ...retry, attempts: request.retries ?? retry.attempts };
      const delay = retryDelay(attempt, { retry: policy, retryAfter, now: clock(), random });
      if (delay === null) {
        if (outcome) return outcome;
        throw translate(failure, host);
      }
      await outcome?.discard();
      pacers[request.purpose].postpone(host, delay);
    }
  }

  async function ask(approval: Approval, request: EgressRequest, previous: URL | null): Promise<Answer> {
    const { url, reach } = approval;
    const within = { ...limits, ...request.limits };
    const signal = request.signal ?? new AbortController().signal;
    const leave = await pacers[request.purpose].enter(url.host, signal, request.perSecond);
    const deadline = new AbortController();
    const abandon = () => deadline.abort(timedOut(url.host, within.totalMs));
    const timer = setTimeout(abandon, within.totalMs);
    const headersTimer = setTimeout(() => deadline.abort(timedOut(url.host, within.headersMs)), within.headersMs);
    const release = () => {
      clearTimeout(timer);
      leave();
    };
    deadline.signal.addEventListener('abort', release, { once: true });
    try {
      const response = await agentFor(reach).request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method ?? 'GET',
        headers: requestHeaders(request.headers ?? {}, {
          identity: options.identity,
          encodings: ACCEPTED_ENCODINGS,
          crossOrigin: previous !== null && previous.origin !== url.origin,
        }),
        body: request.body ?? null,
        signal: AbortSignal.any([signal, deadline.signal]),
        // Total time is bounded above; this one bounds silence between two chunks.
        bodyTimeout: within.totalMs,
        headersTimeout: within.headersMs,
      });
      clearTimeout(headersTimer);
      note(request.purpose, hostAndPort(url), null);
      return answerOf(response, { url, within, release, deadline: deadline.signal });
    } catch (error) {
      clearTimeout(headersTimer);
      release();
      throw deadline.signal.aborted ? deadline.signal.reason : error;
    }
  }

  return {
    async fetch(url, request) {
      try {
        return await follow(url, request);
      } catch (error) {
        const refusal = refusalIn(error);
        if (refusal) note(request.purpose, refusal.host, refusal.reason);
        throw error;
      }
    },
    async endpoint(url) {
      try {
        const approved = await judgeEndpoint(url, allow.collect, resolve);
        note('collect', `${approved.servername}:${approved.port}`, null);
        return approved;
      } catch (error) {
        const refusal = refusalIn(error);
        if (refusal) note('collect', refusal.host, refusal.reason);
        throw error;
      }
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

interface Answer extends EgressResponse {
  /** Gives the connection back without reading. */
  discard(): Promise<void>;
}

interface AnswerFrame {
  readonly url: URL;
  readonly within: EgressLimits;
  readonly release: () => void;
  readonly deadline: AbortSignal;
}

function answerOf(response: Dispatcher.ResponseData, { url, within, release, deadline }: AnswerFrame): Answer {
  const headers = responseHeaders(response.headers);
  async function discard(): Promise<void> {
    await response.body.dump().catch(() => undefined);
    release();
  }
  async function* read(): AsyncGenerator<Uint8Array> {
    const maximumBytes = within.bodyBytes;
    const encoding = headers['content-encoding'] ?? '';
    try {
      if (Number(headers['content-length'] ?? 0) > maximumBytes) throw tooLarge(url.host, maximumBytes);
      yield* decodeBody(response.body, { encoding, maximumBytes, host: url.host });
    } catch (error) {
      throw deadline.aborted ? deadline.reason : translate(error, url.host);
    } finally {
      response.body.destroy();
      release();
    }
  }
  // Answers without a body would otherwise hold their place until somebody reads nothing.
  if (response.statusCode === 304 || response.statusCode === 204) void discard();
  return { status: response.statusCode, headers, url: url.href, body: read(), discard };
}

function translate(error: unknown, host: string): unknown {
  if (error instanceof DataSensError) return error;
  if (error instanceof Error && error.name === 'AbortError') return error;
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return new DataSensError('remote-unavailable', `egress: ${host} did not answer${code}`, {
    cause: error,
    retryable: true,
  });
}

function timedOut(host: string, ms: number): DataSensError {
  return new DataSensError('remote-unavailable', `egress: ${host} took more than ${ms} ms`, { retryable: true });
}

function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;
}
