// Settings of known APIs, kept as data: one file of presets/ is one preset, and what a source says itself comes first.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const presetFile = z.strictObject({
  title: z.strictObject({ fr: z.string().min(1), en: z.string().min(1) }),
  documentation: z.array(z.url()).min(1),
  licence: z.string().min(1).optional(),
  /** What the steward must add, e.g. the address of the organisation's own platform. */
  needs: z.array(z.string().min(1)).default([]),
  with: z.record(z.string(), z.unknown()),
});

export type Preset = z.infer<typeof presetFile>;
type Settings = Readonly<Record<string, unknown>>;

/** Settings that are completed key by key; any other is replaced whole. */
const COMPLETED = new Set(['params', 'headers', 'map', 'body', 'variables', 'attributes']);

/** The presets of a folder by name. @throws ZodError where a file is no preset: they come with the program */
export function readPresets(folder: string): ReadonlyMap<string, Preset> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return new Map(
    files.sort().map((file) => {
      const preset: unknown = parse(readFileSync(join(folder, file), 'utf8'));
      return [basename(file, '.yaml'), presetFile.parse(preset)] as const;
    }),
  );
}

/** `over` on top of `under`. */
export function completeSettings(under: Settings, over: Settings): Settings {
  const completed = Object.entries(over).map(([name, value]) => {
    const below = under[name];
    return [
      name,
      COMPLETED.has(name) && isSettings(value) && isSettings(below) ? completeSettings(below, value) : value,
    ];
  });
  return { ...under, ...Object.fromEntries(completed) };
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
