// GDELT's Global Knowledge Graph 2.1: what the world's press mentions, with its tone and places, every quarter of an hour.

import { isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { defineCollector } from '../collector.ts';
import { placeRefusal } from '../download.ts';
import { expandPaths } from '../files.ts';
import { collectList, collectLocal } from '../gdelt-files.ts';
import { readGkgRow } from '../gkg-item.ts';

const date = z.iso.date();
const config = z
  .strictObject({
    lists: z
      .array(z.string().regex(/^https?:\/\//, 'an address (http://… or https://…)'))
      .min(1)
      .optional()
      .describe(
        'addresses of GDELT lists of files: masterfilelist.txt, masterfilelist-translation.txt, lastupdate.txt …',
      ),
    path: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .optional()
      .describe('GKG files of the project (.gkg.csv, or their .zip), instead of lists'),
    since: date
      .optional()
      .describe('first day, e.g. 2026-05-01; of a list, the day before the first collection when absent'),
    until: date.optional().describe('last day'),
    keep: z
      .strictObject({
        languages: z
          .array(z.string().regex(/^[a-z]{3}$/, 'three letters, e.g. fra'))
          .min(1)
          .optional()
          .describe('languages the articles were written in, ISO 639-3: fra, eng …'),
        domains: z
          .array(z.string().min(2))
          .min(1)
          .optional()
          .describe('sites, or the end of their names: .fr, ouest-france.fr'),
        places: z
          .array(z.string().regex(/^[A-Z]{2}[A-Z0-9]{0,2}$/, 'a FIPS 10-4 code, e.g. FR or FRB9'))
          .min(1)
          .optional()
          .describe(
            'countries or regions that the articles mention, FIPS 10-4: FR, BE, SZ (Switzerland), GM (Germany) …',
          ),
        themes: z
          .array(z.string().min(1))
          .min(1)
          .optional()
          .describe('GDELT themes, or their beginning: PROTEST, ENV_*'),
      })
      .default({})
      .describe('rows that are kept: all that is asked must hold, one of each list is enough; every row when absent'),
    map: z
      .strictObject({ attributes: z.array(z.string().min(1)).optional() })
      .optional()
      .describe('fields kept on the documents besides media, language, tone and countries: places, themes, polarity …'),
    maximumFiles: z
      .int()
      .min(1)
      .max(35_040)
      .default(96)
      .describe('files of a list taken in one collection, 96 being a day'),
    maximumBytes: z
      .int()
      .min(1)
      .max(512 * 2 ** 20)
      .default(64 * 2 ** 20)
      .describe('largest file received, in bytes; eight times that once unpacked'),
  })
  .refine(({ lists, path }) => lists !== undefined || path !== undefined, 'lists or path must say where the files are');
type Config = z.infer<typeof config>;

export default defineCollector<Config>({
  name: 'gdelt',
  title: { fr: 'Presse mondiale (GDELT)', en: 'World press (GDELT)' },
  description: {
    fr: 'Lit le graphe GKG 2.1 de GDELT : un titre d’article par document, avec le ton, les lieux et les thèmes que GDELT y a vus. Filtre par langue, site, lieu et thème au fil de la lecture.',
    en: 'Reads GDELT’s GKG 2.1: the title of an article per document, with the tone, places and themes that GDELT saw in it. Filters by language, site, place and theme while reading.',
  },
  config,
  example: {
    lists: ['http://data.gdeltproject.org/gdeltv2/masterfilelist-translation.txt'],
    since: '2026-05-01',
    keep: { languages: ['fra'], places: ['FR'] },
  },
  snapshots: 'append',
  local: {
    config: (path) => ({ path }),
    claims: (name, head) => /\.gkg\.csv(?:\.zip)?$/i.test(name) || /^\d{14}-T?\d+\t\d{14}\t\d\t/.test(head),
  },

  async *collect(settings, effects) {
    for (const list of settings.lists ?? []) {
      effects.signal.throwIfAborted();
      try {
        yield* collectList(list, settings, effects);
      } catch (error) {
        effects.signal.throwIfAborted();
        yield placeRefusal(error, list);
      }
    }
    const patterns = typeof settings.path === 'string' ? [settings.path] : (settings.path ?? []);
    for (const pattern of patterns) {
      effects.signal.throwIfAborted();
      let paths: readonly string[] = [];
      try {
        paths = await expandPaths(effects.root, [pattern]);
      } catch (error) {
        yield placeRefusal(error, pattern);
      }
      for (const path of paths) yield* collectLocal(path, locate(effects.root, path), settings, effects);
    }
  },

  read: (bytes) => readGkgRow(bytes),
});

/** Relative to the project inside it, so that the project can move; as it is outside. */
function locate(root: string, path: string): string {
  const absolute = resolve(root, path);
  const inside = relative(root, absolute);
  return inside.startsWith('..') || isAbsolute(inside) ? absolute : inside.split(sep).join('/');
}
