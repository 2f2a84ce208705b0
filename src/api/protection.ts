// What every answer carries and what every request must show: security headers, a Host that is served, its own origin to
// write.

import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DataSensError } from '../model/error.ts';

/** No inline script or style, nothing from elsewhere, never in a frame (ASVS 5.0, 3.4). */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
  "img-src 'self' data:",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Adds the headers, the Host check against DNS rebinding, the check of who writes, and conditional GET to every route of
 * `server`.
 * @param origin the address that people open where it is not on the loopback
 */
export function protect(server: FastifyInstance, origin: URL | null): void {
  const headers = origin === null ? HEADERS : { ...HEADERS, 'strict-transport-security': 'max-age=31536000' };
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...headers, 'x-request-id': request.id });
    const own = ownOrigin(request.headers.host ?? '', origin);
    if (own === null) {
      const address = origin === null ? 'http://127.0.0.1' : origin.origin;
      throw new DataSensError('refused', 'this Host is not served', { remedy: `open ${address} instead` });
    }
    if (!SAFE_METHODS.has(request.method)) requireOwnOrigin(request, own);
  });
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || typeof payload !== 'string' || reply.statusCode !== 200) return payload;
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
    const etag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
    reply.header('etag', etag);
    if (!matches(request.headers['if-none-match'], etag)) return payload;
    reply.code(304).removeHeader('content-length').removeHeader('content-type');
    return null;
  });
}

/** The origin of pages served under this Host, or null where it is not served. */
function ownOrigin(host: string, origin: URL | null): string | null {
  if (origin !== null && host.toLowerCase() === origin.host) return origin.origin;
  return LOCAL_HOSTS.has(host.replace(/:\d{1,5}$/, '').toLowerCase()) ? `http://${host}` : null;
}

/**
 * What stops another site from writing through its visitor's browser, besides a cookie that is sent by this site only: a
 * browser says where a request comes from, and asks first before it sends JSON elsewhere (OWASP, Cross-Site Request
 * Forgery Prevention).
 */
function requireOwnOrigin(request: FastifyRequest, own: string): void {
  const { origin, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers;
  const foreign = (origin !== undefined && origin !== own) || (site !== undefined && site !== 'same-origin');
  if (foreign || (origin === undefined && site === undefined)) {
    throw new DataSensError('refused', 'this request does not come from the workbench', {
      remedy: 'write from the workbench itself, or send its address as Origin',
    });
  }
  if (type.split(';')[0]!.trim().toLowerCase() !== 'application/json') {
    throw new DataSensError('refused', 'only JSON is written here', { remedy: 'send content-type: application/json' });
  }
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
