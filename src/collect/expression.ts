// Expressions of the settings over JSON: plain paths walked at once, JSONata (jsonata.org) for the rest, within bounds.

import jsonata from 'jsonata';

export interface Expression {
  readonly source: string;
  /** Names of the members that lead to the value, none for the whole; null where the expression computes something. */
  readonly path: readonly string[] | null;
  /** A plain path answers at once. @throws ExpressionFailure on data that the expression cannot take */
  evaluate(value: unknown): unknown;
}

/** What stopped an expression: JSONata's code and place, never the data it looked at. */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure';
}

/** A hostile answer keeps no expression busy for longer (ms), nor deeper, nor with more values. */
const BOUNDS = { timeout: 2000, stack: 400, sequence: 500_000 } as const;

/** A name as JSONata reads it unquoted, or any text between backquotes. */
const STEP = /^(?:[\p{L}_][\p{L}\p{N}_]*|`[^`]+`)$/u;
const OPERATORS = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function', 'λ']);

/**
 * Compiles an expression. Paths are walked here because JSONata takes 18 µs for each and a record has ten (measured).
 * @throws ExpressionFailure saying what is wrong and at which character
 */
export function compileExpression(source: string): Expression {
  const path = plainPath(source);
  if (path !== null) return { source, path, evaluate: (value) => walk(value, path) };
  let compiled: jsonata.Expression;
  try {
    compiled = jsonata(source, BOUNDS);
  } catch (error) {
    const { message, position } = error as jsonata.JsonataError;
    throw new ExpressionFailure(`${message ?? 'cannot be read'} (at character ${position ?? 0})`);
  }
  return {
    source,
    path: null,
    async evaluate(value) {
      try {
        return await compiled.evaluate(value);
      } catch (error) {
        const { code, position } = error as Partial<jsonata.JsonataError>;
        throw new ExpressionFailure(`it stopped (${code ?? 'error'} at character ${position ?? 0})`);
      }
    },
  };
}

function plainPath(source: string): readonly string[] | null {
  const text = source.trim();
  if (text === '$') return [];
  const steps = text.split('.');
  if (!steps.every((step) => STEP.test(step) && !OPERATORS.has(step))) return null;
  return steps.map((step) => (step.startsWith('`') ? step.slice(1, -1) : step));
}

/** The value of a path as JSONata has it: lists on the way are walked through, one value stands for itself. */
function walk(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return value;
  let current: readonly unknown[] = [value];
  for (const [at, name] of path.entries()) {
    const found = current.map((each) => unwrap(look(each, name))).filter((each) => each !== undefined);
    const [only] = found;
    if (at === path.length - 1 && found.length === 1 && Array.isArray(only)) return only;
    current = found.flatMap((each) => (each instanceof Sequence ? each.values : each));
    if (current.length === 0) return undefined;
  }
  return current.length === 1 ? current[0] : current;
}

function look(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    const values: unknown[] = [];
    for (const each of value) {
      const found = look(each, name);
      const several = found instanceof Sequence ? found.values : Array.isArray(found) ? (found as unknown[]) : null;
      if (several !== null) for (const one of several) values.push(one);
      else if (found !== undefined) values.push(found);
    }
    return new Sequence(values);
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** Values met on the way, which JSONata takes apart where a list that stands in the data stays one. */
class Sequence {
  readonly values: readonly unknown[];
  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

function unwrap(value: unknown): unknown {
  return value instanceof Sequence && value.values.length < 2 ? value.values[0] : value;
}
