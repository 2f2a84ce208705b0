// Accepted themes as categories of the next version of the codebook.

import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { editCodebook } from '../annotate/codebook-edit.ts';
import { fold } from '../annotate/folding.ts';
import { type Category, type Codebook, codebookVersion, DROPPED, type Mapping, type Task } from '../model/codebook.ts';
import type { BoardTheme } from '../model/theme.ts';
import type { App } from './app.ts';

/** The task that proposed themes are written to, where the codebook has none of its kind. */
const TASK = 'themes';
const TITLE = { fr: 'Thèmes de la consultation', en: 'Themes of the consultation' };
const NONE: Category = {
  id: 'hors-themes',
  title: { fr: 'Hors thèmes', en: 'Off themes' },
  definition: 'Le texte ne relève d’aucun des thèmes acceptés.',
  includes: [],
  excludes: [],
  examples: [],
};
/** The annotator that gives accepted themes. */
const ANNOTATOR = 'themes';
const LONGEST_ID = 60;

/** The text of the codebook with these themes as the categories of its task of themes, as a new version; null where it has them. */
export function acceptThemes(
  text: string,
  {
    current,
    latest,
    themes,
  }: { readonly current: Codebook; readonly latest: number; readonly themes: readonly BoardTheme[] },
): string | null {
  const known = current.tasks.find(({ kind }) => kind === 'themes');
  const version = Math.max(latest, current.version) + 1;
  const task = taskOf(known, themes);
  if (isDeepStrictEqual(task, known)) return null;
  return editCodebook(text, { version, task, mapping: mappingOf(current, known, task) });
}

function taskOf(known: Task | undefined, themes: readonly BoardTheme[]): Task {
  const taken = new Set<string>([NONE.id]);
  const categories = themes.map((theme) => categoryOf(theme, known, taken));
  const none = known?.categories.find(({ id }) => id === known.none) ?? NONE;
  return {
    id: known?.id ?? TASK,
    title: known?.title ?? TITLE,
    kind: 'themes',
    categories: [...categories, none],
    none: none.id,
    abstention: known?.abstention ?? false,
  };
}

/** A category of the same id keeps what people wrote of it, and takes the terms. */
function categoryOf(theme: BoardTheme, known: Task | undefined, taken: Set<string>): Category {
  const id = freeId(slugOf(theme.name), taken);
  const before = known?.categories.find((one) => one.id === id);
  if (before !== undefined) return { ...before, terms: theme.terms };
  const terms = theme.first.join(', ');
  return {
    id,
    title: { fr: capital(theme.name), en: capital(theme.name) },
    definition: theme.description ?? `Le texte parle de ce que disent ces termes : ${terms}.`,
    includes: [],
    excludes: [],
    examples: [],
    terms: theme.terms,
  };
}

/** `Piste cyclable, vélo` → `piste-cyclable-velo`, an id that any codebook takes. */
function slugOf(name: string): string {
  const words = fold(name).match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) if (slug.length + word.length < LONGEST_ID) slug += slug === '' ? word : `-${word}`;
  return /^[a-z]/.test(slug) && !['abstention', 'withdrawn', DROPPED].includes(slug)
    ? slug
    : `theme-${slug || 'nouveau'}`;
}

function freeId(slug: string, taken: Set<string>): string {
  let id = slug;
  for (let again = 2; taken.has(id); again += 1) id = `${slug}-${again}`;
  taken.add(id);
  return id;
}

/** Themes that are no longer there have no other place: what people said of them is left to be judged again. */
function mappingOf(current: Codebook, known: Task | undefined, task: Task): Mapping | null {
  const kept = task.categories.map(({ id }) => id);
  const gone = (known?.categories ?? []).map(({ id }) => id).filter((id) => !kept.includes(id));
  if (gone.length === 0) return null;
  const labels = Object.fromEntries(gone.map((id) => [id, DROPPED]));
  return { from: codebookVersion(current), tasks: { [task.id]: labels } };
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** The line of `annotate` that makes `themes` assign what was accepted; null where the settings name it. */
export function missingLine({ project }: Pick<App, 'project'>): string | null {
  const annotators = project.settings.annotate?.annotators ?? [];
  const names = annotators.flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.keys(entry)));
  if (names.includes(ANNOTATOR)) return null;
  const list = stringify([...annotators, ANNOTATOR], { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return `annotators: ${list}`;
}
