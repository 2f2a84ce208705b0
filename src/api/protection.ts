// What every answer carries and what every request must show: security headers, a local Host, its own origin to write.

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
 */
export function protect(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...HEADERS, 'x-request-id': request.id });
    const host = (request.headers.host ?? '').replace(/:\d{1,5}$/, '').toLowerCase();
    if (!LOCAL_HOSTS.has(host)) {
      throw new DataSensError('refused', 'this Host is not served', { remedy: 'open http://127.0.0.1 instead' });
    }
    if (!SAFE_METHODS.has(request.method)) requireOwnOrigin(request);
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

/**
 * There is no sign-in: what stops another site from writing through its visitor's browser is that a browser says where a
 * request comes from, and asks first before it sends JSON elsewhere (OWASP, Cross-Site Request Forgery Prevention).
 */
function requireOwnOrigin(request: FastifyRequest): void {
  const { origin, host, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers;
  const foreign =
    (origin !== undefined && origin !== `http://${host}`) || (site !== undefined && site !== 'same-origin');
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
