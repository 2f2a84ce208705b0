// The seam where models attach: one file of presets/ is one kind of model, reached through an OpenAI-compatible server.

import type { z } from 'zod';
import { type ModelConfig, modelSchema, type PresetDefaults } from './config.ts';

/** A model is asked over the network, document by document, apart from the annotators that run in worker threads. */
export interface ModelAnnotator {
  /** The name of its file, written on every annotation. */
  readonly name: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly description: { readonly fr: string; readonly en: string };
  readonly config: z.ZodType<ModelConfig>;
  readonly example: unknown;
}

interface Preset extends Omit<ModelAnnotator, 'config'> {
  readonly defaults: PresetDefaults;
}

/** Declares a preset; the file's default export. */
export function defineModel({ defaults, ...preset }: Preset): ModelAnnotator {
  return { ...preset, config: modelSchema(defaults) };
}
