// What a site allows, asked before its pages are: robots.txt, text-mining reservation, terms; kept a day, told as evidence.

import { createHash } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { CollectEffects } from './collector.ts';
import { abandonBody, startOfBody } from './fetched-body.ts';
import { isMiningReserved, type MiningRule, parseMiningTerms } from './mining-terms.ts';
import { judgeUrl, parseRobots, ROBOTS_MAXIMUM_BYTES, type Robots, type RobotsVerdict } from './robots.ts';

/** First word of egress's User-Agent: the name that robots.txt addresses us by. */
export const PRODUCT_TOKEN = 'DataSens';
/** RFC 9309 §2.4: no copy is used for longer. */
const CACHED_MS = 24 * 3600 * 1000;
const MINING_MAXIMUM_BYTES = 1024 * 1024;
const TERMS_MAXIMUM_BYTES = 2 * 1024 * 1024;
/** A site that wants more seconds between two pages is not collected: a run would not end. */
const LONGEST_DELAY_SECONDS = 300;

export interface Site {
  readonly origin: string;
  /** The file that should have been read and could not: everything is then disallowed. */
  readonly unreadable: 'robots.txt' | 'tdmrep.json' | null;
  readonly robots: Robots;
  readonly mining: readonly MiningRule[];
  /** Facts for the register: addresses, statuses, hashes, instants. */
  readonly evidence: JsonObject;
  /** What is remembered for the next collection; null where nothing is new. */
  readonly state: { readonly key: string; readonly value: Json } | null;
}

/** A verdict on one URL; `retryable` where the site may answer otherwise another time. */
export interface SiteVerdict extends RobotsVerdict {
  readonly why: string | null;
  readonly retryable: boolean;
}

interface Remembered {
  readonly checkedAt: string;
  readonly robots: Robots;
  readonly mining: readonly MiningRule[];
  readonly evidence: JsonObject;
}

const NO_RULES: Robots = { rules: [], crawlDelaySeconds: null };

/**
 * Asks a site for its rules, or takes what was remembered less than a day ago. What could not be read is not remembered.
 * @throws egress-refused, or the signal's reason
 */
export async function checkSite(origin: string, terms: readonly string[], effects: CollectEffects): Promise<Site> {
  const key = `site:${origin}`;
  const remembered = (await effects.state(key)) as unknown as Remembered | undefined;
  const now = effects.clock();
  if (remembered && now.getTime() - Date.parse(remembered.checkedAt) < CACHED_MS) {
    const { robots, mining, evidence, checkedAt } = remembered;
    const facts = { ...evidence, checkedAt, remembered: true };
    return { origin, unreadable: null, robots, mining, evidence: facts, state: null };
  }
  const checkedAt = now.toISOString();
  const robots = await fetchRobots(`${origin}/robots.txt`, effects);
  const nothing = { origin, robots: NO_RULES, mining: [], state: null };
  if (robots.rules === null) {
    return { ...nothing, unreadable: 'robots.txt', evidence: { checkedAt, robots: robots.evidence } };
  }
  const mining = await fetchMining(`${origin}/.well-known/tdmrep.json`, effects);
  if (mining.rules === null) {
    const evidence = { checkedAt, robots: robots.evidence, mining: mining.evidence };
    return { ...nothing, unreadable: 'tdmrep.json', evidence };
  }
  const read = [];
  for (const url of terms) if (new URL(url).origin === origin) read.push(await fetchTerms(url, effects));
  const evidence = { robots: robots.evidence, mining: mining.evidence, ...(read.length > 0 ? { terms: read } : {}) };
  const value = { checkedAt, robots: robots.rules, mining: mining.rules, evidence } as unknown as Json;
  return {
    origin,
    unreadable: null,
    robots: robots.rules,
    mining: mining.rules,
    evidence: { ...evidence, checkedAt, remembered: false },
    state: { key, value },
  };
}

