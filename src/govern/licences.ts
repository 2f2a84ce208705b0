// Licences that a source may carry, and whether what it gave may be published again under them.

export interface Licence {
  readonly title: string;
  readonly url: string | null;
  /** True where the licence lets anyone reuse what is published. */
  readonly reuse: boolean;
}

/** By id, those of data.gouv.fr first (udata's licence ids), then the international ones. */
export const LICENCES: Readonly<Record<string, Licence>> = {
  lov2: {
    title: 'Licence Ouverte / Open Licence 2.0',
    url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence',
    reuse: true,
  },
  'etalab-2.0': {
    title: 'Licence Ouverte / Open Licence 2.0',
    url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence',
    reuse: true,
  },
  'fr-lo': {
    title: 'Licence Ouverte / Open Licence',
    url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence',
    reuse: true,
  },
  odbl: { title: 'Open Database License 1.0', url: 'https://opendatacommons.org/licenses/odbl/', reuse: true },
  'odc-by': {
    title: 'Open Data Commons Attribution License 1.0',
    url: 'https://opendatacommons.org/licenses/by/',
    reuse: true,
  },
  'odc-pddl': {
    title: 'Open Data Commons Public Domain Dedication 1.0',
    url: 'https://opendatacommons.org/licenses/pddl/',
    reuse: true,
  },
  cc0: { title: 'Creative Commons CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/', reuse: true },
  'cc-by-4.0': {
    title: 'Creative Commons Attribution 4.0',
    url: 'https://creativecommons.org/licenses/by/4.0/',
    reuse: true,
  },
  'cc-by-sa-4.0': {
    title: 'Creative Commons Attribution-ShareAlike 4.0',
    url: 'https://creativecommons.org/licenses/by-sa/4.0/',
    reuse: true,
  },
  'cc-by-nc-4.0': {
    title: 'Creative Commons Attribution-NonCommercial 4.0',
    url: 'https://creativecommons.org/licenses/by-nc/4.0/',
    reuse: false,
  },
  mit: { title: 'MIT', url: 'https://opensource.org/license/mit', reuse: true },
  'apache-2.0': { title: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0', reuse: true },
  internal: { title: 'Usage interne', url: null, reuse: false },
  'all-rights-reserved': { title: 'Tous droits réservés', url: null, reuse: false },
};

/** True where what carries this licence may be published. An unknown licence forbids: silence is no permission. */
export function allowsReuse(licence: string): boolean {
  return LICENCES[licence]?.reuse ?? false;
}
