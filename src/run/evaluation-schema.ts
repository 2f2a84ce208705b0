// The schema of an evaluation as it is told: in the API, and beside the report.

import { z } from 'zod';
import type { TaskKind } from '../model/codebook.ts';
import { SLICES } from '../model/evaluation.ts';

const KINDS = ['one-label', 'several-labels', 'scale', 'spans', 'themes'] as const satisfies readonly TaskKind[];

const interval = z.object({ low: z.number(), high: z.number() });

const figure = z
  .object({ value: z.number().nullable(), n: z.int(), interval: interval.nullable() })
  .describe('value is null where n is too small for a figure; the interval is of 95 %');

const byDrawn = z.object({ random: z.int(), other: z.int() });

const people = z.object({
  persons: z.int(),
  read: byDrawn.describe('documents that people decided of, drawn at random and otherwise'),
  twice: byDrawn,
  undecided: z.int(),
  leftOut: z.int(),
  metric: z.enum(['nominal', 'ordinal', 'masi', 'character']),
  alpha: figure,
  jaccard: figure.nullable(),
  kappa: figure,
  same: figure,
  labels: z.array(z.object({ label: z.string(), alpha: figure, share: figure })).readonly(),
});

const label = z.object({
  label: z.string(),
  precision: figure,
  recall: figure,
  f1: figure,
  support: z.int(),
  predicted: z.int(),
});

const confusion = z
  .object({
    labels: z.array(z.string()).readonly(),
    counts: z.array(z.array(z.int()).readonly()).readonly(),
    abstained: z.array(z.int()).readonly(),
  })
  .describe('rows: people; columns: the machine');

const calibration = z.object({
  n: z.int(),
  expectedError: z.number().nullable(),
  bins: z
    .array(
      z.object({
        from: z.number(),
        to: z.number(),
        n: z.int(),
        said: z.number().nullable(),
        right: z.number().nullable(),
        interval: interval.nullable(),
      }),
    )
    .readonly(),
});

const prevalence = z.object({
  label: z.string(),
  raw: z.object({ n: z.int(), share: z.number() }),
  corrected: z.object({ value: z.number(), interval }).nullable(),
  refused: z.enum(['no-reference', 'label-unread', 'ill-conditioned', 'unstable', 'not-for-spans']).nullable(),
  method: z.enum(['all-labels', 'one-against-others']),
});

const drift = z.object({
  since: z.string(),
  at: z.string(),
  codebook: z.string(),
  versions: z.array(z.string()).readonly(),
  changes: z
    .array(
      z.object({
        figure: z.enum(['accuracy', 'f1']),
        label: z.string().nullable(),
        was: z.number(),
        difference: z.number(),
        interval,
      }),
    )
    .readonly(),
});

const machine = z.object({
  annotator: z.string(),
  versions: z.array(z.string()).readonly(),
  documents: z.int(),
  accuracy: figure,
  elsewhere: figure,
  macroF1: figure,
  exactF1: figure.nullable(),
  coverage: figure,
  alpha: figure,
  kappa: figure,
  labels: z.array(label).readonly(),
  confusion: confusion.nullable(),
  calibration: calibration.nullable(),
  slices: z
    .array(
      z.object({
        by: z.enum(SLICES),
        value: z.string(),
        accuracy: figure,
        coverage: figure,
        apart: z.boolean(),
      }),
    )
    .readonly(),
  prevalence: z.array(prevalence).readonly(),
  drift: drift.nullable(),
});

export const evaluationSchema = z.object({
  format: z.literal('datasens-evaluation@1'),
  id: z.string(),
  at: z.string(),
  codebook: z.string(),
  documents: z.int(),
  tasks: z
    .array(
      z.object({
        task: z.string(),
        kind: z.enum(KINDS),
        people,
        machines: z.array(machine).readonly(),
        wanted: z.object({ within10: z.int(), within5: z.int() }),
      }),
    )
    .readonly(),
});

export const withheldSchema = z.object({
  task: z.string(),
  label: z.string().nullable(),
  reason: z.enum(['people', 'agreement', 'precision', 'unmeasured']),
  measured: z.number().nullable(),
  bar: z.number(),
  n: z.int(),
  missing: z.int().nullable(),
});

/** What `evaluation.json` of a report holds. */
export const reportSchema = evaluationSchema.extend({
  withheld: z.array(withheldSchema.extend({ release: z.string() })).readonly(),
});
