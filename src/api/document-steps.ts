// GET /api/v1/documents/:id/steps: what became of a document's text, made again from its record.

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import type { StepsDesk } from '../run/document-steps.ts';
import { differenceParts } from './difference-parts.ts';

const stepsSchema = z.union([
  z.object({
    kind: z.literal('traced'),
    steps: z
      .array(
        z.object({
          name: z.enum(['received', 'repaired', 'extracted', 'repaired-again', 'cleaned', 'cut', 'marked']),
          before: z.int(),
          after: z.int(),
          parts: differenceParts,
          withheld: z.boolean(),
        }),
      )
      .readonly(),
    marks: z.record(z.string(), z.int()),
    sizeBytes: z.int(),
    textFormat: z.string(),
    encoding: z.string(),
    given: z.object({ date: z.string().nullable(), territory: z.string().nullable() }),
    version: z.int(),
    programVersion: z.int(),
    same: z.boolean(),
  }),
  z.object({ kind: z.literal('unavailable'), reason: z.enum(['erased', 'reader']) }),
]);
export type DocumentStepsAnswer = z.output<typeof stepsSchema>;

/** The route of a document's steps. */
export function stepRoutes(desk: StepsDesk): FastifyPluginAsyncZod {
  return async (server) => {
    server.get(
      '/api/v1/documents/:id/steps',
      {
        schema: {
          summary: 'What became of a document’s text, step by step, with marks for personal data throughout',
          tags: ['documents'],
          params: z.object({ id: z.string().min(1).max(100) }),
          response: { 200: stepsSchema },
        },
      },
      async ({ params }) => {
        const steps = await desk.steps(params.id);
        if (steps === null) throw new DataSensError('not-found', 'there is no such document');
        return steps;
      },
    );
  };
}
