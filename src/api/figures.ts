// Schemas that several stages answer with: intervals and coverage.

import { z } from 'zod';

export const intervalSchema = z.object({ low: z.number(), high: z.number() });

export const coverageSchema = z.object({
  collected: z.int(),
  readable: z.int(),
  distinct: z.int(),
  annotated: z.int(),
  validated: z.int(),
  published: z.int(),
  excluded: z.record(z.string(), z.int()),
});
export type CoverageAnswer = z.output<typeof coverageSchema>;

export const isoDay = z.iso.date();
export const filterValue = z.string().min(1).max(200);
