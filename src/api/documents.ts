// GET /api/v1/documents (search), /api/v1/documents/:id, /api/v1/codebook.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { PLACE_KINDS, PLACE_ROLES, PLACE_RULES } from '../model/territory.ts';
import type { Reader } from '../run/reader.ts';
import { filterValue, isoDay } from './figures.ts';

const querySchema = z.strictObject({
  q: z.string().max(500).default(''),
  source: filterValue.optional(),
  theme: filterValue.optional(),
  tone: filterValue.optional(),
  department: filterValue.optional(),
  language: filterValue.optional(),
  from: isoDay.optional(),
  to: isoDay.optional(),
  duplicates: z.enum(['fold', 'all']).default('fold'),
  cursor: z.string().min(1).max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

const facetSchema = z.array(z.object({ value: z.string(), n: z.int() })).readonly();

const searchSchema = z.object({
  total: z.int(),
  items: z
    .array(
      z.object({
        id: z.string(),
        title: z.string().nullable(),
        excerpt: z.array(z.object({ text: z.string(), match: z.boolean() })).readonly(),
        source: z.string(),
        published: z.string().nullable(),
        theme: z.string().nullable(),
        tone: z.string().nullable(),
        department: z.string().nullable(),
        language: z.string(),
        copies: z.int(),
        provisional: z.boolean(),
      }),
    )
    .readonly(),
  facets: z.object({
    source: facetSchema,
    theme: facetSchema,
    tone: facetSchema,
    department: facetSchema,
    language: facetSchema,
  }),
  nextCursor: z.string().nullable(),
});
export type SearchAnswer = z.output<typeof searchSchema>;

const namedPlace = z.object({
  kind: z.enum(PLACE_KINDS),
  code: z.string(),
  name: z.string().nullable(),
});
const placeRole = z.enum(PLACE_ROLES);

const documentSchema = z.object({
  id: z.string(),
  source: z.string(),
  title: z.string().nullable(),
  text: z.string(),
  language: z.string(),
  segments: z.array(z.object({ start: z.int(), end: z.int() })).readonly(),
  passages: z.array(z.object({ start: z.int(), end: z.int(), language: z.string() })).readonly(),
  published: z.string().nullable(),
  commune: z.string().nullable(),
  department: z.string().nullable(),
  territory: z
    .object({
      places: z.array(namedPlace).readonly(),
      role: placeRole.nullable(),
      score: z.number().nullable(),
      rule: z.string().nullable(),
      candidates: z.array(namedPlace).readonly(),
      gazetteer: z.string().nullable(),
    })
    .nullable(),
  places: z
    .array(
      z.object({
        at: z.enum(['title', 'text']),
        start: z.int(),
        end: z.int(),
        role: placeRole,
        place: namedPlace.nullable(),
        candidates: z.array(namedPlace).readonly(),
        score: z.number(),
        rule: z.enum(PLACE_RULES),
      }),
    )
    .readonly(),
  url: z.string().nullable(),
  attributes: z.record(z.string(), z.string()),
  annotations: z
    .array(
      z.object({
        task: z.string(),
        codebook: z.string(),
        label: z.string(),
        labels: z.array(z.string()).readonly().optional(),
        score: z.number(),
        annotator: z.string(),
        provisional: z.boolean(),
        at: z.string().nullable(),
        nothing: z.boolean().optional().describe('looked for pieces of the text, and found none to mark'),
        evidence: z.array(z.object({ start: z.int(), end: z.int(), label: z.string(), weight: z.number() })).readonly(),
      }),
    )
    .readonly(),
  consensus: z
    .array(
      z.object({
        task: z.string(),
        label: z.string(),
        labels: z.array(z.string()).readonly().optional(),
        score: z.number(),
        agreement: z.number(),
        annotators: z.array(z.string()).readonly(),
        provisional: z.boolean(),
      }),
    )
    .readonly(),
  findings: z.array(z.object({ code: z.string(), at: z.string(), evidence: z.string() })).readonly(),
  personal: z.record(z.string(), z.int()),
  cluster: z
    .object({
      id: z.string(),
      size: z.int(),
      campaign: z.boolean(),
      copies: z
        .array(
          z.object({
            id: z.string(),
            title: z.string().nullable(),
            source: z.string(),
            published: z.string().nullable(),
            representative: z.boolean(),
          }),
        )
        .readonly(),
    })
    .nullable(),
  model: z.object({ id: z.string(), documents: z.int(), share: z.number() }).nullable(),
  provenance: z.object({
    snapshot: z.object({
      id: z.string(),
      location: z.string(),
      fetchedAt: z.string(),
      sha256: z.string().nullable(),
      sizeBytes: z.int().nullable(),
      mediaType: z.string(),
      charset: z.string().nullable(),
    }),
    record: z.string(),
    ordinal: z.int(),
    key: z.string().nullable(),
    encoding: z.string(),
    recipe: z.object({ id: z.string(), body: z.string() }),
  }),
  licence: z.string(),
  legalBasis: z.string(),
  purpose: z.string(),
  retention: z.string(),
  clearance: z.object({ kind: z.enum(['cleared', 'refused']), reasons: z.array(z.string()).readonly() }).nullable(),
});
export type DocumentAnswer = z.output<typeof documentSchema>;

const titleSchema = z.object({ fr: z.string(), en: z.string() });
const codebookSchema = z.object({
  codebook: z
    .object({
      version: z.string(),
      tasks: z
        .array(
          z.object({
            id: z.string(),
            title: titleSchema,
            none: z.string().nullable(),
            categories: z.array(z.object({ id: z.string(), title: titleSchema })).readonly(),
          }),
        )
        .readonly(),
    })
    .nullable(),
});
export type CodebookAnswer = z.output<typeof codebookSchema>;

/** Routes of the corpus: search, one document, the titles of its labels. */
export function documentRoutes(reader: Reader): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/documents',
      {
        schema: {
          summary: 'Search the corpus',
          tags: ['documents'],
          querystring: querySchema,
          response: { 200: searchSchema },
        },
      },
      async (request) => {
        const { q, duplicates, limit, ...filters } = request.query;
        const { source = null, theme = null, tone = null, department = null } = filters;
        const { language = null, from = null, to = null, cursor = null } = filters;
        return reader.search({ q, duplicates, limit, source, theme, tone, department, language, from, to, cursor });
      },
    );
    server.get(
      '/api/v1/documents/:id',
      {
        schema: {
          summary: 'One document, with its annotations and its provenance',
          tags: ['documents'],
          params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) }),
          response: { 200: documentSchema },
        },
      },
      async (request) => {
        const document = await reader.document(request.params.id);
        if (document === null) throw new DataSensError('not-found', 'there is no such document');
        return document;
      },
    );
    server.get(
      '/api/v1/codebook',
      { schema: { summary: 'Titles of labels', tags: ['documents'], response: { 200: codebookSchema } } },
      async () => ({ codebook: await reader.codebook() }),
    );
  };
}
