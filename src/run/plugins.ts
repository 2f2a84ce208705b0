// Collectors, annotators and exporters are read from their folders: a file is all it takes to add one.

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Annotator } from '../annotate/annotator.ts';
import type { ModelAnnotator } from '../annotate/model/annotator.ts';
import type { Collector } from '../collect/collector.ts';
import { DataSensError } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';
import type { Exporter } from '../publish/exporter.ts';

const source = join(import.meta.dirname, '..');

export const loadCollectors = () => load<Collector>(join(source, 'collect/collectors'));
/** One collector, with what it alone imports. @throws settings-invalid */
export const loadCollector = async (name: string) =>
  pick(await load<Collector>(join(source, 'collect/collectors'), name), name, 'collector');
export const loadAnnotators = () => load<Annotator>(join(source, 'annotate/annotators'));
export const loadModels = () => load<ModelAnnotator>(join(source, 'annotate/presets'));
export const loadExporters = () => load<Exporter>(join(source, 'publish/exporters'));

/** One plugin by its name. @throws settings-invalid naming the known ones. */
export function pick<Plugin>(plugins: ReadonlyMap<string, Plugin>, name: string, role: string): Plugin {
  const plugin = plugins.get(name);
  if (plugin !== undefined) return plugin;
  const close = nearest(name, [...plugins.keys()]);
  const hint = close ? `did you mean \`${close}\`?` : `known: ${[...plugins.keys()].join(', ')}`;
  throw new DataSensError('settings-invalid', `no ${role} is called \`${name}\``, { remedy: hint });
}

async function load<Plugin extends { readonly name: string }>(
  folder: string,
  wanted?: string,
): Promise<ReadonlyMap<string, Plugin>> {
  const plugins = new Map<string, Plugin>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const name = basename(file, '.ts');
    if (wanted !== undefined && name !== wanted) continue;
    const plugin = ((await import(join(folder, file))) as { readonly default?: Plugin }).default;
    if (plugin?.name !== name) {
      throw new DataSensError('internal', `${file} must default-export a plugin named \`${name}\``);
    }
    plugins.set(name, plugin);
  }
  return plugins;
}
