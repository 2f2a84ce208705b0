// /api/v1/codebook/…: the codebook as it is written, its versions, and a next one before it is saved.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CodebookDesk } from '../run/codebook-desk.ts';
import { sendMistakes } from './problem.ts';

/** There are no accounts yet: whoever sits at this machine. */
const tags = ['codebook'];
const LONGEST = 1_000_000;

const names = z.array(z.string()).readonly();
const titleSchema = z.object({ fr: z.string(), en: z.string() });

const differenceSchema = z.object({
  title: z.boolean(),
  tasks: z
    .array(
      z.object({
        task: z.string(),
        kind: z.enum(['added', 'removed', 'changed']),
        added: names,
        removed: names,
        renamed: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
        retitled: names,
        redefined: names,
        illustrated: names,
        words: names,
      }),
    )
    .readonly(),
});

const codebookSchema = z.object({
  name: z.string(),
  version: z.int(),
  title: titleSchema,
  tasks: z
    .array(
      z.object({
        id: z.string(),
        title: titleSchema,
        kind: z.enum(['one-label', 'several-labels', 'scale', 'spans', 'themes']),
        none: z.string().nullable(),
        abstention: z.boolean(),
        categories: z
          .array(
            z.object({
              id: z.string(),
              title: titleSchema,
              definition: z.string(),
              includes: names,
              excludes: names,
              examples: names,
              terms: z.record(z.string(), z.number()).optional(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
});

const draftSchema = z.object({
  codebook: codebookSchema.nullable(),
  mistakes: z.array(z.object({ line: z.int(), path: z.string(), message: z.string() })).readonly(),
  follows: z
    .object({
      from: z.string(),
      difference: differenceSchema,
      carry: z.object({
        judgements: z.int(),
        carried: z.int(),
        again: z.int(),
        lost: z.object({ dropped: z.int(), redefined: z.int(), reopened: z.int(), kind: z.int() }),
      }),
    })
    .nullable(),
  kept: z.boolean(),
});
export type CodebookDraftAnswer = z.output<typeof draftSchema>;

const viewSchema = z.object({
  path: z.string(),
  text: z.string(),
  etag: z.string(),
  draft: draftSchema,
  counts: z
    .array(z.object({ task: z.string(), label: z.string(), people: z.boolean(), documents: z.int() }))
    .readonly(),
  versions: z
    .array(z.object({ version: z.string(), savedAt: z.string(), difference: differenceSchema.nullable() }))
    .readonly(),
  left: z
    .array(
      z.object({
        document: z.string(),
        task: z.string(),
        label: z.string(),
        reason: z.enum(['dropped', 'redefined', 'reopened', 'kind']),
      }),
    )
    .readonly(),
});
export type CodebookViewAnswer = z.output<typeof viewSchema>;

const textSchema = z.strictObject({ text: z.string().max(LONGEST) });
const savedSchema = z.object({ etag: z.string(), version: z.string() });
export type CodebookSavedAnswer = z.output<typeof savedSchema>;

/** Routes of the codebook. What is wrong with a text that is saved is 422, each mistake with its line. */
export function codebookRoutes(desk: CodebookDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/codebook/view',
      { schema: { summary: 'The codebook, its versions and its counts', tags, response: { 200: viewSchema } } },
      () => desk.view(),
    );
    server.post(
      '/api/v1/codebook/preview',
      {
        schema: {
          summary: 'What this text would be as the next version; nothing is written',
          tags,
          body: textSchema,
          response: { 200: draftSchema },
        },
      },
      (request) => desk.preview(request.body.text),
    );
    server.put(
      '/api/v1/codebook',
      {
        schema: {
          summary: 'Write the codebook',
          tags,
          headers: z.object({ 'if-match': z.string().min(1).max(200).describe('the etag that it was read with') }),
          body: textSchema,
          response: { 200: savedSchema },
        },
      },
      async (request, reply) => {
        const etag = request.headers['if-match'].replace(/^(?:W\/)?"|"$/g, '');
        const saved = await desk.save(request.body.text, { etag, actor: request.actor.person });
        if (saved.kind === 'saved') return { etag: saved.etag, version: saved.version };
        const mistakes = saved.mistakes.map(({ line, path, message }) => ({
          pointer: `/${path.replaceAll('.', '/')}`,
          detail: message,
          line,
        }));
        return sendMistakes(mistakes, request, reply) as never;
      },
    );
  };
}
