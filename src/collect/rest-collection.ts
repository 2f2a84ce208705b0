// Collects an API page by page: each page is one snapshot that closes with where to go on, so that a crash repeats none.

import { createHash } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import type { CollectEffects, Collected, CollectResponse } from './collector.ts';
import { compileExpression, type Expression, ExpressionFailure } from './expression.ts';
import { itemKey } from './item-key.ts';
import { openAsker, statusError, wholeBody } from './rest-answer.ts';
import type { RestConfig } from './rest-config.ts';
import { asState, compare, greater, type Memory, type Passage, readMemory } from './rest-memory.ts';
import { type Page, type PageItem, readPage } from './rest-page.ts';
import { openPaginator } from './rest-pagination.ts';
import { openRequests, type PageRequest, type Position, type Requests } from './rest-request.ts';

/** Unreadable pages in a row after which the rest is not asked for. */
const MAXIMUM_FAILURES = 3;
const KEPT_HEADERS = ['etag', 'last-modified', 'content-type', 'date', 'content-language'];

interface Answer {
  readonly page: Page;
  readonly response: CollectResponse;
  readonly sha256: string;
  readonly sizeBytes: number;
}

interface Turn {
  readonly memory: Memory;
  readonly failure: unknown;
}

/** Yields the pages of the list, from where an interrupted collection stopped. @throws secret-missing */
export async function* collectPages(config: RestConfig, effects: CollectEffects): AsyncIterable<Collected> {
  const requests = openRequests(config, effects);
  const { location } = requests;
  const memory = readMemory(await effects.state(location), config);
  const paginator = openPaginator(config.pagination, requests);
  const asker = openAsker(config, effects);
  const read = itemReaders(config);
  let passage: Passage | null = memory.passage ?? beginning(memory, paginator.first);
  const seen = new Set<string>(passage.last === null ? [] : [passage.last]);
  let usualItems = 0;
  let failures = 0;
  let received = 0;

  for (let pages = 0; passage !== null && pages < config.maximumPages; pages += 1) {
    if (config.maximumItems !== undefined && received >= config.maximumItems) return;
    const now: Passage = passage;
    try {
      const answer = await fetchPage(now);
      if (answer === null) {
        yield { kind: 'state', ...asState(location, { ...memory, ...finished(now) }) };
        return;
      }
      const { items, itemsHash } = answer.page;
      if (items.length > 0 && seen.has(itemsHash)) throw repeated();
      seen.add(itemsHash);
      const turn = await turnAfter(answer, now);
      const isSame = config.pagination.kind === 'none' && memory.sha256 === answer.sha256;
      if (isSame || items.length === 0) yield { kind: 'state', ...asState(location, turn.memory) };
      else yield* snapshot(answer, now, turn.memory);
      if (turn.failure !== null) {
        yield refusalOf(turn.failure, now);
        return;
      }
      usualItems = items.length;
      received += items.length;
      failures = 0;
      passage = turn.memory.passage;
    } catch (error) {
      effects.signal.throwIfAborted();
      yield refusalOf(error, now);
      failures += 1;
      const isPassable = failures < MAXIMUM_FAILURES && isOnePage(error);
      const position = isPassable ? paginator.after(now.position, usualItems) : null;
      if (position === null) {
        // A server that fails is asked again where it failed; a page that is wrong by itself would be wrong again.
        const isTransient = error instanceof DataSensError && error.retryable;
        if (!isTransient) yield { kind: 'state', ...asState(location, { ...memory, passage: null }) };
        return;
      }
      passage = { ...now, position, page: now.page + 1, lossy: true };
    }
  }

  /** Null where nothing changed (304) or where there is no such page after the last. */
  async function fetchPage({ page, position, since }: Passage): Promise<Answer | null> {
    const response = await asker.ask(conditional(requests.page(position, since), memory, config));
    if (response.status === 304) return null;
    if (response.status === 404) {
      const isPast =
        page > 1 && position.kind === 'number' && !('total' in config.pagination && config.pagination.total);
      if (isPast) return null;
      throw statusError(404);
    }
    const bytes = await wholeBody(response, config.maximumPageBytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { page: await readPage(bytes, read.items), response, sha256, sizeBytes: bytes.byteLength };
  }

  /** Where to go on once this page is kept. What stops here keeps the page, and asks for its list again next time. */
  async function turnAfter({ page, response, sha256 }: Answer, now: Passage): Promise<Turn> {
    const items = now.items + page.items.length;
    let { greatest } = now;
    try {
      const cursors = await cursorsOf(page.items);
      greatest = cursors.reduce(greater, greatest);
      const seenSoFar = { value: page.value, headers: response.headers, url: response.url, position: now.position };
      const position = isOld(cursors, now)
        ? null
        : await paginator.next({ ...seenSoFar, pageItems: page.items.length, items });
      const reached = { ...now, page: now.page + 1, items, last: page.itemsHash, greatest };
      const after: Memory =
        position === null
          ? { ...memory, ...finished(reached), ...validators(response, sha256, config) }
          : { ...memory, passage: { ...reached, position } };
      return { memory: after, failure: null };
    } catch (failure) {
      return { memory: { ...memory, passage: null }, failure };
    }
  }

  async function* snapshot(
    answer: Answer,
    { page, position, since }: Passage,
    after: Memory,
  ): AsyncIterable<Collected> {
    const { response, sha256, sizeBytes } = answer;
    const opening = {
      location,
      fetchedAt: effects.clock().toISOString(),
      mediaType: (response.headers['content-type'] ?? 'application/json').split(';')[0]!.trim(),
      charset: 'utf-8',
      headers: evidence(response.headers, requests),
      context: {
        page,
        request: requests.hide(requests.page(position, since).url),
        bytes: answer.page.asReceived ? 'as received' : 'canonical',
      },
    };
    const keys = await Promise.all(answer.page.items.map(({ value }) => itemKey(read.id, value)));
    yield { kind: 'opening', opening };
    for (const [at, item] of answer.page.items.entries()) {
      if (item.bytes.byteLength > config.maximumRecordBytes) {
        const message = `item ${at + 1} of page ${page} of ${location} is longer than ${config.maximumRecordBytes} bytes (maximumRecordBytes)`;
        yield { kind: 'refusal', location, at: `page ${page}, item ${at + 1}`, code: 'input-too-large', message };
        continue;
      }
      yield { kind: 'record', bytes: item.bytes, key: keys[at]! };
    }
    yield { kind: 'closing', sha256, sizeBytes, state: asState(location, after) };
  }

  async function cursorsOf(items: readonly PageItem[]): Promise<readonly unknown[]> {
    const { cursor } = read;
    return cursor === null ? [] : Promise.all(items.map(({ value }) => cursor.evaluate(value)));
  }

  function isOld(cursors: readonly unknown[], { since }: Passage): boolean {
    if (!config.incremental?.newestFirst || since === null || cursors.length === 0) return false;
    return cursors.every((cursor) => isCursor(cursor) && compare(cursor, since) <= 0);
  }

  /** Progress counts once every page was read: what an unreadable one held will be asked for again. */
  function finished({ lossy, greatest }: Passage): Pick<Memory, 'passage' | 'since'> {
    return { passage: null, since: lossy ? memory.since : greatest };
  }

  function refusalOf(error: unknown, { page }: Passage): Collected {
    const { code, message } = failureOf(error);
    return {
      kind: 'refusal',
      location,
      at: `page ${page}`,
      code,
      message: requests.hide(`page ${page} of ${location}: ${message}`),
    };
  }
}

function itemReaders(config: RestConfig): Readonly<Record<'cursor' | 'id', Expression | null>> & { items: Expression } {
  const { incremental, map } = config;
  return {
    items: compileExpression(config.items),
    cursor: incremental === undefined ? null : compileExpression(incremental.cursor),
    id: map.id === undefined ? null : compileExpression(map.id),
  };
}

function beginning({ since }: Memory, position: Position): Passage {
  return { since, position, page: 1, items: 0, greatest: since, last: null, lossy: false };
}

const isCursor = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

function repeated(): DataSensError {
  const message =
    'repeats a page before it; the server may not know the parameter of `pagination`, or give the last page again and again (then say `total`)';
  return new DataSensError('input-unreadable', message);
}

/** A page that is asked for only where it changed, if the list has just one. */
function conditional(request: PageRequest, memory: Memory, { pagination }: RestConfig): PageRequest {
  if (pagination.kind !== 'none') return request;
  const headers = {
    ...request.headers,
    ...(memory.etag ? { 'if-none-match': memory.etag } : {}),
    ...(memory.lastModified ? { 'if-modified-since': memory.lastModified } : {}),
  };
  return { ...request, headers };
}

function validators(
  { headers }: CollectResponse,
  sha256: string,
  { pagination }: RestConfig,
): Pick<Memory, 'etag' | 'lastModified' | 'sha256'> {
  if (pagination.kind !== 'none') return {};
  const { etag, 'last-modified': lastModified } = headers;
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}), sha256 };
}

