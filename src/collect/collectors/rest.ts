// Any API that answers lists in JSON, or statistics in SDMX: pages, items and fields as the settings say.

import type { Item } from '../../model/item.ts';
import type { CollectEffects, Collected } from '../collector.ts';
import { defineCollector } from '../collector.ts';
import { collectPages } from '../rest-collection.ts';
import { type RestConfig, restConfig } from '../rest-config.ts';
import { readRestItem } from '../rest-item.ts';
import { collectSdmx } from '../rest-sdmx.ts';

export default defineCollector<RestConfig, Item | Promise<Item>>({
  name: 'rest',
  title: { fr: 'API', en: 'API' },
  description: {
    fr: 'Toute API JSON paginée (ou SDMX), décrite par des réglages ou par un modèle prêt : data.gouv.fr, Decidim, CKAN, INSEE, Hub’Eau, Open-Meteo.',
    en: 'Any paginated JSON (or SDMX) API, described by settings or by a ready preset: data.gouv.fr, Decidim, CKAN, INSEE, Hub’Eau, Open-Meteo.',
  },
  config: restConfig,
  example: {
    url: 'https://concertation.val-clair.example/api/contributions',
    headers: { authorization: `Bearer \${JETON_CONCERTATION}` },
    items: 'data',
    map: { id: 'id', title: 'titre', text: 'contenu', date: 'depose_le', author: 'auteur.pseudo' },
    pagination: { kind: 'page', parameter: 'page' },
    incremental: { cursor: 'depose_le', parameter: 'depuis' },
  },
  snapshots: 'append',
  reading: ({ format, map, textFormat }) => JSON.parse(JSON.stringify({ format, map, textFormat })),

  collect: (config: RestConfig, effects: CollectEffects): AsyncIterable<Collected> =>
    config.format === 'sdmx' ? collectSdmx(config, effects) : collectPages(config, effects),

  read: (bytes, from, config) => readRestItem(bytes, from, config),
});
