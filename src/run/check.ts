// Says everything that is wrong with a project at once: settings, collectors' own settings, codebook, truth.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LICENCES } from '../govern/licences.ts';
import { parseRetention } from '../govern/retention.ts';
import { DataSensError } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';
import { configureSources } from './app.ts';
import { readCodebook } from './codebook-file.ts';
import { configureContext } from './context-sources.ts';
import { requireNames } from './learned-names.ts';
import { configureModels } from './models.ts';
import { loadAnnotators, loadCollectors, loadExporters, loadModels, pick } from './plugins.ts';
import { findRoot, type Project, SETTINGS_FILE } from './project.ts';
import { parseSettings, type SettingsProblem } from './settings.ts';
import { readTruth } from './truth.ts';

export interface CheckResult {
  readonly file: string;
  readonly problems: readonly SettingsProblem[];
  /** What the settings declare, when they can be read. */
  readonly declared: { readonly sources: readonly string[]; readonly releases: readonly string[] };
}

/** Reads the settings nearest to `start` and everything they name. @throws settings-missing */
export async function checkProject(start: string): Promise<CheckResult> {
  const root = findRoot(start);
  const text = readFileSync(join(root, SETTINGS_FILE), 'utf8');
  const settings = parseSettings(text);
  if ('problems' in settings) {
    return { file: SETTINGS_FILE, problems: settings.problems, declared: { sources: [], releases: [] } };
  }
  const project: Project = { root, settings, private: join(root, '.datasens') };
  const [collectors, annotators, models, exporters] = await Promise.all([
    loadCollectors(),
    loadAnnotators(),
    loadModels(),
    loadExporters(),
  ]);
  const judges = new Map<string, unknown>([...annotators, ...models]);
  const problems: SettingsProblem[] = [];
  const attempt = (path: string, work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof DataSensError)) throw error;
      problems.push(problem(text, path, [error.message, error.remedy].filter(Boolean).join('; ')));
    }
  };
  attempt('sources', () => configureSources(project, collectors));
  attempt('context', () => configureContext(project, collectors));
  attempt('codebook', () => readCodebook(project));
  const codebook = codebookOrNull(project);
  // A codebook with mistakes was told of: names are looked for in a whole one, or in none.
  if (codebook !== null || settings.annotate === undefined) attempt('names', () => requireNames(project, codebook));
  attempt('truth', () => readTruth(project));
  for (const name of annotatorNames(project)) attempt('annotators', () => pick(judges, name, 'annotator'));
  attempt('annotators', () => configureModels(project, models, codebook));
  for (const release of Object.values(settings.publish)) {
    for (const format of release.formats) attempt('formats', () => pick(exporters, format, 'format'));
  }
  for (const source of Object.values(settings.sources)) {
    attempt('retention', () => parseRetention(source.retention));
    if (!Object.hasOwn(LICENCES, source.licence))
      problems.push(problem(text, 'licence', unknownLicence(source.licence)));
  }
  for (const source of Object.values(settings.context?.sources ?? {})) {
    if (!Object.hasOwn(LICENCES, source.licence))
      problems.push(problem(text, 'licence', unknownLicence(source.licence)));
  }
  const declared = { sources: Object.keys(settings.sources), releases: Object.keys(settings.publish) };
  return { file: SETTINGS_FILE, problems, declared };
}

/** A codebook with mistakes is told of by itself. */
function codebookOrNull(project: Project) {
  try {
    return readCodebook(project);
  } catch (error) {
    if (error instanceof DataSensError) return null;
    throw error;
  }
}

function unknownLicence(licence: string): string {
  const close = nearest(licence, Object.keys(LICENCES));
  return `licence \`${licence}\` is not known${close ? `; did you mean \`${close}\`?` : `; known: ${Object.keys(LICENCES).join(', ')}`}`;
}

function problem(text: string, key: string, message: string): SettingsProblem {
  const line = text.split('\n').findIndex((content) => content.trimStart().startsWith(`${key}:`));
  return { line: line + 1 || 1, path: key, message };
}

/** Names of the annotators that the settings call. */
function annotatorNames({ settings }: Project): readonly string[] {
  return (settings.annotate?.annotators ?? []).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.keys(entry),
  );
}
