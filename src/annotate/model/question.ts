// What a model is asked of a text: the tasks, spelled as a JSON Schema with closed labels that the server must keep to.

import { ABSTAINED } from '../../model/annotation.ts';
import type { Codebook, Task } from '../../model/codebook.ts';
import { DataSensError } from '../../model/error.ts';
import type { JsonObject } from '../../model/json.ts';

/** Most quotes for one task, and the longest, in characters: a grammar must end. */
export const MAXIMUM_QUOTES = 3;
const MAXIMUM_SPANS = 40;
const MAXIMUM_QUOTE_LENGTH = 200;
export const CONFIDENCES = { faible: 0.3, moyenne: 0.6, forte: 0.9 } as const;

/** Tasks of the codebook that a model can be asked: those that have categories, and that the settings name. */
export function askedTasks(codebook: Codebook, names: readonly string[] | undefined): readonly Task[] {
  return codebook.tasks.filter(({ id, categories }) => categories.length > 0 && (names?.includes(id) ?? true));
}

/** The tasks that a configuration names and the codebook does not have. @throws settings-invalid */
export function checkTasks(codebook: Codebook, names: readonly string[] | undefined): void {
  const unknown = names?.find((name) => !codebook.tasks.some(({ id }) => id === name));
  if (unknown === undefined) return;
  throw new DataSensError('settings-invalid', `the codebook has no task named ${unknown}`, {
    remedy: `name some of: ${codebook.tasks.map(({ id }) => id).join(', ')}`,
  });
}

/** Labels that answer a task of one label. */
export function labelsOf(task: Task): readonly string[] {
  const ids = task.categories.map(({ id }) => id);
  return task.abstention ? [...ids, ABSTAINED] : ids;
}

/** True where several labels are given at once. */
export function takesSeveral({ kind }: Task): boolean {
  return kind === 'several-labels' || kind === 'themes';
}

/** JSON Schema of an answer: one property a task, nothing optional, nothing else. */
export function answerSchema(tasks: readonly Task[]): JsonObject {
  return objectOf(Object.fromEntries(tasks.map((task) => [task.id, taskSchema(task)])));
}

/** Quotes come before the label: what is written first weighs on what follows. */
function taskSchema(task: Task): JsonObject {
  const quote = { type: 'string', minLength: 1, maxLength: MAXIMUM_QUOTE_LENGTH };
  const ids = task.categories.map(({ id }) => id);
  if (task.kind === 'spans') {
    const items = objectOf({ texte: quote, categorie: { enum: ids } });
    return objectOf({ passages: { type: 'array', items, maxItems: MAXIMUM_SPANS } });
  }
  const quotes = { type: 'array', items: quote, maxItems: MAXIMUM_QUOTES };
  const confidence = { enum: Object.keys(CONFIDENCES) };
  if (!takesSeveral(task)) {
    return objectOf({ preuves: quotes, etiquette: { enum: [...labelsOf(task)] }, confiance: confidence });
  }
  const labels = { type: 'array', items: { enum: [...labelsOf(task)] }, maxItems: labelsOf(task).length };
  return objectOf({ preuves: quotes, etiquettes: labels, confiance: confidence });
}

function objectOf(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
