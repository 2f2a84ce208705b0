import { describe, expect, test } from 'vitest';
import type { GuideTask } from '../../../api/review-schemas.ts';
import { ABSTENTION, answersOf, choicesOf, mark, NOTHING, press, readChoices } from './choice.ts';
import { keyOf, keysOf } from './keys.ts';
import { pieceOf, snap, wordsOf } from './word-steps.ts';

const title = { fr: 'x', en: 'x' };
const task = (kind: GuideTask['kind'], none: string | null = null): GuideTask => ({
  id: kind,
  title,
  kind,
  none,
  categories: ['a', 'b', 'rien'].map((id) => ({ id, title, definition: '', includes: [], excludes: [], examples: [] })),
});

describe('what is chosen', () => {
  test('one label takes the place of another, and is taken away by the same key', () => {
    const one = task('one-label');
    const first = press(one, NOTHING, 'a');
    expect(press(one, first, 'b').labels).toEqual(['b']);
    expect(press(one, first, 'a').labels).toEqual([]);
    expect(answersOf([one], { 'one-label': first })).toEqual([{ task: 'one-label', label: 'a' }]);
    expect(answersOf([one, task('scale')], { 'one-label': first })).toBeNull();
  });

  test('several labels add up, but none goes with the category for texts that fit none, nor with not knowing', () => {
    const several = task('several-labels', 'rien');
    const both = press(several, press(several, NOTHING, 'b'), 'a');
    expect(answersOf([several], { 'several-labels': both })).toEqual([
      { task: 'several-labels', label: 'a', labels: ['a', 'b'] },
    ]);
    expect(press(several, both, 'rien').labels).toEqual(['rien']);
    expect(press(several, both, 'abstention').labels).toEqual(['abstention']);
    expect(press(several, press(several, both, 'abstention'), 'a').labels).toEqual(['a']);
  });

  test('a piece takes the place of those it overlaps; nothing to mark is an answer', () => {
    const spans = task('spans', 'rien');
    const marked = mark(mark(NOTHING, { start: 8, end: 12, label: 'a' }), { start: 0, end: 3, label: 'b' });
    expect(marked.spans.map(({ start }) => start)).toEqual([0, 8]);
    expect(mark(marked, { start: 2, end: 9, label: 'a' }).spans).toEqual([{ start: 2, end: 9, label: 'a' }]);
    expect(answersOf([spans], { spans: marked })).toEqual([{ task: 'spans', label: 'b', spans: marked.spans }]);
    const nothing = { task: 'spans', label: ABSTENTION, spans: [] };
    expect(answersOf([spans], { spans: { ...NOTHING, done: true } })).toEqual([nothing]);
    expect(choicesOf([nothing])).toEqual({ spans: { labels: [], spans: [], done: true } });
    const unsure = { spans: press(spans, NOTHING, ABSTENTION) };
    expect(answersOf([spans], unsure)).toEqual([{ task: 'spans', label: ABSTENTION }]);
    expect(answersOf([spans], { spans: NOTHING })).toBeNull();
  });

  test('an answer, and a draft, give back what was chosen', () => {
    const answers = [{ task: 'several-labels', label: 'a', labels: ['a', 'b'] }];
    expect(answersOf([task('several-labels')], choicesOf(answers))).toEqual(answers);
    expect(readChoices({ choices: choicesOf(answers) })).toEqual(choicesOf(answers));
    for (const draft of [null, 3, {}, { choices: { a: 1 } }, { choices: null }]) expect(readChoices(draft)).toBeNull();
  });
});

describe('keys', () => {
  test('every category has one of its own, digits first, and none is a command', () => {
    const keys = keysOf(Array.from({ length: 40 }, (_, n) => ({ id: `c${n}` })));
    expect(keys.get('c0')).toBe('1');
    expect(keys.get('c9')).toBe('b');
    expect(new Set(keys.values()).size).toBe(keys.size);
    for (const command of '0cgjkstuvx?') expect([...keys.values()]).not.toContain(command);
  });

  test('digits are found where they are, on a French keyboard too', () => {
    expect(keyOf({ key: '&', code: 'Digit1' })).toBe('1');
    expect(keyOf({ key: '7', code: 'Numpad7' })).toBe('7');
    expect(keyOf({ key: 'U', code: 'KeyU' })).toBe('u');
    expect(keyOf({ key: 'ArrowLeft', code: 'ArrowLeft' })).toBe('ArrowLeft');
  });
});

describe('words', () => {
  test('typed marks are one word; a piece goes from word to word in either direction', () => {
    const text = 'L’été, [PERSONNE 1] vient à Saint-Aubin.';
    const words = wordsOf(text);
    const spelled = words.map(({ start, end }) => text.slice(start, end));
    expect(spelled).toEqual(['L', 'été', '[PERSONNE 1]', 'vient', 'à', 'Saint', 'Aubin']);
    const piece = pieceOf(words, 6, 5)!;
    expect(text.slice(piece.start, piece.end)).toBe('Saint-Aubin');
    expect(pieceOf(words, 0, 9)).toBeNull();
    const inside = text.indexOf('nt-Au');
    expect(snap(words, { start: inside, end: inside + 5 })).toEqual(piece);
    expect(snap(words, { start: 5, end: 6 })).toBeNull();
  });
});
