// The tagger that finds names beside the rules: which one the settings mean, and its artefact where threads read it.
// It learned from texts in which names were whole: what was learned in a project's texts, which hold marks, is not for this.

import type { Codebook } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { RecipeId } from '../model/identity.ts';
import { nearest } from '../model/nearest.ts';
import { type Recipe, recipeId } from '../model/recipe.ts';
import type { Database, Tx } from '../store/database.ts';
import type { Objects } from '../store/objects.ts';
import { findStudent, promotedFromFile } from '../store/students.ts';
import type { Project } from './project.ts';
import { artefactAtHand } from './students.ts';

/** What a thread needs to find names as a recipe says. */
export interface NamesAtHand {
  /** Of the artefact; absolute. */
  readonly path: string;
  readonly labels: readonly string[];
}

interface Asked<Source> {
  readonly project: Project;
  readonly codebook: Codebook | null;
  readonly asked: readonly Source[];
}

interface Places {
  readonly control: Database;
  readonly objects: Objects;
  readonly project: Project;
}

/**
 * The sources with the tagger of names that their recipes say: the last one promoted of the settings' task that learned from a
 * file, under whatever version of the codebook. As they are where the settings name none, or none is promoted yet.
 */
export async function withLearnedNames<Source extends { readonly recipe: Recipe; readonly recipeId: RecipeId }>(
  tx: Tx,
  { project, codebook, asked }: Asked<Source>,
): Promise<readonly Source[]> {
  const wanted = requireNames(project, codebook);
  if (wanted === null) return asked;
  const { task, labels } = wanted;
  const student = await promotedFromFile(tx, { codebook: codebook!.name, task, labels });
  if (student === null) return asked;
  return asked.map((source) => {
    const recipe: Recipe = { ...source.recipe, names: { student, labels } };
    return { ...source, recipe, recipeId: recipeId(recipe) };
  });
}

/** What the settings say, checked against the codebook; null where they say nothing. @throws settings-invalid */
export function requireNames(project: Project, codebook: Codebook | null) {
  const { names } = project.settings.refine;
  if (names === undefined) return null;
  const spans = (codebook?.tasks ?? []).filter(({ kind }) => kind === 'spans');
  const task = spans.find(({ id }) => id === names.task);
  if (task === undefined) throw unknown('task of spans', names.task, spans);
  for (const label of names.labels) {
    if (!task.categories.some(({ id }) => id === label)) throw unknown('category of its task', label, task.categories);
  }
  return { task: task.id, labels: [...new Set(names.labels)].sort() };
}

function unknown(what: string, name: string, among: readonly { readonly id: string }[]): DataSensError {
  const ids = among.map(({ id }) => id);
  const close = nearest(name, ids);
  return new DataSensError('settings-invalid', `refine.names: \`${name}\` is no ${what} of the codebook`, {
    remedy: close ? `did you mean \`${close}\`?` : `known: ${ids.join(', ') || 'none'}`,
  });
}

/** The artefact that a recipe names, fetched where it is not at hand. @throws store-corrupt where it is gone */
export async function namesAtHand(app: Places, { names }: Recipe): Promise<NamesAtHand | null> {
  if (names === undefined) return null;
  const student = await app.control.transaction((tx) => findStudent(tx, names.student));
  if (student === null) {
    throw new DataSensError('store-corrupt', `the tagger of names ${names.student.slice(0, 12)} is not kept any more`, {
      remedy: 'train it again from its file, and accept the recipe that follows',
    });
  }
  return { path: await artefactAtHand(app, student), labels: names.labels };
}
