// Who asks, and whether they may: before every route, from one table. A route without a row there is not registered.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DataSensError } from '../model/error.ts';
import type { Actor } from '../model/person.ts';
import { LOCAL_VISITOR, type SessionDesk, type Visitor } from '../run/account-desk.ts';
import { type Access, accessOf, mayDo } from './permissions.ts';
import { readToken } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: what they change is theirs. */
    actor: Actor;
    /** The same with what the workbench shows of it; null on routes that need no session, where there is none. */
    visitor: Visitor | null;
    /** False once the session is past, or its rights were taken away: for answers that last. */
    isStillAllowed(): Promise<boolean>;
  }
}

export interface GuardOptions {
  /** Null where there are no accounts to sign in to: whoever asks has every right. */
  readonly sessions: SessionDesk | null;
  /** True where people come by https. */
  readonly isSecure: boolean;
}

const NOBODY: Actor = { person: 'person:nobody', roles: [] };

/** Makes every route of `server` ask who comes. @throws internal where a route has no row in permissions.ts */
export function guard(server: FastifyInstance, { sessions, isSecure }: GuardOptions): void {
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (accessOf(one, url) !== null) continue;
      throw new DataSensError('internal', `${one} ${url} has no row in src/api/permissions.ts`, {
        remedy: 'add the route there, with the right that it needs',
      });
    }
  });
  server.decorateRequest('actor');
  server.decorateRequest('visitor');
  server.decorateRequest('isStillAllowed');
  server.addHook('onRequest', async (request) => {
    const access = accessTo(request);
    // A stream that waits is no sign of anybody being there.
    const isActive = !(request.headers.accept ?? '').startsWith('text/event-stream');
    const look = (active: boolean) => identify(request, sessions, { isSecure, isActive: active });
    request.visitor = access === 'anyone' ? null : await look(isActive);
    request.actor = request.visitor ?? NOBODY;
    request.isStillAllowed = async () => isAllowed(await look(false), access);
    if (access === 'anyone') return;
    if (request.visitor === null) {
      throw new DataSensError('unauthenticated', 'nobody is signed in', { remedy: 'sign in, then ask again' });
    }
    if (isAllowed(request.visitor, access)) return;
    throw request.visitor.mustChange
      ? new DataSensError('refused', 'a one-time password opens nothing else', { remedy: 'choose your own password' })
      : new DataSensError('refused', 'your roles do not allow this', {
          remedy: 'ask who administers the accounts for a role that does',
        });
  });
}

/** What an address without route needs: below /api/, as much as the rest, so that it tells nothing. */
function accessTo(request: FastifyRequest): Access {
  const path = request.routeOptions.url;
  if (path !== undefined) return accessOf(request.method, path) ?? 'person';
  return request.url.startsWith('/api/') ? 'person' : 'anyone';
}

function isAllowed(visitor: Visitor | null, access: Access): boolean {
  if (access === 'anyone') return true;
  if (visitor === null) return false;
  if (access === 'visitor') return true;
  if (visitor.mustChange) return false;
  return access === 'person' || mayDo(visitor.roles, access);
}

async function identify(
  request: FastifyRequest,
  sessions: SessionDesk | null,
  { isSecure, isActive }: { readonly isSecure: boolean; readonly isActive: boolean },
): Promise<Visitor | null> {
  const visitor =
    sessions === null ? LOCAL_VISITOR : await sessions.identify(readToken(request.headers.cookie, isSecure), isActive);
  // Without accounts only this machine may ask: what a proxy sends on comes from elsewhere.
  if (visitor?.account === null && (request.headers['x-forwarded-for'] ?? request.headers.forwarded) !== undefined) {
    throw new DataSensError('refused', 'a proxy stands in front, and there are no accounts', {
      remedy: '`datasens account add` makes the first one',
    });
  }
  return visitor;
}
