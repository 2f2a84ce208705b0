import { expect, test } from 'vitest';
import { properNames } from './proper-names.ts';
import { vocabularyOf } from './vocabulary.ts';

const TEXTS = [
  'Le bus de Montclair passe trop tôt. Les horaires du bus ne vont pas.',
  'À Montclair, le bus est plein ; le TER aussi. Bus trop rares !',
  'Nous voulons un bus entre Montclair et la gare. Le TER est en retard.',
  'le bus de montclair, encore lui. Prenons le TER.',
];

test('what people write with a capital within a sentence is a name; what begins one, or is an acronym, is not', () => {
  const names = properNames(TEXTS);
  expect(names.size).toBe(1);
  expect([...names][0]).toMatch(/^montcl/);
  expect(properNames(TEXTS.toReversed())).toEqual(names);
});

test('themes are made of no names, alone or in pairs', () => {
  const { words } = vocabularyOf([...TEXTS, ...Array.from({ length: 10 }, () => 'La piscine ferme.')]);
  expect(words).toContain('bus');
  expect(words.filter((word) => word.includes('montclair'))).toEqual([]);
});
