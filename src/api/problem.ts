// The one place where a failure becomes an HTTP answer: RFC 9457 problem+json, in the reader's language.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError, ERROR_CODES, type ErrorCode } from '../model/error.ts';

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES),
  detail: z.string().optional(),
  requestId: z.string(),
  errors: z
    .array(
      z.object({
        pointer: z.string(),
        detail: z.string(),
        /** What kind of mistake it is, and the line of datasens.yaml it would be on. */
        code: z.string().optional(),
        line: z.int().optional(),
      }),
    )
    .optional(),
});
type Problem = z.output<typeof problemSchema>;

interface Meaning {
  readonly status: number;
  readonly fr: string;
  readonly en: string;
}

const MEANINGS: Readonly<Record<ErrorCode, Meaning>> = {
  usage: { status: 400, fr: 'La demande n’est pas comprise', en: 'The request is not understood' },
  'settings-invalid': { status: 500, fr: 'Les réglages comportent des erreurs', en: 'The settings have mistakes' },
  'settings-missing': { status: 500, fr: 'Les réglages sont introuvables', en: 'The settings cannot be found' },
  'secret-missing': { status: 500, fr: 'Un secret n’est pas fourni', en: 'A secret is not provided' },
  'input-missing': { status: 404, fr: 'Une entrée est introuvable', en: 'An input cannot be found' },
  'input-unreadable': { status: 422, fr: 'Une entrée est illisible', en: 'An input cannot be read' },
  'input-too-large': { status: 413, fr: 'La demande est trop volumineuse', en: 'The request is too large' },
  'input-unsupported': { status: 415, fr: 'Ce format n’est pas pris en charge', en: 'This format is not supported' },
  'input-suspect': {
    status: 409,
    fr: 'Une entrée contient bien moins qu’avant',
    en: 'An input holds far less than before',
  },
  'egress-refused': { status: 403, fr: 'Cet hôte n’est pas autorisé', en: 'This host is not allowed' },
  'remote-unavailable': { status: 503, fr: 'Un serveur ne répond pas', en: 'A server does not answer' },
  'remote-refused': { status: 502, fr: 'Un serveur a refusé', en: 'A server refused' },
  'store-unavailable': { status: 503, fr: 'La base ne répond pas', en: 'The store does not answer' },
  'store-corrupt': { status: 500, fr: 'La base est endommagée', en: 'The store is damaged' },
  locked: { status: 409, fr: 'Un autre travail est en cours', en: 'Other work is in progress' },
  'not-found': { status: 404, fr: 'Introuvable', en: 'Not found' },
  refused: { status: 403, fr: 'Refusé', en: 'Refused' },
  unauthenticated: { status: 401, fr: 'Il faut se connecter', en: 'Sign in first' },
  throttled: { status: 429, fr: 'Trop d’essais : patientez', en: 'Too many tries: wait' },
  'quality-gate': { status: 409, fr: 'La qualité mesurée est insuffisante', en: 'The measured quality is too low' },
  'verification-failed': { status: 500, fr: 'La vérification a échoué', en: 'The verification failed' },
  partial: { status: 500, fr: 'Une partie du travail a échoué', en: 'Some of the work failed' },
  cancelled: { status: 503, fr: 'Le travail a été interrompu', en: 'The work was stopped' },
  internal: { status: 500, fr: 'Erreur interne', en: 'Internal error' },
};

/** Codes whose message was written for whoever asks; the others' may name paths and hosts of the installation. */
const TELLS: ReadonlySet<ErrorCode> = new Set([
  'usage',
  'not-found',
  'locked',
  'refused',
  'unauthenticated',
  'throttled',
  'quality-gate',
]);

/** Answers with the problem that `error` is. Messages of unforeseen errors go to the log, never to the reader. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request);
  if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed');
  if (problem.status === 503) reply.header('retry-after', '5');
  if (problem.status === 429 && !reply.hasHeader('retry-after')) reply.header('retry-after', '60');
  // HTTP wants a scheme named (RFC 9110, §11.6.1); browsers know this one not, and ask nothing by themselves.
  if (problem.status === 401) reply.header('www-authenticate', 'DataSens');
  return write(problem, reply);
}

function write(problem: Problem, reply: FastifyReply): FastifyReply {
  return reply
    .code(problem.status)
    .removeHeader('content-length')
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem);
}

/** Answers 422: what was proposed for the settings has these mistakes. */
export function sendMistakes(
  mistakes: NonNullable<Problem['errors']>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOf(new DataSensError('settings-invalid', ''), request);
  return write({ ...problem, status: 422, errors: mistakes }, reply);
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  const code = codeOf(error);
  const meaning = MEANINGS[code];
  const detail = error instanceof DataSensError && TELLS.has(code) ? sentence(error) : undefined;
  const errors = hasZodFastifySchemaValidationErrors(error)
    ? error.validation.map((issue) => ({ pointer: issue.instancePath || '/', detail: issue.message ?? '' }))
    : undefined;
  return {
    type: `urn:datasens:problem:${code}`,
    title: meaning[languageOf(request)],
    status: meaning.status,
    code,
    ...(detail === undefined ? {} : { detail }),
    requestId: request.id,
    ...(errors === undefined ? {} : { errors }),
  };
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof DataSensError) return error.code;
  const status = (error as { readonly statusCode?: unknown } | null)?.statusCode;
  if (status === 404) return 'not-found';
  if (status === 413) return 'input-too-large';
  if (status === 415) return 'input-unsupported';
  if (typeof status === 'number' && status >= 400 && status < 500) return 'usage';
  return 'internal';
}

function sentence(error: DataSensError): string {
  return error.remedy === undefined ? error.message : `${error.message}; ${error.remedy}`;
}

/** French unless the reader asks for English first (RFC 9110 §12.5.4, order of listing). */
function languageOf(request: FastifyRequest): 'fr' | 'en' {
  const wanted = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((language) => language === 'fr' || language === 'en');
  return wanted === 'en' ? 'en' : 'fr';
}
