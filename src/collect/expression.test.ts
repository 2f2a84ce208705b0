import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { compileExpression, ExpressionFailure } from './expression.ts';

test.each([
  ['$', []],
  ['data', ['data']],
  ['data.results', ['data', 'results']],
  ['`nom de la commune`.code', ['nom de la commune', 'code']],
  ['auteur.prénom', ['auteur', 'prénom']],
])('%s is a plain path', (source, path) => {
  expect(compileExpression(source).path).toEqual(path);
});

test.each(['a and b', 'true', 'data[0]', "$join(a, ' ')", 'a-b', '$$.a', 'a.$b', '"a"'])('%s is computed', (source) => {
  expect(compileExpression(source).path).toBeNull();
});

test('a path answers what JSONata answers, whatever the lists on the way', async () => {
  const leaf = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(null, 'x', true));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
    ),
  }));
  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map((names) => names.join('.'));
  await fc.assert(
    fc.asyncProperty(value, path, async (given, source) => {
      const wanted: unknown = await jsonata(source).evaluate(given);
      const found: unknown = compileExpression(source).evaluate(given);
      expect(JSON.stringify(found)).toBe(JSON.stringify(wanted));
    }),
    { numRuns: 2000 },
  );
});

test('a member that objects inherit is no member', () => {
  expect(compileExpression('constructor').evaluate({})).toBeUndefined();
  expect(compileExpression('__proto__').evaluate(JSON.parse('{"__proto__": 1}'))).toBe(1);
});

test('a mistake in an expression says which and where', () => {
  expect(() => compileExpression('data[0')).toThrow(/Expected "\]".*at character 6/);
});

test('a failure on the data says where, and repeats none of it', async () => {
  const sum = compileExpression('nom + 1');
  const failing = Promise.resolve(sum.evaluate({ nom: 'Mme Aubépine' }));
  await expect(failing).rejects.toThrow(ExpressionFailure);
  await expect(failing).rejects.toThrow(/T2001 at character \d/);
  await expect(failing).rejects.not.toThrow(/Aubépine/);
});

test('an expression that never ends is stopped', async () => {
  const endless = compileExpression('($f := function($n) { $f($n + 1) }; $f(0))');
  await expect(endless.evaluate({})).rejects.toThrow(/D101[12]/);
});
