// Reads a codebook as people write it, in YAML, and names every mistake with its line.

import { LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import { z } from 'zod';
import { ABSTAINED, WITHDRAWN } from '../model/annotation.ts';
import { type Codebook, DROPPED, type TaskKind } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { CodebookVersion } from '../model/identity.ts';
import { nearest } from '../model/nearest.ts';
import { type CodebookMistake, type Known, mistakesOf } from './codebook-mistakes.ts';

const TASK_KINDS = ['one-label', 'several-labels', 'scale', 'spans', 'themes'] as const satisfies readonly TaskKind[];

/** Categories below which a task of this kind judges nothing. Themes may be none: people accept them later. */
const FEWEST: Readonly<Record<TaskKind, number>> = {
  'one-label': 2,
  'several-labels': 1,
  scale: 2,
  spans: 1,
  themes: 0,
};

const RESERVED: readonly string[] = [ABSTAINED, WITHDRAWN, DROPPED];

const identifier = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case ASCII letters, digits and hyphens, starting with a letter');
const words = z.string().trim().min(1);
const title = z.strictObject({ fr: words, en: words });

const category = z.strictObject({
  id: identifier.superRefine((id, context) => {
    if (!RESERVED.includes(id)) return;
    const hint = id === ABSTAINED ? '; use `abstention: true`' : '';
    context.addIssue({ code: 'custom', message: `\`${id}\` is not a category${hint}` });
  }),
  title,
  definition: words,
  includes: z.array(words).default([]),
  excludes: z.array(words).default([]),
  examples: z.array(words).default([]),
  terms: z.record(words, z.number().positive().max(1000)).optional(),
});

const task = z
  .strictObject({
    id: identifier,
    title,
    kind: z.enum(TASK_KINDS).default('one-label'),
    categories: z.array(category).default([]),
    none: identifier.nullable().default(null),
    abstention: z.boolean().default(false),
  })
  .superRefine((value, context) => {
    const { kind, categories } = value;
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    refuseRepeated(categories, 'categories', context);
    if (categories.length < FEWEST[kind]) {
      refuse(['categories'], FEWEST[kind] === 1 ? 'at least one category' : 'at least two categories');
    }
    if (kind !== 'themes') {
      categories.forEach(({ terms }, at) => {
        if (terms !== undefined) refuse(['categories', at, 'terms'], 'only a task of kind `themes` has terms');
      });
    }
    if (value.none === null) return;
    if (kind === 'scale') refuse(['none'], 'a scale has no category outside its order; use `abstention: true`');
    if (kind === 'spans') refuse(['none'], 'a text without spans has no category; leave `none` out');
    const known = categories.map(({ id }) => id);
    if (!known.includes(value.none))
      refuse(['none'], `no category is called \`${value.none}\`${hintFrom(value.none, known)}`);
  });

const mapping = z.strictObject({
  from: z.string().regex(/^[a-z][a-z0-9-]*@[1-9]\d{0,8}$/, 'the earlier version, as `name@version`'),
  tasks: z
    .record(
      identifier,
      z.union([z.literal(DROPPED), z.record(identifier, identifier)], {
        error: `\`${DROPPED}\`, or old labels, each with its new one or \`${DROPPED}\``,
      }),
    )
    .default({}),
});

const schema = z
  .strictObject({
    name: identifier,
    version: z.int().min(1).max(999_999_999),
    title,
    tasks: z.array(task).min(1, 'at least one task'),
    mapping: mapping.optional(),
  })
  .superRefine((value, context) => {
    refuseRepeated(value.tasks, 'tasks', context);
    checkMapping(value, context);
  });

type Parsed = z.infer<typeof schema>;

/** What of a mapping can be said without the earlier version: that it is earlier, and that its targets are there. */
function checkMapping({ name, version, tasks, mapping }: Parsed, context: z.core.$RefinementCtx): void {
  if (mapping === undefined) return;
  const refuse = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', path: ['mapping', ...path], message });
  const [fromName, fromVersion] = mapping.from.split('@');
  if (fromName !== name) refuse(['from'], `another codebook than \`${name}\``);
  else if (Number(fromVersion) >= version) refuse(['from'], `not earlier than version ${version}`);
  for (const [id, labels] of Object.entries(mapping.tasks)) {
    if (labels === DROPPED) continue;
    const target = tasks.find((one) => one.id === id);
    if (target === undefined) {
      const known = tasks.map((one) => one.id);
      refuse(
        ['tasks', id],
        `no task is called \`${id}\`${hintFrom(id, known)}; \`${DROPPED}\` where it is no longer there`,
      );
      continue;
    }
    const known = target.categories.map((one) => one.id);
    for (const [label, to] of Object.entries(labels)) {
      if (to === DROPPED || known.includes(to)) continue;
      refuse(['tasks', id, label], `no category of \`${id}\` is called \`${to}\`${hintFrom(to, known)}`);
    }
  }
}

function hintFrom(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close ? `; did you mean \`${close}\`?` : '';
}

function refuseRepeated(entries: readonly { readonly id: string }[], list: string, context: z.core.$RefinementCtx) {
  entries.forEach(({ id }, position) => {
    if (entries.findIndex((entry) => entry.id === id) === position) return;
    context.addIssue({ code: 'custom', path: [list, position, 'id'], message: `\`${id}\` is given twice` });
  });
}

/** Every object of the schema is known by its path: tasks.0.categories.3.title. */
const KNOWN: Known = (path) => {
  if (path.at(-1) === 'title') return Object.keys(title.shape);
  if (path[0] === 'mapping') return Object.keys(mapping.shape);
  if (path.length >= 4) return Object.keys(category.shape);
  if (path.length >= 2) return Object.keys(task.shape);
  return Object.keys(schema.shape);
};

/**
 * Reads the text of a codebook.
 * @returns the codebook, or every mistake found, in order of line.
 */
export function readCodebookText(yaml: string): Codebook | { readonly mistakes: readonly CodebookMistake[] } {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      mistakes: document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        path: '',
        message: error.message.split('\n')[0]!,
      })),
    };
  }
  const value = readValue(document);
  if (value === null) return { mistakes: [{ line: 1, path: '', message: 'aliases expand too far; write it out' }] };
  const parsed = schema.safeParse(value.read);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.flatMap((issue) => mistakesOf(issue, { document, lines, known: KNOWN }));
    return { mistakes: mistakes.sort((left, right) => left.line - right.line) };
  }
  const { mapping: from, ...codebook } = parsed.data;
  if (from === undefined) return codebook;
  return { ...codebook, mapping: { from: from.from as CodebookVersion, tasks: from.tasks } };
}

/**
 * Reads a codebook.
 * @param file its path, for messages only.
 * @throws DataSensError settings-invalid, naming every mistake with its line and, for unknown keys, the nearest known one.
 */
export function parseCodebook(yaml: string, file: string): Codebook {
  const codebook = readCodebookText(yaml);
  if (!('mistakes' in codebook)) return codebook;
  const list = codebook.mistakes.map(
    ({ line, path, message }) => `  ${file}:${line} ${path === '' ? '' : `${path}: `}${message}`,
  );
  throw new DataSensError('settings-invalid', `the codebook has ${list.length} mistake(s):\n${list.join('\n')}`, {
    remedy: 'correct these lines',
  });
}

/** Null where aliases multiply without end: the reader refuses them with an exception. */
function readValue(document: YamlDocument): { readonly read: unknown } | null {
  try {
    return { read: document.toJS() ?? {} };
  } catch {
    return null;
  }
}
