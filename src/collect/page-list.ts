// Which pages of which sites a collection asks for: the settings' own, and those that sitemaps list.

import { DataSensError } from '../model/error.ts';
import type { CollectEffects } from './collector.ts';
import { abandonBody, wholeBody } from './fetched-body.ts';
import { matchesPattern } from './path-pattern.ts';
import { pathOf } from './robots.ts';
import { checkSite, judgeSite, paceOf, type Site } from './site-rules.ts';
import { readSitemap, SITEMAP_MAXIMUM_BYTES, unpackSitemap } from './sitemap.ts';
import type { WebConfig } from './web-config.ts';
import { forbidden, type PageRefusal, refusalOf } from './web-refusal.ts';

/** Sitemaps that an index may lead to. */
const MAXIMUM_SITEMAPS = 1000;

export type Sites = (origin: string) => Promise<Site>;

/** Each site is asked once in a collection. */
export function openSites({ terms = [] }: WebConfig, effects: CollectEffects): Sites {
  const known = new Map<string, Promise<Site>>();
  return (origin) => {
    const site = known.get(origin) ?? checkSite(origin, terms, effects);
    known.set(origin, site);
    return site;
  };
}

/** Addresses of the pages wanted, each once, `maximumPages` at most; refusals of sitemaps that cannot be read. */
export async function* listPages(
  settings: WebConfig,
  sites: Sites,
  effects: CollectEffects,
): AsyncIterable<string | PageRefusal> {
  const given = new Set<string>();
  const asked = new Set<string>();
  const waiting = [settings.sitemap ?? []].flat();
  for (const page of settings.pages ?? []) {
    const url = new URL(page);
    url.hash = '';
    if (given.size < settings.maximumPages && isWanted(url.href, settings)) given.add(url.href);
  }
  yield* given;
  while (waiting.length > 0 && given.size < settings.maximumPages) {
    const location = waiting.shift()!;
    if (asked.has(location) || asked.size >= MAXIMUM_SITEMAPS) continue;
    asked.add(location);
    try {
      const sitemap = await fetchSitemap(location, settings, sites, effects);
      if (sitemap.kind === 'index') waiting.push(...sitemap.addresses);
      for (const url of sitemap.kind === 'pages' ? sitemap.addresses : []) {
        if (given.size >= settings.maximumPages) break;
        if (given.has(url) || !isWanted(url, settings)) continue;
        given.add(url);
        yield url;
      }
    } catch (error) {
      effects.signal.throwIfAborted();
      yield refusalOf(location, error);
    }
  }
}

async function fetchSitemap(location: string, settings: WebConfig, sites: Sites, effects: CollectEffects) {
  effects.signal.throwIfAborted();
  const site = await sites(new URL(location).origin);
  const verdict = judgeSite(site, location);
  if (!verdict.allowed) throw forbidden(location, verdict);
  const perSecond = paceOf(site, settings.perSecond);
  const response = await effects.fetch(location, {
    headers: { accept: 'application/xml, text/xml, application/gzip, text/plain;q=0.8, */*;q=0.5' },
    maximumBytes: SITEMAP_MAXIMUM_BYTES,
    ...(perSecond === undefined ? {} : { perSecond }),
  });
  if (response.status >= 300) {
    await abandonBody(response);
    const retryable = response.status >= 500 || response.status === 429;
    const code = retryable ? 'remote-unavailable' : 'remote-refused';
    throw new DataSensError(code, `the sitemap ${location} answered ${response.status}`, { retryable });
  }
  const bytes = await wholeBody(response, SITEMAP_MAXIMUM_BYTES, 'largest sitemap');
  const unpacked = await unpackSitemap(bytes, location, effects.signal);
  const sitemap = readSitemap(unpacked, response.headers['content-type'] ?? null, response.url);
  if (sitemap === null) {
    throw new DataSensError('input-unreadable', `${location} is no sitemap, feed or list of addresses`);
  }
  return sitemap;
}

/** True where the address, or its path, is like one of `include` and none of `exclude`. */
function isWanted(url: string, { include, exclude = [] }: WebConfig): boolean {
  const like = (glob: string) => matchesPattern(`${glob}$`, glob.startsWith('/') ? pathOf(url) : url);
  return (include === undefined || include.some(like)) && !exclude.some(like);
}
