// /api/v1/places and /api/v1/documents/:id/territory: where a document is, said by a person.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import { PLACE_KINDS, TERRITORY_DECISIONS } from '../model/territory.ts';
import type { TerritoryDesk } from '../run/territory-desk.ts';

const params = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) });
const namedPlace = z.object({ kind: z.enum(PLACE_KINDS), code: z.string(), name: z.string().nullable() });
const said = { decision: z.enum(TERRITORY_DECISIONS), place: namedPlace.nullable() };

const stateSchema = z.object({
  found: z.object({ places: z.array(namedPlace).readonly(), rule: z.string().nullable() }),
  correction: z.object({ ...said, annotator: z.string(), at: z.string(), always: z.boolean() }).nullable(),
  form: z.object({ kind: z.enum(['field', 'text']), words: z.string() }).nullable(),
  lesson: z.object({ ...said, corrections: z.int() }).nullable(),
});
export type TerritoryStateAnswer = z.output<typeof stateSchema>;

const placesSchema = z.object({
  places: z
    .array(z.object({ kind: z.enum(PLACE_KINDS), code: z.string(), name: z.string(), within: z.string().nullable() }))
    .readonly(),
});
export type PlacesAnswer = z.output<typeof placesSchema>;

const always = z
  .boolean()
  .default(false)
  .describe('for every text of this source in which the same written form decides');
const bodySchema = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('place'),
    place: z.strictObject({ kind: z.enum(PLACE_KINDS), code: z.string().regex(/^[0-9AB]{2,9}$/) }),
    always,
  }),
  z.strictObject({ decision: z.literal('elsewhere'), always }),
  z.strictObject({ decision: z.literal('nowhere'), always }),
  z.strictObject({ decision: z.literal('withdrawn') }),
]);

const correctedSchema = z.object({ others: z.int().describe('other documents that changed with it') });
export type CorrectedAnswer = z.output<typeof correctedSchema>;

/** Routes of territories. */
export function territoryRoutes(desk: TerritoryDesk): FastifyPluginAsyncZod {
  const tags = ['documents'];
  return async (server) => {
    server.get(
      '/api/v1/places',
      {
        schema: {
          summary: 'Places by name, code or postal code',
          tags,
          querystring: z.strictObject({ q: z.string().max(100) }),
          response: { 200: placesSchema },
        },
      },
      async (request) => ({ places: desk.search(request.query.q) }),
    );
    server.get(
      '/api/v1/documents/:id/territory',
      {
        schema: {
          summary: 'What was found, corrected and learned of the territory of a document',
          tags,
          params,
          response: { 200: stateSchema },
        },
      },
      async (request) => {
        const state = await desk.state(request.params.id);
        if (state === null) throw new DataSensError('not-found', 'there is no such document');
        return state;
      },
    );
    server.post(
      '/api/v1/documents/:id/territory',
      {
        schema: {
          summary: 'Say where a document is',
          tags,
          params,
          body: bodySchema,
          response: { 200: correctedSchema },
        },
      },
      (request) => desk.correct(request.params.id, request.body, request.actor.person),
    );
  };
}
