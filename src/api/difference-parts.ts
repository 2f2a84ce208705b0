// The words of two versions of a text, side by side, as answers spell them (refine/word-diff.ts).

import { z } from 'zod';

/** What stayed, went and came, in order; long stretches that stayed are only counted. */
export const differenceParts = z
  .array(
    z.union([
      z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() }),
      z.object({ kind: z.literal('skipped'), length: z.int() }),
    ]),
  )
  .readonly();
