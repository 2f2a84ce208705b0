import { describe, expect, test } from 'vitest';
import { cleanText, truncateText } from './clean.ts';

describe('cleaning', () => {
  test('spaces, line ends and composed letters have one spelling', () => {
    expect(cleanText('  Été\u00A0: « oui »\u202F!\t\tOui \r\n\r\n\r\n\r\n e\u0301te\u0301\u2028fin ').text).toBe(
      'Été : « oui » ! Oui\n\nété\nfin',
    );
  });

  test('what cannot be seen is removed and counted', () => {
    expect(cleanText('in\u200Bvi\u00ADsi\u202Eble\u0000\uFEFF')).toEqual({
      text: 'invisible',
      removed: 5,
      replaced: 0,
    });
  });

  test('joiners stay where they spell something', () => {
    for (const kept of [
      '👨‍👩‍👧',
      '🏳️‍🌈',
      '👩🏽‍🚒',
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
      'می‌خواهم',
    ]) {
      expect(cleanText(kept)).toEqual({ text: kept, removed: 0, replaced: 0 });
    }
    expect(cleanText('a\u200Db').text).toBe('ab');
  });

  test('half characters are replaced, not stored', () => {
    expect(cleanText('a\uD800b')).toEqual({ text: 'a\uFFFDb', removed: 0, replaced: 1 });
  });

  test('a text is cut between characters', () => {
    expect(truncateText('ab👩', 3)).toBe('ab');
    expect(truncateText('ab👩', 4)).toBe('ab👩');
    expect(truncateText('mot suite', 4)).toBe('mot');
  });
});