/** Headers worth keeping as evidence, secrets that a server repeats left out. */
export function evidence(headers: CollectResponse['headers'], { hide }: Requests): Readonly<Record<string, string>> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, hide(headers[name])]])),
  );
}

/** True where the next page may well be readable. */
function isOnePage(error: unknown): boolean {
  return (
    error instanceof DataSensError &&
    !['remote-refused', 'egress-refused'].includes(error.code) &&
    !error.message.startsWith('repeats')
  );
}

type Refusal = Extract<Collected, { kind: 'refusal' }>;

const REFUSALS: ReadonlySet<string> = new Set<Refusal['code']>([
  'input-unreadable',
  'input-too-large',
  'input-unsupported',
  'remote-unavailable',
  'remote-refused',
  'egress-refused',
]);

/** What a failure is as a refusal. @throws the error itself where it is no page's */
export function failureOf(error: unknown): Pick<Refusal, 'code' | 'message'> {
  if (error instanceof ExpressionFailure) {
    const message = `an expression of \`incremental\`, \`pagination\` or \`map.id\` cannot take it: ${error.message}`;
    return { code: 'input-unreadable', message };
  }
  if (!(error instanceof DataSensError) || !REFUSALS.has(error.code)) throw error;
  const remedy = error.remedy === undefined ? '' : `; ${error.remedy}`;
  return { code: error.code as Refusal['code'], message: `${error.message}${remedy}` };
}
