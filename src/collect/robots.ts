// Robots Exclusion Protocol (RFC 9309), read as leniently as Google's parser reads it, matched in linear time.

import { matchesPattern } from './path-pattern.ts';

export interface RobotsRule {
  readonly allow: boolean;
  /** Path pattern with `*` and a final `$`; bytes above 0x7F are percent-encoded. */
  readonly pattern: string;
}

/** What a robots.txt says to one crawler. */
export interface Robots {
  /** The one that wins first: the first that matches decides. */
  readonly rules: readonly RobotsRule[];
  /** Seconds between two requests, where the file asks for some (not part of the RFC, widely used). */
  readonly crawlDelaySeconds: number | null;
}

export interface RobotsVerdict {
  readonly allowed: boolean;
  /** The line that decided, e.g. `disallow: /prive/`; null where none applies. */
  readonly rule: string | null;
}

/** Bytes of a robots.txt that are read; the RFC asks for at least 500 KiB (§2.5). */
export const ROBOTS_MAXIMUM_BYTES = 500 * 1024;
const BYTE_ORDER_MARK = '\u00EF\u00BB\u00BF';
/** Words that sites write for the three fields, as Google's parser takes them: beginnings, mistypings included. */
const USER_AGENT = /^(?:user-agent|useragent|user agent)/i;
const ALLOW = /^allow/i;
const DISALLOW = /^(?:disallow|dissallow|dissalow|disalow|diasllow|disallaw)/i;
const CRAWL_DELAY = /^crawl-?delay$/i;

interface Line {
  readonly field: string;
  readonly value: string;
}

interface Group {
  readonly rules: RobotsRule[];
  delay: number | null;
}

/**
 * Reads the groups of a file that address `agent` (a product token, any case), all merged; those of `*` where none does
 * (RFC 9309 §2.2.1). Never throws on any bytes; what comes after 500 KiB is not read.
 */
export function parseRobots(bytes: Uint8Array, agent: string): Robots {
  const own: Group = { rules: [], delay: null };
  const everyone: Group = { rules: [], delay: null };
  const wanted = agent.toLowerCase();
  let named = false;
  let addressed: { own: boolean; everyone: boolean } = { own: false, everyone: false };
  let inRules = false;
  for (const { field, value } of linesOf(bytes)) {
    if (USER_AGENT.test(field)) {
      if (inRules) addressed = { own: false, everyone: false };
      inRules = false;
      const token = /^[a-z_-]*/i.exec(value)![0].toLowerCase();
      if (/^\*(?:\s|$)/.test(value)) addressed.everyone = true;
      else if (token !== '' && token === wanted) {
        addressed.own = true;
        named = true;
      }
      continue;
    }
    const allow = ALLOW.test(field);
    if (!allow && !DISALLOW.test(field) && !CRAWL_DELAY.test(field)) continue;
    if (CRAWL_DELAY.test(field)) {
      const seconds = /^\d{1,6}(?:\.\d{1,6})?$/.test(value) ? Number(value) : null;
      if (addressed.own) own.delay = longest(own.delay, seconds);
      if (addressed.everyone) everyone.delay = longest(everyone.delay, seconds);
      continue;
    }
    inRules = true;
    // An empty value says nothing: `Disallow:` alone allows everything (RFC 9309 §2.2.2).
    if (value === '') continue;
    const rule = { allow, pattern: encodePattern(value) };
    if (addressed.own) own.rules.push(rule);
    if (addressed.everyone) everyone.rules.push(rule);
  }
  const group = named ? own : everyone;
  return { rules: group.rules.sort(byPrecedence), crawlDelaySeconds: group.delay };
}

/** The longest rule wins, and `allow` where two are as long (RFC 9309 §2.2.2). */
function byPrecedence(left: RobotsRule, right: RobotsRule): number {
  return right.pattern.length - left.pattern.length || Number(right.allow) - Number(left.allow);
}

/** Judges a URL as it is sent, percent-encoding included. */
export function judgeUrl(robots: Robots, url: string): RobotsVerdict {
  const path = pathOf(url);
  const rule = robots.rules.find(({ pattern }) => matchesPattern(pattern, path));
  if (rule === undefined) return { allowed: true, rule: null };
  return { allowed: rule.allow, rule: `${rule.allow ? 'allow' : 'disallow'}: ${rule.pattern}` };
}

/** Path and query of a URL, without fragment; `/` where it has none. Nothing is decoded or encoded. */
export function pathOf(url: string): string {
  const authority = url.indexOf('//');
  const start = url.slice(authority < 0 ? 0 : authority + 2);
  const bare = start.split('#', 1)[0]!;
  const at = bare.search(/[/?;]/);
  if (at < 0) return '/';
  return bare[at] === '/' ? bare.slice(at) : `/${bare.slice(at)}`;
}

/** Every line with a field, comments and white space taken off. Bytes are read one by one: encoding does not matter here. */
function* linesOf(bytes: Uint8Array): Generator<Line> {
  const head = bytes.subarray(0, ROBOTS_MAXIMUM_BYTES);
  let text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  for (const byte of BYTE_ORDER_MARK) if (text.startsWith(byte)) text = text.slice(1);
  for (const line of text.split(/\r\n|\r|\n/)) {
    const content = line.split('#', 1)[0]!.trim();
    const colon = content.indexOf(':');
    if (colon >= 0) {
      yield { field: content.slice(0, colon).trim(), value: content.slice(colon + 1).trim() };
      continue;
    }
    // A forgotten colon is understood where the line is two words.
    const words = /^(\S{1,40})[ \t]{1,40}(\S+)$/.exec(content);
    if (words) yield { field: words[1]!, value: words[2]! };
  }
}

/** Bytes above 0x7F as URLs carry them, escapes in upper case: `ç` is `%C3%A7` in UTF-8. */
function encodePattern(value: string): string {
  return value
    .replace(/%[0-9a-f]{2}/gi, (escaped) => escaped.toUpperCase())
    .replace(/[\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}

function longest(known: number | null, seconds: number | null): number | null {
  if (seconds === null) return known;
  return known === null ? seconds : Math.max(known, seconds);
}
