// Pages of a site, by its sitemap or a list; off until the settings say who approved it, and never against robots.txt.

import { type CollectEffects, type Collected, defineCollector } from '../collector.ts';
import { plainItem } from '../item-fields.ts';
import { htmlTitle } from '../page-head.ts';
import { listPages, openSites, type Sites } from '../page-list.ts';
import { recordText } from '../record-text.ts';
import { judgeSite, type Site } from '../site-rules.ts';
import { type WebConfig, webConfig } from '../web-config.ts';
import { collectPage } from '../web-page.ts';
import { forbidden, refusalOf } from '../web-refusal.ts';

const TITLE_WITHIN = 65_536;

export default defineCollector<WebConfig>({
  name: 'web',
  title: { fr: 'Pages web', en: 'Web pages' },
  description: {
    fr: 'Pages d’un site, par son plan (sitemap) ou une liste. Ne collecte qu’une fois l’approbation inscrite dans les réglages ; respecte robots.txt et les réserves de fouille de textes ; une page inchangée n’est pas relue.',
    en: 'Pages of a site, by its sitemap or a list. Collects only once the settings say who approved it; obeys robots.txt and text-mining reservations; an unchanged page is not read again.',
  },
  config: webConfig,
  example: {
    sitemap: 'https://www.val-clair.example/sitemap.xml',
    include: ['/actualites/*'],
    maximumPages: 500,
    approvedBy: 'déléguée à la protection des données',
    approvedOn: '2025-10-06',
  },
  snapshots: 'replace',

  async *collect(settings, effects) {
    const sites = openSites(settings, effects);
    const pages: string[] = [];
    for await (const found of listPages(settings, sites, effects)) {
      if (typeof found === 'string') pages.push(found);
      else yield found;
    }
    for (const [origin, urls] of Map.groupBy(pages, (url) => new URL(url).origin)) {
      yield* collectSite(origin, urls, { settings, sites, effects });
    }
  },

  read(bytes, { charset, context, key }) {
    const { text, findings } = recordText(bytes, charset, context.certain !== false);
    const page = context.format !== 'text';
    const title = page ? htmlTitle(text.slice(0, TITLE_WITHIN)) : '';
    return {
      ...plainItem(text, findings),
      id: key,
      title: title === '' ? null : title,
      textFormat: page ? 'page' : 'plain',
      url: typeof context.url === 'string' ? context.url : key,
    };
  },
});

interface Collection {
  readonly settings: WebConfig;
  readonly sites: Sites;
  readonly effects: CollectEffects;
}

/** The pages of one site: its rules as evidence first, then each page that they allow. */
async function* collectSite(origin: string, urls: readonly string[], collection: Collection): AsyncIterable<Collected> {
  const { settings, sites, effects } = collection;
  let site: Site;
  try {
    site = await sites(origin);
  } catch (error) {
    effects.signal.throwIfAborted();
    for (const url of urls) yield refusalOf(url, error);
    return;
  }
  const verdicts = urls.map((url) => ({ url, ...judgeSite(site, url) }));
  const deciding = Map.groupBy(verdicts, ({ rule }) => rule ?? 'no rule');
  yield {
    kind: 'evidence',
    subject: origin,
    why: 'what the site allows was read before its pages',
    detail: {
      ...site.evidence,
      pages: urls.length,
      allowed: verdicts.filter(({ allowed }) => allowed).length,
      rules: Object.fromEntries([...deciding].map(([rule, pages]) => [rule, pages.length])),
      approvedBy: settings.approvedBy,
      approvedOn: settings.approvedOn,
    },
  };
  if (site.state !== null) yield { kind: 'state', ...site.state };
  for (const { url, ...verdict } of verdicts) {
    effects.signal.throwIfAborted();
    try {
      if (!verdict.allowed) throw forbidden(url, verdict);
      const { maximumBytes, perSecond } = settings;
      yield* collectPage({ url, site, maximumBytes, perSecond }, effects);
    } catch (error) {
      effects.signal.throwIfAborted();
      yield refusalOf(url, error);
    }
  }
}
