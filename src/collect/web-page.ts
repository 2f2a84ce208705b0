// One page of a site: asked for when it changed, kept as received, refused where it asks not to be kept.

import { createHash } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { decodeBytes, detectCharset } from './charset.ts';
import type { CollectEffects, Collected, CollectResponse } from './collector.ts';
import { abandonBody, wholeBody } from './fetched-body.ts';
import { declaredCharset, headerDirectives, metaDirectives, type PageDirectives } from './page-head.ts';
import { judgeSite, paceOf, type Site } from './site-rules.ts';

export interface PageRequest {
  readonly url: string;
  readonly site: Site;
  readonly maximumBytes: number;
  readonly perSecond: number | undefined;
}

/** Validators of RFC 9110 §8.8, and the hash of what was read last. */
interface Remembered {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly sha256?: string;
}

const FORMATS = new Map([
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/plain', 'text'],
]);
/** Headers worth keeping as evidence; cookies and the like are not. */
const KEPT_HEADERS = [
  'etag',
  'last-modified',
  'content-type',
  'date',
  'content-language',
  'x-robots-tag',
  'tdm-reservation',
  'tdm-policy',
];

/** Collects one page: a snapshot of one record, its state alone where it is unchanged, or a refusal. */
export async function* collectPage(page: PageRequest, effects: CollectEffects): AsyncIterable<Collected> {
  const { url, site, maximumBytes } = page;
  const key = `page:${url}`;
  const remembered = ((await effects.state(key)) ?? {}) as Remembered;
  const perSecond = paceOf(site, page.perSecond);
  const response = await effects.fetch(url, {
    headers: {
      accept: 'text/html, application/xhtml+xml, text/plain;q=0.8',
      ...(remembered.etag ? { 'if-none-match': remembered.etag } : {}),
      ...(remembered.lastModified ? { 'if-modified-since': remembered.lastModified } : {}),
    },
    maximumBytes,
    ...(perSecond === undefined ? {} : { perSecond }),
  });
  if (response.status === 304) return;
  const format = await accept(response, page);
  const bytes = await wholeBody(response, maximumBytes, 'maximumBytes');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const contentType = response.headers['content-type'] ?? '';
  const declared = /charset\s{0,9}=\s{0,9}["']?([\w-]{2,30})/i.exec(contentType)?.[1];
  const { charset, certain } = detectCharset(bytes, declared ?? declaredCharset(bytes));
  if (format === 'html') mayBeKept(url, metaDirectives(decodeBytes(bytes, charset).text));
  const value: Json = {
    ...(response.headers.etag ? { etag: response.headers.etag } : {}),
    ...(response.headers['last-modified'] ? { lastModified: response.headers['last-modified'] } : {}),
    sha256,
  };
  if (sha256 === remembered.sha256) {
    yield { kind: 'state', key, value };
    return;
  }
  yield {
    kind: 'opening',
    opening: {
      location: url,
      fetchedAt: effects.clock().toISOString(),
      mediaType: format === 'html' ? 'text/html' : 'text/plain',
      charset,
      headers: Object.fromEntries(
        KEPT_HEADERS.flatMap((name) =>
          response.headers[name] === undefined ? [] : [[name, response.headers[name]] as const],
        ),
      ),
      context: { format, certain, url: response.url, ...(response.url === url ? {} : { movedFrom: url }) },
    },
  };
  yield { kind: 'record', bytes, key: url };
  yield { kind: 'closing', sha256, sizeBytes: bytes.byteLength, state: { key, value } };
}

/** The format of an answer worth reading. @throws DataSensError where it is none; its body is then given up */
async function accept(response: CollectResponse, page: PageRequest): Promise<'html' | 'text'> {
  try {
    if (response.status >= 400) throw failedAnswer(page.url, response.status);
    if (response.url !== page.url) mayHaveMoved(page, response.url);
    mayBeKept(page.url, headerDirectives(response.headers));
    const mediaType = (response.headers['content-type'] ?? 'text/html').split(';')[0]!.trim().toLowerCase();
    const format = FORMATS.get(mediaType);
    if (format !== undefined) return format as 'html' | 'text';
    const instead = mediaType === 'application/pdf' ? '`pdf`' : '`file`, once downloaded,';
    throw new DataSensError(
      'input-unsupported',
      `${page.url} is ${mediaType}, not a page; the collector ${instead} reads such documents`,
    );
  } catch (error) {
    await abandonBody(response);
    throw error;
  }
}

/** A page may move within its site as far as robots.txt allows; elsewhere other rules hold, which were not read. */
function mayHaveMoved({ url, site }: PageRequest, moved: string): void {
  if (new URL(moved).origin !== site.origin) {
    throw new DataSensError(
      'remote-refused',
      `${url} moved to ${new URL(moved).origin}, whose rules were not read; name its new address in the source`,
    );
  }
  const verdict = judgeSite(site, moved);
  if (!verdict.allowed) throw new DataSensError('remote-refused', `${url} moved to ${moved}: ${verdict.why}`);
}

function mayBeKept(url: string, { robots, miningReserved }: PageDirectives): void {
  if (robots !== null) throw new DataSensError('remote-refused', `${url} asks not to be kept (\`${robots}\`)`);
  if (miningReserved) {
    throw new DataSensError(
      'remote-refused',
      `${url} reserves text and data mining (tdm-reservation: 1); ask its publisher for a licence`,
    );
  }
}

function failedAnswer(url: string, status: number): DataSensError {
  if (status === 404 || status === 410) {
    return new DataSensError(
      'remote-refused',
      `${url} is gone (${status}); what was collected before stays, take the address out of the source`,
    );
  }
  const retryable = status >= 500 || status === 429;
  return new DataSensError(retryable ? 'remote-unavailable' : 'remote-refused', `${url} answered ${status}`, {
    retryable,
  });
}
