// What a steward may say about a questionnaire; everything not said is found from its columns and answers.

import { z } from 'zod';
import { fileConfig } from './file-config.ts';
import { PLATFORMS } from './questionnaire-platforms.ts';

const column = z.string().min(1);

export const consultationConfig = fileConfig.omit({ map: true }).extend({
  platform: z
    .enum(['auto', ...PLATFORMS, 'none'])
    .default('auto')
    .describe('what exported the file; by its columns when auto, no platform’s habits when none'),
  id: column.optional().describe('column that numbers the rows; found when absent'),
  participant: z
    .union([column, z.array(column).min(1)])
    .optional()
    .describe('columns that say who answers, kept as a keyed pseudonym only; found when absent'),
  questions: z
    .array(z.union([column, z.strictObject({ column, title: z.string().min(1) })]))
    .min(1)
    .optional()
    .describe('columns of free answers, perhaps with the wording to show; found when absent'),
  attributes: z
    .array(z.union([column, z.strictObject({ column, name: z.string().min(1) })]))
    .optional()
    .describe('columns of closed answers to compare by; found when absent, none when empty'),
  date: column.optional().describe('column of the day of the answer; found when absent'),
  territory: column.optional().describe('column of the postal code, commune or département; found when absent'),
  language: column.optional().describe('column that says the language of the answers; kept as an attribute'),
  ignore: z.array(column).default([]).describe('columns left out of everything'),
  minimumAnswer: z.int().min(1).default(1).describe('shorter answers, in characters, are kept as no answer'),
});

export type ConsultationConfig = z.infer<typeof consultationConfig>;
