// Reads a codebook as people write it, in YAML, and names every mistake with its line.

import { isNode, LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import { z } from 'zod';
import { ABSTAINED } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';

const identifier = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case ASCII letters, digits and hyphens, starting with a letter');
const words = z.string().trim().min(1);
const title = z.strictObject({ fr: words, en: words });

const category = z.strictObject({
  id: identifier.refine((id) => id !== ABSTAINED, `\`${ABSTAINED}\` is not a category; use \`abstention: true\``),
  title,
  definition: words,
  includes: z.array(words).default([]),
  excludes: z.array(words).default([]),
  examples: z.array(words).default([]),
});

const task = z
  .strictObject({
    id: identifier,
    title,
    kind: z.literal('one-label').default('one-label'),
    categories: z.array(category).min(2, 'at least two categories'),
    none: identifier.nullable().default(null),
    abstention: z.boolean().default(false),
  })
  .superRefine((value, context) => {
    refuseRepeated(value.categories, 'categories', context);
    if (value.none === null || value.categories.some(({ id }) => id === value.none)) return;
    const close = nearest(
      value.none,
      value.categories.map(({ id }) => id),
    );
    const hint = close ? `; did you mean \`${close}\`?` : '';
    context.addIssue({ code: 'custom', path: ['none'], message: `no category is called \`${value.none}\`${hint}` });
  });

const schema = z
  .strictObject({
    name: identifier,
    version: z.int().min(1),
    title,
    tasks: z.array(task).min(1, 'at least one task'),
  })
  .superRefine((value, context) => refuseRepeated(value.tasks, 'tasks', context));

function refuseRepeated(entries: readonly { readonly id: string }[], list: string, context: z.core.$RefinementCtx) {
  entries.forEach(({ id }, position) => {
    if (entries.findIndex((entry) => entry.id === id) === position) return;
    context.addIssue({ code: 'custom', path: [list, position, 'id'], message: `\`${id}\` is given twice` });
  });
}

/**
 * Reads a codebook.
 * @param file its path, for messages only.
 * @throws DataSensError settings-invalid, naming every mistake with its line and, for unknown keys, the nearest known one.
 */
export function parseCodebook(yaml: string, file: string): Codebook {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    throw refusal(
      document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        message: error.message.split('\n')[0]!,
      })),
      file,
    );
  }
  const parsed = schema.safeParse(readValue(document, file));
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.flatMap((issue) => mistakesOf(issue, document, lines));
  throw refusal(
    mistakes.sort((left, right) => left.line - right.line),
    file,
  );
}

interface Mistake {
  readonly line: number;
  readonly message: string;
}

function refusal(mistakes: readonly Mistake[], file: string): DataSensError {
  const list = mistakes.map(({ line, message }) => `  ${file}:${line} ${message}`);
  return new DataSensError('settings-invalid', `the codebook has ${list.length} mistake(s):\n${list.join('\n')}`, {
    remedy: 'correct these lines',
  });
}

/** Aliases that multiply without end are refused by the reader with an exception. */
function readValue(document: YamlDocument, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    throw new DataSensError('settings-invalid', `${file}: aliases expand too far`, { cause, remedy: 'write it out' });
  }
}

function mistakesOf(issue: z.core.$ZodIssue, document: YamlDocument, lines: LineCounter): readonly Mistake[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => {
      const close = nearest(key, known);
      const hint = close ? `did you mean \`${close}\`?` : `known here: ${known.join(', ')}`;
      return {
        line: lineOf(document, lines, [...path, key]),
        message: `${spell([...path, key])}: unknown key; ${hint}`,
      };
    });
  }
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  const message = `${spell(path)}: ${missing ? 'missing' : issue.message}`;
  return [{ line: lineOf(document, lines, path), message }];
}

const spell = (path: readonly (string | number)[]) => (path.length === 0 ? '(file)' : path.join('.'));

/** Every object of the schema is known by how deep its path goes: tasks.0.categories.3.title. */
function knownKeys(path: readonly (string | number)[]): readonly string[] {
  if (path.at(-1) === 'title') return Object.keys(title.shape);
  if (path.length >= 4) return Object.keys(category.shape);
  if (path.length >= 2) return Object.keys(task.shape);
  return Object.keys(schema.shape);
}

/** Line of the node at this path, or of its nearest parent that exists. A key's own line where the pair is at fault. */
function lineOf(document: YamlDocument, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
