// The sources of context of a project, with their collectors, and the series they give: what `app.context` holds.

import { createHash } from 'node:crypto';
import type { Collector } from '../collect/collector.ts';
import type { ContextSeries } from '../model/context.ts';
import { DataSensError } from '../model/error.ts';
import type { SourceName } from '../model/identity.ts';
import { canonicalJson, type Json } from '../model/json.ts';
import { HOLIDAY_SERIES } from '../refine/context/holidays.ts';
import { readContextPlaces } from '../refine/context/place.ts';
import type { ContextReading } from '../store/context-values.ts';
import type { ContextSourceSettings } from './context-settings.ts';
import { pick } from './plugins.ts';
import type { Project } from './project.ts';

/** Raised by hand where the same records would give other values than before. */
const READING_VERSION = 1;

export interface ContextSource {
  /** `context:<name>`, so that it is never taken for a source of text. */
  readonly name: SourceName;
  readonly settings: ContextSourceSettings;
  readonly collector: Collector;
  /** `with`, parsed by the collector's own schema. */
  readonly config: unknown;
  /** Hash of the settings that its records are read by. */
  readonly reading: string;
}

export interface Context {
  readonly holidays: boolean;
  readonly sources: readonly ContextSource[];
  /** Of every source, holidays first. */
  readonly series: readonly ContextSeries[];
  /** What stands of the stored values. */
  readonly readings: readonly ContextReading[];
}

export const HOLIDAY_READING: ContextReading = { source: 'holidays', reading: hashOf({ holidays: READING_VERSION }) };

const HOLIDAYS: ContextSeries = {
  source: HOLIDAY_READING.source,
  sourceTitle: 'Code du travail (L3133-1, L3134-13, L3422-2), loi n° 83-550',
  licence: 'lov2',
  series: HOLIDAY_SERIES,
  title: 'Jours fériés',
  kind: 'event',
  unit: '',
  weekly: 'mean',
};

/** Null where the settings have no `context`. Every mistake is named at once. @throws settings-invalid */
export function configureContext(project: Project, collectors: ReadonlyMap<string, Collector>): Context | null {
  const { context } = project.settings;
  if (context === undefined) return null;
  const mistakes: string[] = [];
  const sources = Object.entries(context.sources).flatMap(([name, settings]) => {
    const say = (path: string, message: string) => void mistakes.push(`  context.sources.${name}.${path}: ${message}`);
    const { territory } = settings;
    if (typeof territory === 'object' && 'is' in territory && readContextPlaces(territory.is).length === 0) {
      say('territory.is', 'is no commune, EPCI, département, région, postal code nor school zone');
    }
    try {
      const collector = pick(collectors, settings.collector, 'collector');
      const parsed = collector.config.safeParse(settings.with);
      if (parsed.success) return [sourceOf(name, settings, collector, parsed.data)];
      for (const issue of parsed.error.issues) say(`with.${issue.path.join('.')}`, issue.message);
    } catch (error) {
      if (!(error instanceof DataSensError)) throw error;
      say('collector', `${error.message}; ${error.remedy ?? ''}`);
    }
    return [];
  });
  if (mistakes.length > 0) {
    throw new DataSensError(
      'settings-invalid',
      `the context has ${mistakes.length} mistake(s):\n${mistakes.join('\n')}`,
      {
        remedy: '`datasens explain <collector>` shows what a collector needs; docs/contexte.md the rest',
      },
    );
  }
  const { holidays } = context;
  return {
    holidays,
    sources,
    series: [...(holidays ? [HOLIDAYS] : []), ...sources.flatMap(seriesOf)],
    readings: [
      ...(holidays ? [HOLIDAY_READING] : []),
      ...sources.map(({ name: source, reading }) => ({ source, reading })),
    ],
  };
}

function sourceOf(name: string, settings: ContextSourceSettings, collector: Collector, config: unknown): ContextSource {
  const { date, territory, values } = settings;
  // What a value is called or measured in changes nothing of what is stored.
  const fields = Object.entries(values).map(([series, { field, kind, where }]) => [series, { field, kind, where }]);
  const collected = collector.reading?.(config) ?? settings.with.map ?? {};
  const reading = hashOf({ date, territory, values: Object.fromEntries(fields), collected, version: READING_VERSION });
  return { name: `context:${name}` as SourceName, settings, collector, config, reading };
}

function seriesOf({ name, settings }: ContextSource): readonly ContextSeries[] {
  const { title, licence, values } = settings;
  return Object.entries(values).map(([series, value]) => ({
    source: name,
    sourceTitle: title ?? name.slice('context:'.length),
    licence,
    series,
    title: value.title ?? series,
    kind: value.kind,
    unit: value.unit ?? '',
    weekly: value.weekly,
  }));
}

function hashOf(settings: unknown): string {
  const plain = JSON.parse(JSON.stringify(settings)) as Json;
  return createHash('sha256').update(canonicalJson(plain)).digest('hex');
}
