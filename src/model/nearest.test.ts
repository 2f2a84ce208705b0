import { describe, expect, test } from 'vitest';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  test('finds the word meant', () => {
    expect(nearest('definitoin', ['definition', 'includes'])).toBe('definition');
    expect(nearest('Title', ['id', 'title'])).toBe('title');
  });

  test('says nothing rather than a far word', () => {
    expect(nearest('couleur', ['id', 'title'])).toBeNull();
    expect(nearest('title', [])).toBeNull();
  });
});
