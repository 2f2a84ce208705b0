// What the settings say of a model: where it is, what it is asked with, what it costs and how much it may cost.

import { z } from 'zod';

const price = z
  .strictObject({
    inputPerMillion: z.number().min(0).max(10_000).default(0).describe('euros for a million tokens read'),
    outputPerMillion: z.number().min(0).max(10_000).default(0).describe('euros for a million tokens written'),
    perHour: z.number().min(0).max(10_000).default(0).describe('euros for an hour of the machine'),
  })
  .prefault({});

const budget = z
  .strictObject({
    tokens: z.number().positive().optional().describe('tokens, read and written'),
    euros: z.number().positive().optional(),
    hours: z.number().positive().optional().describe('hours during which the model is asked'),
  })
  .prefault({})
  .describe('never exceeded, over all runs of one codebook version; the work stops there, and what was done is kept');

/** What a preset knows of its models; what it does not know, the settings must say. */
export interface PresetDefaults {
  readonly endpoint?: string;
  readonly model?: string;
  /** Most tokens, read and written, that the model handles well, whatever its server accepts. */
  readonly contextTokens?: number;
}

/** The schema of one preset. Everything but the address and the model has a value that works. */
export function modelSchema({ endpoint, model, contextTokens }: PresetDefaults) {
  const address = z
    .url({ protocol: /^https?$/ })
    .describe('address of the OpenAI-compatible server, e.g. https://lucie.example.fr/v1');
  const name = z.string().min(1).max(200).describe('name of the model on that server');
  const context = z.int().min(512).max(10_000_000).describe('most tokens of one request, whatever the server accepts');
  return z.strictObject({
    endpoint: endpoint === undefined ? address : address.default(endpoint),
    model: model === undefined ? name : name.default(model),
    revision: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('what tells versions of the model apart, where you know it'),
    key: z.string().min(1).optional().describe('secret of the server: a file (file:path) or an environment variable'),
    tasks: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('tasks of the codebook that it judges; all when absent'),
    temperature: z.number().min(0).max(2).default(0),
    seed: z.int().min(0).max(2_147_483_647).default(1),
    answerTokens: z.int().min(64).max(16_384).default(768).describe('longest answer; a longer one is refused'),
    contextTokens: contextTokens === undefined ? context.optional() : context.default(contextTokens),
    concurrency: z.int().min(1).max(64).default(16).describe('most documents in hand at once; fewer where it is slow'),
    timeoutSeconds: z.number().min(0.05).max(3600).default(120).describe('longest wait for one answer'),
    attempts: z.int().min(1).max(10).default(3).describe('times a document is asked before it is left'),
    price,
    watts: z.number().min(0).max(1_000_000).default(0).describe('power of the machine while it is asked'),
    budget,
  });
}

export type ModelConfig = z.infer<ReturnType<typeof modelSchema>>;

/** The part of the configuration that the answers depend on: another one asks every document again. */
export function judgingConfig(config: ModelConfig) {
  const { model, revision = null, tasks = null, temperature, seed, answerTokens, contextTokens = null } = config;
  return { model, revision, tasks, temperature, seed, answerTokens, contextTokens };
}
