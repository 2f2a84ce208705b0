import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { characterLabels, matchExactly, matchOverlapping } from './spans.ts';

const span = (start: number, end: number, label = 'lieu') => ({ start, end, label });

describe('spans', () => {
  const truth = [span(0, 5), span(10, 20), span(30, 34, 'personne')];

  test('are the same only at the same place with the same label', () => {
    expect(matchExactly(truth, [span(0, 5), span(10, 19), span(30, 34)])).toEqual({ right: 1, wrong: 2, missed: 2 });
  });

  test('overlap where a character and the label are common, one for one', () => {
    const predicted = [span(0, 3), span(3, 5), span(12, 25), span(30, 34)];
    expect(matchOverlapping(truth, predicted)).toEqual({ right: 2, wrong: 2, missed: 1 });
    // Touching is not overlapping.
    expect(matchOverlapping([span(0, 5)], [span(5, 9)])).toEqual({ right: 0, wrong: 1, missed: 1 });
  });

  test('are counted by character, as worked out by hand', () => {
    const counts = characterLabels([[span(0, 4)], [span(2, 6), span(8, 9, 'personne')]], 10);
    expect(Object.fromEntries(counts)).toEqual({ 'lieu\n': 2, 'lieu\nlieu': 2, '\nlieu': 2, '\n': 3, '\npersonne': 1 });
  });

  test('match what they are, lose no character, and overlap at least where they are the same', () => {
    const any = fc
      .tuple(fc.nat(40), fc.integer({ min: 1, max: 8 }), fc.constantFrom('a', 'b'))
      .map(([start, length, label]) => span(start, start + length, label));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), fc.array(any, { maxLength: 6 }), (left, right) => {
        const exact = matchExactly(left, right);
        const overlap = matchOverlapping(left, right);
        expect(exact.right + exact.wrong).toBe(overlap.right + overlap.wrong);
        expect(matchExactly(left, left)).toMatchObject({ wrong: 0, missed: 0 });
        expect(matchOverlapping(left, left)).toMatchObject({ wrong: 0, missed: 0 });
        const characters = [...characterLabels([left, right], 60).values()].reduce((a, b) => a + b, 0);
        expect(characters).toBe(60);
      }),
    );
  });
});
