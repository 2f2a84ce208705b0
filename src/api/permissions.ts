// Who may what: each role's rights, and the right that each route needs. A route that has no row here is not served.

import type { Role } from '../model/person.ts';

/**
 * Rights, and the roles that have each. A garant sees everything and changes nothing; who administers accounts needs no
 * corpus for it. Several roles of one person add up.
 */
export const RIGHTS = {
  /** Published figures, the corpus, its copies. */
  read: ['reader', 'analyst', 'reviewer', 'steward', 'dpo', 'garant'],
  /** Files of releases, manifests of runs. */
  export: ['analyst', 'steward', 'dpo', 'garant'],
  /** Sources and runs, and how they fare. */
  follow: ['analyst', 'reviewer', 'steward', 'dpo', 'garant'],
  /** What was refused, where and why. */
  refusals: ['steward', 'dpo', 'garant'],
  /** What a source may be made of. */
  catalogue: ['steward', 'garant'],
  /** Try, add, change, pause sources. */
  sources: ['steward'],
  /** Say where a document is. */
  correct: ['reviewer', 'steward', 'dpo'],
  /** Propose themes, name, merge and split them. */
  themes: ['analyst', 'steward'],
  /** Write the codebook. */
  codebook: ['steward'],
  /** What is reviewed, by how many, and how far it is. */
  reviewing: ['reviewer', 'steward', 'garant'],
  /** Judge texts, one by one or in bulk; settle what others disagree on. */
  review: ['reviewer', 'steward'],
  /** Draw what people judge; settle what one has read oneself. */
  settle: ['steward'],
  /** Start, stop, retry runs. */
  runs: ['steward'],
  /** Names of the people behind the ids. */
  people: ['reviewer', 'steward', 'dpo', 'admin', 'garant'],
  /** Who has an account, with which roles. */
  accounts: ['admin', 'dpo', 'garant'],
  /** Add, change, disable accounts. */
  administer: ['admin'],
  /** Who did what, to what, when. */
  acts: ['dpo', 'admin', 'garant'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Right = keyof typeof RIGHTS;
export const RIGHT_NAMES = Object.keys(RIGHTS) as readonly Right[];

/** `anyone`: needs no session. `visitor`: any session, even before a one-time password is changed. `person`: any session. */
export type Access = Right | 'anyone' | 'visitor' | 'person';

/** Method and path as routes are registered; HEAD follows GET. */
export const ROUTES: Readonly<Record<string, Access>> = {
  'GET /*': 'anyone',
  'POST /api/v1/session': 'anyone',
  'DELETE /api/v1/session': 'visitor',
  'GET /api/v1/me': 'visitor',
  'PUT /api/v1/me/password': 'visitor',
  'GET /api/openapi.json': 'person',
  'GET /api/v1/rights': 'person',

  'GET /api/v1/journey': 'person',
  'GET /api/v1/barometer': 'read',
  'GET /api/v1/barometer/context': 'read',
  'GET /api/v1/documents': 'read',
  'GET /api/v1/documents/:id': 'read',
  'GET /api/v1/documents/:id/steps': 'read',
  'GET /api/v1/documents/:id/context': 'read',
  'GET /api/v1/documents/:id/territory': 'read',
  'POST /api/v1/documents/:id/territory': 'correct',
  'GET /api/v1/places': 'read',
  'GET /api/v1/codebook': 'read',
  'GET /api/v1/codebook/view': 'read',
  'POST /api/v1/codebook/preview': 'codebook',
  'PUT /api/v1/codebook': 'codebook',
  'GET /api/v1/themes': 'read',
  'POST /api/v1/themes': 'themes',
  'POST /api/v1/themes/:id/edits': 'themes',
  'POST /api/v1/themes/:id/accept': 'codebook',
  'GET /api/v1/evaluation': 'read',
  'POST /api/v1/evaluation': 'runs',
  // What the machine and other readers said: who reads blind must not see it first.
  'GET /api/v1/evaluation/divergences': 'export',
  'GET /api/v1/clusters': 'read',
  'GET /api/v1/clusters/:id': 'read',
  'GET /api/v1/releases': 'read',
  'GET /api/v1/releases/:id/files/*': 'export',

  'GET /api/v1/sources': 'follow',
  'GET /api/v1/sources/:name': 'follow',
  'GET /api/v1/sources/:name/refusals': 'refusals',
  'GET /api/v1/collectors': 'catalogue',
  'GET /api/v1/inputs': 'catalogue',
  'GET /api/v1/rhythm': 'catalogue',
  'POST /api/v1/sources/test': 'sources',
  'POST /api/v1/sources/preview': 'sources',
  'PUT /api/v1/sources/:name': 'sources',
  'POST /api/v1/sources/:name/pause': 'sources',
  'POST /api/v1/sources/:name/resume': 'sources',
  'POST /api/v1/sources/:name/duplicate': 'sources',

  'GET /api/v1/recipes': 'follow',
  'GET /api/v1/recipes/:source/examples': 'follow',
  'GET /api/v1/recipes/:source/stranded': 'follow',
  'POST /api/v1/recipes/:source/accept': 'sources',
  'POST /api/v1/recipes/:source/refuse': 'sources',

  'GET /api/v1/runs': 'follow',
  'GET /api/v1/runs/:id': 'follow',
  'GET /api/v1/runs/:id/events': 'follow',
  'GET /api/v1/runs/:id/detail': 'follow',
  'GET /api/v1/runs/:id/difference': 'follow',
  'GET /api/v1/runs/:id/manifest': 'export',
  'GET /api/v1/runs/choices': 'follow',
  'POST /api/v1/runs/estimate': 'runs',
  'POST /api/v1/runs': 'runs',
  'POST /api/v1/runs/:id/cancel': 'runs',
  'POST /api/v1/runs/:id/retry': 'runs',

  'GET /api/v1/acts': 'acts',
  'GET /api/v1/acts/verdict': 'acts',
  'GET /api/v1/review': 'reviewing',
  'POST /api/v1/review/draw': 'settle',
  'POST /api/v1/review/next': 'review',
  'GET /api/v1/review/items': 'reviewing',
  'GET /api/v1/review/items/:document': 'reviewing',
  'PUT /api/v1/review/items/:document/draft': 'review',
  'POST /api/v1/review/answers': 'review',
  'POST /api/v1/review/undo': 'review',
  'GET /api/v1/review/conflicts': 'reviewing',
  'POST /api/v1/review/bulk/count': 'review',
  'POST /api/v1/review/bulk': 'review',
  'POST /api/v1/review/bulk/undo': 'review',

  'GET /api/v1/people': 'people',
  'GET /api/v1/accounts': 'accounts',
  'POST /api/v1/accounts': 'administer',
  'PUT /api/v1/accounts/:person/roles': 'administer',
  'PUT /api/v1/accounts/:person/state': 'administer',
  'POST /api/v1/accounts/:person/password': 'administer',
  'DELETE /api/v1/accounts/:person/sessions': 'administer',
};

/** What a route needs, or null where it has no row. */
export function accessOf(method: string, path: string): Access | null {
  const key = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  return Object.hasOwn(ROUTES, key) ? ROUTES[key]! : null;
}

/** What these roles may, together. */
export function rightsOf(roles: readonly Role[]): readonly Right[] {
  return RIGHT_NAMES.filter((right) => mayDo(roles, right));
}

export function mayDo(roles: readonly Role[], right: Right): boolean {
  const holders: readonly Role[] = RIGHTS[right];
  return roles.some((role) => holders.includes(role));
}
