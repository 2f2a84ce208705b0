// Explains a collector, annotator or exporter from its own schema: what it needs, with an example that works.

import { z } from 'zod';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import { loadAnnotators, loadCollectors, loadExporters, loadModels } from './plugins.ts';

export interface Explanation {
  readonly name: string;
  readonly role: 'collector' | 'annotator' | 'exporter';
  readonly title: { readonly fr: string; readonly en: string };
  readonly description: string;
  /** JSON Schema of what stands under `with` (or the annotator's name). */
  readonly schema: JsonObject;
  readonly example: unknown;
}

/** Every plugin, or the one named. @throws not-found naming the closest */
export async function explain(name: string | null): Promise<readonly Explanation[]> {
  const [collectors, annotators, models, exporters] = await Promise.all([
    loadCollectors(),
    loadAnnotators(),
    loadModels(),
    loadExporters(),
  ]);
  const all: Explanation[] = [
    ...[...collectors.values()].map((plugin) => describe('collector', plugin)),
    ...[...annotators.values()].map((plugin) => describe('annotator', plugin)),
    ...[...models.values()].map((plugin) => describe('annotator', plugin)),
    ...[...exporters.values()].map((plugin) => describe('exporter', plugin)),
  ];
  if (name === null) return all;
  const found = all.filter((explanation) => explanation.name === name);
  if (found.length > 0) return found;
  const close = nearest(
    name,
    all.map((explanation) => explanation.name),
  );
  throw new DataSensError('not-found', `nothing is called \`${name}\``, {
    remedy: close ? `did you mean \`${close}\`?` : `known: ${all.map((explanation) => explanation.name).join(', ')}`,
  });
}

interface Described {
  readonly name: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly description?: { readonly fr: string; readonly en: string };
  readonly config?: z.ZodType;
  readonly example?: unknown;
}

function describe(role: Explanation['role'], plugin: Described): Explanation {
  const schema = plugin.config ? z.toJSONSchema(plugin.config, { io: 'input', unrepresentable: 'any' }) : {};
  return {
    name: plugin.name,
    role,
    title: plugin.title,
    description: plugin.description?.fr ?? plugin.title.fr,
    schema: schema as unknown as JsonObject,
    example: plugin.example ?? {},
  };
}
