// The models of the settings, each checked before a text could leave: its configuration, its host, its place on the list.

import type { ModelAnnotator } from '../annotate/model/annotator.ts';
import { findModel, KNOWN_MODELS } from '../annotate/model/catalogue.ts';
import { judgingConfig, type ModelConfig } from '../annotate/model/config.ts';
import { askedTasks, checkTasks } from '../annotate/model/question.ts';
import { approve } from '../egress/policy.ts';
import type { Codebook } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { Project } from './project.ts';
import type { Settings } from './settings.ts';

export type AnnotatorEntries = NonNullable<Settings['annotate']>['annotators'];

export interface ConfiguredModel {
  readonly name: string;
  readonly config: ModelConfig;
}

/** The annotators of the settings that are no models, as they are written. */
export function threadAnnotators(project: Project, presets: ReadonlyMap<string, unknown>): AnnotatorEntries {
  return (project.settings.annotate?.annotators ?? []).flatMap((entry): AnnotatorEntries => {
    if (typeof entry === 'string') return presets.has(entry) ? [] : [entry];
    const local = Object.entries(entry).filter(([name]) => !presets.has(name));
    return local.length === 0 ? [] : [Object.fromEntries(local)];
  });
}

/** Another key asks every text again, unless its answer is kept. */
export function modelsKey(models: readonly ConfiguredModel[]): string {
  return JSON.stringify(models.map(({ name, config }) => ({ [name]: judgingConfig(config) })));
}

/**
 * The models of the settings.
 * @throws settings-invalid naming every mistake: unknown keys, an undeclared host, a model that is not allowed
 */
export function configureModels(
  project: Project,
  presets: ReadonlyMap<string, ModelAnnotator>,
  codebook: Codebook | null,
): readonly ConfiguredModel[] {
  const mistakes: string[] = [];
  const models: ConfiguredModel[] = [];
  for (const [name, given] of entriesOf(project)) {
    const preset = presets.get(name);
    if (preset === undefined) continue;
    const tell = (words: string) => void mistakes.push(`  annotate.annotators.${name}${words}`);
    if (models.some((model) => model.name === name)) tell(': named twice; one annotator has one name');
    const parsed = preset.config.safeParse(given);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) tell(`.${path.join('.')}: ${message}`);
      continue;
    }
    const config = parsed.data;
    const refusal = hostRefusal(project, config.endpoint);
    if (refusal !== null) tell(`.endpoint: ${refusal}`);
    const approved = project.settings.annotate?.models ?? [];
    if (findModel(config.model, approved) === null) tell(`.model: ${notAllowed(config.model)}`);
    if (codebook !== null) {
      const problem = taskProblem(codebook, config);
      if (problem !== null) tell(`.tasks: ${problem}`);
    }
    models.push({ name, config });
  }
  if (mistakes.length === 0) return models;
  throw new DataSensError(
    'settings-invalid',
    `the models have ${mistakes.length} mistake(s):\n${mistakes.join('\n')}`,
    {
      remedy: '`datasens explain <annotator>` shows what a model needs',
    },
  );
}

function entriesOf(project: Project): readonly (readonly [string, unknown])[] {
  return (project.settings.annotate?.annotators ?? []).flatMap((entry): (readonly [string, unknown])[] =>
    typeof entry === 'string' ? [[entry, {}]] : Object.entries(entry),
  );
}

function hostRefusal(project: Project, endpoint: string): string | null {
  const { textMayGoTo } = project.settings.sovereignty;
  const judged = approve(endpoint, { purpose: 'text', policy: { collect: [], text: textMayGoTo }, previous: null });
  if (judged.kind === 'approved') return null;
  const { host } = new URL(endpoint);
  if (judged.reason === 'host-undeclared' || judged.reason === 'port') {
    return `text may not go to ${host}; add it to sovereignty.textMayGoTo if it is yours`;
  }
  return `text does not go to ${host} (${judged.reason})`;
}

function notAllowed(model: string): string {
  return (
    `${model} is not among the models allowed (${KNOWN_MODELS.join(', ')}); ` +
    'approve it under annotate.models, with its licence, tuningData, country and approver'
  );
}

function taskProblem(codebook: Codebook, config: ModelConfig): string | null {
  try {
    checkTasks(codebook, config.tasks);
  } catch (error) {
    if (error instanceof DataSensError) return `${error.message}; ${error.remedy}`;
    throw error;
  }
  return askedTasks(codebook, config.tasks).length === 0 ? 'the codebook has no category that it could choose' : null;
}
