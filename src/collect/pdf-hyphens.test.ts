import { describe, expect, test } from 'vitest';
import { joinLines, vocabularyOf } from './pdf-hyphens.ts';

const none = vocabularyOf([]);

describe('a word broken at the end of a line', () => {
  test.each([
    ['la concerta-', 'tion publique', 'la concertation publique'],
    ['un composant indi-', 'viduel', 'un composant individuel'],
    ['les équi\u2010', 'pements', 'les équipements'],
    ['le règle\u00ad', 'ment', 'le règlement'],
    ['sous Red Hat/Sla-', 'ckware', 'sous Red Hat/Slackware'],
    ['GNU/-', 'Linux', 'GNU/Linux'],
  ])('%s %s', (before, after, joined) => expect(joinLines(before, after, none)).toBe(joined));
});

describe('a hyphen that the word has', () => {
  test.each([
    ['peut-', 'être', 'peut-être'],
    ['un rendez-', 'vous', 'un rendez-vous'],
    ["c'est-à-", 'dire', "c'est-à-dire"],
    ['vingt-', 'sept communes', 'vingt-sept communes'],
    ['à Saint-', 'Martin', 'à Saint-Martin'],
    ['disent-', 'ils', 'disent-ils'],
    ['la demi-', 'journée', 'la demi-journée'],
    ['le sous-', 'préfet', 'le sous-préfet'],
    ['l’article L-', 'a', 'l’article L-a'],
  ])('%s %s', (before, after, joined) => expect(joinLines(before, after, none)).toBe(joined));
});

test('what the document writes elsewhere decides first', () => {
  const written = vocabularyOf(['Les porte-vélos et le covoiturage de la rue.']);
  expect(joinLines('des porte-', 'vélos', written)).toBe('des porte-vélos');
  expect(joinLines('le co-', 'voiturage', written)).toBe('le covoiturage');
});

test('addresses cut in two are whole again, and sentences stay apart', () => {
  expect(joinLines('voir https://www.val-clair.example/vie_', 'locale', none)).toBe(
    'voir https://www.val-clair.example/vie_locale',
  );
  expect(joinLines('voir https:', '//val-clair.example', none)).toBe('voir https://val-clair.example');
  expect(joinLines('voir https://val-clair.example.', 'Le maire', none)).toBe(
    'voir https://val-clair.example. Le maire',
  );
  expect(joinLines('de 8 h -', 'à 12 h', none)).toBe('de 8 h - à 12 h');
});
