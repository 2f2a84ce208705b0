// Which recipe is in force, what another would change, and the decision: /api/v1/recipes and its neighbours.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import type { RecipeDesk } from '../run/recipe-desk.ts';
import { differenceParts } from './difference-parts.ts';

const named = { id: z.string(), version: z.int(), since: z.string() };
const shifts = z.array(z.object({ name: z.string(), before: z.int(), after: z.int() })).readonly();
const entries = z
  .array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
  .readonly();

const differenceSchema = z.object({
  same: z.int(),
  changed: z.int(),
  gone: z.int(),
  new: z.int(),
  changes: z.record(z.string(), z.int()),
  personal: shifts,
  findings: shifts,
  clearance: shifts,
  judgements: z.object({ carried: z.int(), stranded: z.int() }),
});

const recipesSchema = z.object({
  sources: z
    .array(
      z.object({
        source: z.string(),
        title: z.string(),
        inForce: z.object({ ...named, derivable: z.boolean() }),
        proposal: z
          .object({
            ...named,
            state: z.enum(['deriving', 'comparing', 'compared', 'refused']),
            entries,
            records: z.object({ done: z.int(), total: z.int() }),
            difference: differenceSchema.nullable(),
            actor: z.string().nullable(),
            why: z.string().nullable(),
          })
          .nullable(),
        waiting: z.int().describe('records received that are shown in no document until another recipe is in force'),
        replaced: z
          .object({ id: z.string(), actor: z.string().nullable(), why: z.string().nullable(), stranded: z.int() })
          .nullable(),
      }),
    )
    .readonly(),
});
export type RecipesAnswer = z.output<typeof recipesSchema>;

const examplesSchema = z.object({
  examples: z
    .array(
      z.object({
        before: z.string().nullable(),
        after: z.string().nullable(),
        changes: z.array(z.string()).readonly(),
        title: differenceParts,
        text: differenceParts,
        fields: z
          .array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
          .readonly(),
      }),
    )
    .readonly(),
});
export type RecipeExamplesAnswer = z.output<typeof examplesSchema>;

const strandedSchema = z.object({
  judgements: z
    .array(
      z.object({
        before: z.string(),
        after: z.string().nullable(),
        task: z.string(),
        label: z.string(),
        annotator: z.string(),
      }),
    )
    .readonly(),
});
export type StrandedAnswer = z.output<typeof strandedSchema>;

const acceptedSchema = z.object({
  source: z.string(),
  carried: z.int(),
  stranded: z.int(),
  run: z.string().nullable(),
});
export type AcceptedAnswer = z.output<typeof acceptedSchema>;
const refusedSchema = z.object({ source: z.string(), entries });
export type RefusedAnswer = z.output<typeof refusedSchema>;

const params = z.object({ source: z.string().min(1).max(200) });
const acceptance = z.strictObject({ why: z.string().trim().max(2000).optional() });
const refusal = z.strictObject({ why: z.string().trim().min(1).max(2000) });

/** Routes that say what other recipes would change, and take the decision. */
export function recipeRoutes(desk: RecipeDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/recipes',
      {
        schema: {
          summary: 'The recipe in force for each source, and what another would change',
          tags: ['recipes'],
          response: { 200: recipesSchema },
        },
      },
      async () => ({ sources: await desk.list() }),
    );
    server.get(
      '/api/v1/recipes/:source/examples',
      {
        schema: {
          summary: 'A few documents of a source under both recipes, pseudonymised',
          tags: ['recipes'],
          params,
          response: { 200: examplesSchema },
        },
      },
      async ({ params: { source } }) => ({ examples: found(await desk.examples(source)) }),
    );
    server.get(
      '/api/v1/recipes/:source/stranded',
      {
        schema: {
          summary: 'Judgements that the last replacement left on texts that changed',
          tags: ['recipes'],
          params,
          response: { 200: strandedSchema },
        },
      },
      async ({ params: { source } }) => ({ judgements: found(await desk.stranded(source)) }),
    );
    server.post(
      '/api/v1/recipes/:source/accept',
      {
        schema: {
          summary: 'Put the compared recipe in force',
          tags: ['recipes'],
          params,
          body: acceptance,
          response: { 200: acceptedSchema },
        },
      },
      async ({ params: { source }, body, id, actor }) =>
        desk.accept(source, { actor: actor.person, why: body.why || 'compared and accepted' }, id),
    );
    server.post(
      '/api/v1/recipes/:source/refuse',
      {
        schema: {
          summary: 'Keep the recipe in force, and stop asking for the other',
          tags: ['recipes'],
          params,
          body: refusal,
          response: { 200: refusedSchema },
        },
      },
      async ({ params: { source }, body, actor }) => desk.refuse(source, { actor: actor.person, why: body.why }),
    );
  };
}

function found<Found>(answer: Found | null): Found {
  if (answer === null) throw new DataSensError('not-found', 'no other recipe is proposed for this source');
  return answer;
}
