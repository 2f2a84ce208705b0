// GDELT's lists of files: `size md5 address` a line, three lines a quarter of an hour, years in one list of 100 MB and more.
// Only its end is asked for: the list grows at its end, and what was read before is remembered as a number of bytes.

import { DataSensError } from '../model/error.ts';
import type { CollectEffects, CollectResponse } from './collector.ts';
import { answered } from './download.ts';

export interface GdeltEntry {
  readonly url: string;
  readonly md5: string;
  /** `YYYYMMDDHHMMSS`, UTC. */
  readonly stamp: string;
}

export interface GdeltPage {
  /** The oldest entries that were asked for, in order of time. */
  readonly entries: readonly GdeltEntry[];
  /** Bytes of the list before the first entry that is still to be read; null where that is not worth remembering. */
  readonly offset: number | null;
}

export interface GdeltQuestion {
  /** Entries after this stamp … */
  readonly after: string;
  /** … and up to this one. */
  readonly until: string;
  readonly maximumFiles: number;
  /** Where a former reading ended; null at the first. */
  readonly offset: number | null;
}

/** Longest list read, and longest line. The whole list of ten years is 120 MB. */
const MAXIMUM_BYTES = 2 ** 30;
const MAXIMUM_LINE = 4096;
/** Bytes of a day of a list, with room to spare; what a list shorter than this costs is not worth a range. */
const DAY_BYTES = 96 * 3 * 160;
const SMALL_BYTES = 2 ** 20;
const DAY_MS = 86_400_000;

/** The oldest `maximumFiles` GKG files of a list after a stamp. @throws as `effects.fetch`; remote-refused, remote-unavailable */
export async function readGdeltList(url: string, question: GdeltQuestion, effects: CollectEffects): Promise<GdeltPage> {
  const range = rangeOf(url, question, effects.clock());
  if (range !== null) {
    const response = await effects.fetch(url, { headers: { range }, maximumBytes: MAXIMUM_BYTES });
    if (response.status === 416 && !isShorter(response, question)) return { entries: [], offset: question.offset };
    if (response.status === 200) return readWhole(url, response, question);
    if (response.status !== 206 && response.status !== 416) throw answered(url, response.status);
    const start = Number(/^bytes (\d+)-/.exec(response.headers['content-range'] ?? '')?.[1] ?? Number.NaN);
    const encoded = (response.headers['content-encoding'] ?? 'identity') !== 'identity';
    if (Number.isSafeInteger(start) && !encoded) {
      const page = await readLines(response, { ...question, start, cut: start > 0 && start !== question.offset });
      // The end that was asked for may begin too late: then all of it is needed.
      if (start === 0 || start === question.offset || (page.first !== null && page.first <= question.after))
        return page;
    }
  }
  return readWhole(url, await effects.fetch(url, { maximumBytes: MAXIMUM_BYTES }), question);
}

/** True where the list was begun anew: it ends before the place where reading ended. */
function isShorter({ headers }: CollectResponse, { offset }: GdeltQuestion): boolean {
  return Number(/^bytes \*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? Number.NaN) < (offset ?? 0);
}

function rangeOf(url: string, { after, offset }: GdeltQuestion, now: Date): string | null {
  if (offset !== null) return offset > SMALL_BYTES ? `bytes=${offset}-` : null;
  if (!/masterfilelist/i.test(url)) return null;
  const days = (now.getTime() - Date.parse(dateOf(after))) / DAY_MS;
  return `bytes=-${SMALL_BYTES + Math.ceil(Math.max(1, days) * DAY_BYTES)}`;
}

function dateOf(stamp: string): string {
  return `${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}`;
}

async function readWhole(url: string, response: CollectResponse, question: GdeltQuestion): Promise<GdeltPage> {
  if (response.status >= 400) throw answered(url, response.status);
  const page = await readLines(response, { ...question, start: 0, cut: false });
  if (page.lines > 0 && page.listed === 0) {
    throw new DataSensError('input-unreadable', `${url} is no list of GDELT files`, {
      remedy: 'name masterfilelist.txt, masterfilelist-translation.txt or a lastupdate list',
    });
  }
  return page;
}

interface Place extends GdeltQuestion {
  /** Offset of the answer in the list, and whether its first line began before. */
  readonly start: number;
  readonly cut: boolean;
}

interface ListPage extends GdeltPage {
  readonly lines: number;
  /** Lines that name a file of GDELT. */
  readonly listed: number;
  /** Stamp of the first of them. */
  readonly first: string | null;
}

type Placed = GdeltEntry & { readonly at: number };

async function readLines({ body }: CollectResponse, place: Place): Promise<ListPage> {
  const { after, until, maximumFiles } = place;
  let kept: Placed[] = [];
  let leftAt = Number.POSITIVE_INFINITY;
  const seen = { lines: 0, listed: 0, first: null as string | null };
  const thin = () => {
    kept.sort((one, other) => (one.stamp < other.stamp ? -1 : one.stamp > other.stamp ? 1 : one.at - other.at));
    for (const { at } of kept.slice(maximumFiles)) leftAt = Math.min(leftAt, at);
    kept = kept.slice(0, maximumFiles);
  };
  let end = place.start;
  for await (const { line, at, next } of linesOf(body, place.start)) {
    end = next;
    if (place.cut && at === place.start) continue;
    if (line.trim() === '') continue;
    seen.lines += 1;
    const [, md5, url] = /^\d+ ([0-9a-f]{32}) (\S+)\s*$/i.exec(line) ?? [];
    const stamp = /(\d{14})[^/]*$/.exec(url ?? '')?.[1];
    if (md5 === undefined || url === undefined || stamp === undefined) continue;
    seen.listed += 1;
    seen.first ??= stamp;
    if (stamp <= after || stamp > until || !/\.gkg\.csv\.zip$/i.test(url)) continue;
    kept.push({ url, md5: md5.toLowerCase(), stamp, at });
    if (kept.length > 2 * maximumFiles + 1000) thin();
  }
  thin();
  const entries = kept.map(({ at: _at, ...entry }) => entry);
  return { ...seen, entries, offset: Math.min(leftAt, end) };
}

/** Whole lines, with their offset and that of the next; a last line without its end is left for the next reading. */
async function* linesOf(body: AsyncIterable<Uint8Array>, start: number) {
  let carried = Buffer.alloc(0);
  let at = start;
  for await (const chunk of body) {
    const bytes = carried.length === 0 ? Buffer.from(chunk) : Buffer.concat([carried, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
      const next = at + end + 1 - from;
      yield { line: bytes.toString('latin1', from, end), at, next };
      at = next;
      from = end + 1;
    }
    carried = bytes.subarray(from);
    if (carried.length > MAXIMUM_LINE) throw new DataSensError('input-unreadable', 'a GDELT list has no lines');
  }
  if (carried.length > 0) yield { line: carried.toString('latin1'), at, next: at };
}
