// A source as the workbench proposes it, judged before it is written or tried: every mistake with its field.

import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { z } from 'zod';
import type { Collector } from '../collect/collector.ts';
import { LICENCES } from '../govern/licences.ts';
import { parseRetention } from '../govern/retention.ts';
import { DataSensError } from '../model/error.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import type { DraftProblem, SourceDraft, TriedDraft } from './desk.ts';

/** What keeps secrets: a name of the environment, or a file. */
const REFERENCE = /\$\{[A-Z_][A-Z0-9_]*\}|^file:/;
const SECRET_NAMES = new Set(['password', 'passwd', 'passphrase', 'secret', 'token', 'authorization', 'apikey']);
const SECRET_KEY_LENGTH = 20;

/** Problems of what is said to the collector: its own schema, secrets written in clear, paths out of the project. */
export function tryProblems(
  draft: TriedDraft,
  collector: Collector | undefined,
  root: string,
): readonly DraftProblem[] {
  if (collector === undefined)
    return [problem('invalid', ['collector'], `no collector is called \`${draft.collector}\``)];
  const parsed = collector.config.safeParse(draft.with);
  const mistakes = parsed.success ? [] : parsed.error.issues.flatMap((issue) => mistakesOf(issue, draft.with));
  const unsafe = [...secretProblems(draft.with), ...pathProblems(draft.with, root)];
  // A collector may refuse the same for itself: said once.
  return [...mistakes.filter(({ field }) => !unsafe.some((other) => other.field === field)), ...unsafe];
}

/** Problems of the legal card, which the settings leave to people. */
export function cardProblems(draft: SourceDraft): readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  if (!Object.hasOwn(LICENCES, draft.licence)) {
    const close = nearest(draft.licence, Object.keys(LICENCES));
    const hint = close ? `did you mean \`${close}\`?` : `known: ${Object.keys(LICENCES).join(', ')}`;
    problems.push(problem('licence', ['licence'], `licence \`${draft.licence}\` is not known; ${hint}`));
  }
  try {
    parseRetention(draft.retention);
  } catch (error) {
    if (!(error instanceof DataSensError)) throw error;
    problems.push(problem('retention', ['retention'], `${error.message}; ${error.remedy}`));
  }
  if ((draft.approver ?? '').trim() === '') {
    problems.push(problem('approver', ['approver'], 'say who approved that it is collected'));
  }
  return problems;
}

/** A path into the draft as a JSON pointer (RFC 6901). */
export function pointerOf(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A problem of a field of the draft, before anything is written. */
export function problem(code: DraftProblem['code'], path: readonly string[], message: string): DraftProblem {
  return { code, field: pointerOf(path), line: null, message };
}

function mistakesOf(issue: z.core.$ZodIssue, config: JsonObject): readonly DraftProblem[] {
  const path = ['with', ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => problem('unknown', [...path, key], 'unknown key'));
  // One of several forms was wanted: the one that came closest tells what it lacks.
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.toSorted((left, right) => depthOf(right) - depthOf(left))[0] ?? [];
    const deeper = closest.filter((inner) => inner.path.length > 0);
    if (deeper.length > 0) {
      return deeper.map((inner) => problem('invalid', [...path, ...inner.path.map(String)], inner.message));
    }
  }
  const given = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null)?.[key],
    config,
  );
  return [problem(given === undefined ? 'missing' : 'invalid', path, issue.message)];
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function secretProblems(config: JsonObject): readonly DraftProblem[] {
  return textsIn(config, ['with']).flatMap(([path, text]) => {
    const isSecret = isSecretField(path.at(-1)!, text) || /:\/\/[^/@\s:]{0,200}:[^/@\s]{1,200}@/.test(text);
    if (!isSecret || text === '' || REFERENCE.test(text)) return [];
    const remedy = 'name a variable of the environment in braces after a dollar sign, or a file as file:path';
    return [problem('secret', path, `a secret does not stay in datasens.yaml: ${remedy}`)];
  });
}

function isSecretField(name: string, text: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => SECRET_NAMES.has(word))) return true;
  if (words.at(-1) !== 'key') return false;
  // A field called `key` alone may name a column.
  return words.length > 1 || (text.length >= SECRET_KEY_LENGTH && /^(?=.*\d)(?=.*[a-z])[a-z0-9+/=.-]+$/i.test(text));
}

/** The workbench reads what is in the project; what is elsewhere is named in the file, by who may write it. */
function pathProblems(config: JsonObject, root: string): readonly DraftProblem[] {
  return textsIn(config, ['with']).flatMap(([path, text]) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(text) || text.length > 4096 || text.includes('\0')) return [];
    const plain = text.split(/[*?[{]/)[0]!;
    const target = resolve(root, plain);
    const inside = relative(root, target);
    const outside = (inside.startsWith('..') || isAbsolute(inside)) && existsSync(target);
    if (!outside) return [];
    return [
      problem('outside', path, 'this is outside of the project; put the files in it, or name them in datasens.yaml'),
    ];
  });
}

/** Every text of a JSON value, with where it is. */
function textsIn(value: Json, path: readonly string[]): readonly (readonly [readonly string[], string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...path, key]));
}