/** Whether a URL of this site may be fetched, and what says so. */
export function judgeSite(site: Site, url: string): SiteVerdict {
  if (site.unreadable !== null) {
    const why = `its ${site.unreadable} cannot be read, so that everything is disallowed (RFC 9309 §2.3.1.4); try again later`;
    return { allowed: false, rule: null, why, retryable: true };
  }
  const delay = site.robots.crawlDelaySeconds ?? 0;
  if (delay > LONGEST_DELAY_SECONDS) {
    const why = `its robots.txt asks for ${delay} s between two pages, more than the ${LONGEST_DELAY_SECONDS} s that are waited`;
    return { allowed: false, rule: `crawl-delay: ${delay}`, why, retryable: false };
  }
  const verdict = judgeUrl(site.robots, url);
  if (!verdict.allowed)
    return { ...verdict, why: `its robots.txt disallows it (\`${verdict.rule}\`)`, retryable: false };
  if (isMiningReserved(site.mining, url)) {
    const why = 'its tdmrep.json reserves text and data mining; ask its publisher for a licence';
    return { allowed: false, rule: 'tdm-reservation: 1', why, retryable: false };
  }
  return { ...verdict, why: null, retryable: false };
}

/** Requests a second to this site: what the settings say, never more than its crawl-delay. */
export function paceOf(site: Site, perSecond: number | undefined): number | undefined {
  const delay = site.robots.crawlDelaySeconds ?? 0;
  if (delay <= 0) return perSecond;
  return Math.min(perSecond ?? Number.POSITIVE_INFINITY, 1 / delay);
}

async function fetchRobots(url: string, effects: CollectEffects) {
  const answer = await ask(url, ROBOTS_MAXIMUM_BYTES, effects);
  const evidence = factsOf(url, answer);
  if (isAbsent(answer)) return { rules: NO_RULES, evidence };
  if (!isRead(answer)) return { rules: null, evidence };
  const rules = parseRobots(answer.bytes, PRODUCT_TOKEN);
  return {
    rules,
    evidence: { ...evidence, rules: rules.rules.length, crawlDelaySeconds: rules.crawlDelaySeconds },
  };
}

async function fetchMining(url: string, effects: CollectEffects) {
  const answer = await ask(url, MINING_MAXIMUM_BYTES, effects);
  const evidence = factsOf(url, answer);
  if (isAbsent(answer)) return { rules: [], evidence };
  if (!isRead(answer)) return { rules: null, evidence };
  const rules = parseMiningTerms(answer.bytes.toString('utf8')) ?? [];
  return { rules, evidence: { ...evidence, rules: rules.length } };
}

async function fetchTerms(url: string, effects: CollectEffects): Promise<JsonObject> {
  return factsOf(url, await ask(url, TERMS_MAXIMUM_BYTES, effects));
}

interface Answered {
  /** 0 where the host did not answer. */
  readonly status: number;
  readonly bytes: Buffer;
}

async function ask(url: string, maximumBytes: number, effects: CollectEffects): Promise<Answered> {
  try {
    const response = await effects.fetch(url, { headers: { accept: 'text/plain, application/json, text/html;q=0.8' } });
    if (response.status >= 200 && response.status < 300) {
      return { status: response.status, bytes: await startOfBody(response, maximumBytes) };
    }
    await abandonBody(response);
    return { status: response.status, bytes: Buffer.alloc(0) };
  } catch (error) {
    effects.signal.throwIfAborted();
    if (error instanceof DataSensError && error.code !== 'egress-refused') return { status: 0, bytes: Buffer.alloc(0) };
    throw error;
  }
}

const isRead = ({ status }: Answered) => status >= 200 && status < 300;

/** RFC 9309 §2.3.1.3: a client error means that there are no rules. 429 says "later", as 5xx does. */
const isAbsent = ({ status }: Answered) => status >= 400 && status < 500 && status !== 429;

function factsOf(url: string, answer: Answered): JsonObject {
  const sha256 = isRead(answer) ? createHash('sha256').update(answer.bytes).digest('hex') : null;
  return { url, status: answer.status, sha256 };
}
