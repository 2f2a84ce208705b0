// /api/v1/themes: themes proposed from the corpus, what people make of them, their acceptance.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ThemeDesk } from '../run/theme-desk.ts';

const tags = ['themes'];

const themeId = z.string().regex(/^t\d{1,6}$/);
const ids = z.array(z.string()).readonly();

const namerSchema = z.object({ annotator: z.string(), model: z.string() });

const themeSchema = z.object({
  id: z.string(),
  name: z.string(),
  terms: z.record(z.string(), z.number()),
  first: ids,
  stability: z.number().nullable(),
  coherence: z.number().nullable(),
  minority: z.boolean(),
  state: z.enum(['candidate', 'selected', 'dropped']),
  description: z.string().nullable(),
  namedBy: namerSchema.nullable(),
  figures: z.object({
    texts: z.int(),
    documents: z.int(),
    share: z.number(),
    interval: z.object({ low: z.number(), high: z.number() }),
    representative: ids,
    divergent: ids,
  }),
});

const made = z.object({ id: z.string(), name: z.string() });
const editSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('name'),
    theme: z.string(),
    name: z.string(),
    description: z.string(),
    by: namerSchema,
  }),
  z.object({ kind: z.literal('rename'), theme: z.string(), name: z.string() }),
  z.object({ kind: z.literal('merge'), themes: ids, into: made }),
  z.object({ kind: z.literal('split'), theme: z.string(), into: z.array(made).readonly() }),
  z.object({ kind: z.literal('drop'), theme: z.string() }),
  z.object({ kind: z.literal('select'), theme: z.string() }),
  z.object({ kind: z.literal('unselect'), theme: z.string() }),
  z.object({ kind: z.literal('accept'), version: z.string(), themes: ids }),
]);

const boardSchema = z.object({
  id: z.string(),
  proposedAt: z.string(),
  actor: z.string(),
  sources: ids.nullable(),
  discovery: z.object({
    seed: z.int(),
    texts: z.int(),
    documents: z.int(),
    unassigned: z.int(),
    tried: z.array(z.object({ count: z.int(), stability: z.number() })).readonly(),
    agreement: z.number(),
    repeats: z.int(),
  }),
  textsNow: z.int(),
  naming: z
    .object({
      annotator: z.string(),
      model: z.string().nullable(),
      named: z.int(),
      kept: z.record(z.string(), z.enum(['form', 'ungrounded', 'copied', 'personal', 'duplicate'])),
      stopped: z.enum(['unconfirmed', 'budget', 'unreachable', 'refused']).nullable(),
    })
    .nullable(),
  themes: z.array(themeSchema).readonly(),
  texts: z.record(z.string(), z.string()),
  history: z.array(z.object({ at: z.string(), actor: z.string(), edit: editSchema })).readonly(),
});
export type ThemeBoardAnswer = z.output<typeof boardSchema>;

const themesSchema = z.object({ board: boardSchema.nullable(), progress: z.number().nullable() });
export type ThemesAnswer = z.output<typeof themesSchema>;

const acceptedSchema = z.object({
  version: z.string(),
  themes: z.int(),
  /** The line that the settings lack before `themes` assigns anything; null where they name it. */
  settings: z.string().nullable(),
});
export type ThemesAcceptedAnswer = z.output<typeof acceptedSchema>;

const changeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rename'), theme: themeId, name: z.string().trim().min(1).max(120) }),
  z.strictObject({ kind: z.literal('merge'), themes: z.array(themeId).min(2).max(50) }),
  z.strictObject({ kind: z.literal('split'), theme: themeId }),
  z.strictObject({ kind: z.literal('drop'), theme: themeId }),
  z.strictObject({ kind: z.literal('select'), theme: themeId }),
  z.strictObject({ kind: z.literal('unselect'), theme: themeId }),
]);

const params = z.object({ id: z.uuid() });

/** Routes of proposed themes. Proposing may take a minute: meanwhile, `progress` of a reading says how far it is. */
export function themeRoutes(desk: ThemeDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/themes',
      { schema: { summary: 'The newest proposal, as it stands', tags, response: { 200: themesSchema } } },
      async () => ({ board: await desk.board(null), progress: desk.progress() }),
    );
    server.post(
      '/api/v1/themes',
      {
        schema: {
          summary: 'Propose themes from the corpus',
          tags,
          body: z.strictObject({
            sources: z.array(z.string().min(1).max(200)).min(1).max(200).nullable().default(null),
            seed: z.int().min(0).max(1_000_000).default(1),
            count: z.int().min(1).max(60).nullable().default(null),
          }),
          response: { 200: boardSchema },
        },
      },
      (request) => desk.propose({ ...request.body, actor: request.actor.person }),
    );
    server.post(
      '/api/v1/themes/:id/edits',
      {
        schema: {
          summary: 'Rename, merge, split, select or set aside',
          tags,
          params,
          body: changeSchema,
          response: { 200: boardSchema },
        },
      },
      (request) => desk.change(request.params.id, request.body, request.actor.person),
    );
    server.post(
      '/api/v1/themes/:id/accept',
      {
        schema: {
          summary: 'Write the selected themes into the codebook, as a new version',
          tags,
          params,
          body: z.strictObject({}),
          response: { 200: acceptedSchema },
        },
      },
      (request) => desk.accept(request.params.id, request.actor.person),
    );
  };
}
