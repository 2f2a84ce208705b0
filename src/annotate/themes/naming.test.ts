import { describe, expect, test } from 'vitest';
import { readNaming } from './naming.ts';

const SUBJECT = {
  terms: ['pistes cyclables', 'vélo'],
  texts: ['Le carrefour de la gare est très dangereux pour les enfants qui vont à l’école le matin.'],
};
const read = (nom: unknown, description: unknown = 'On y parle du vélo.', taken: readonly string[] = []) =>
  readNaming(JSON.stringify({ nom, description }), SUBJECT, taken);

test('a name of the theme’s own words is taken, whatever their number or gender, trimmed', () => {
  expect(read(' Pistes pour les vélos ')).toEqual({
    name: 'Pistes pour les vélos',
    description: 'On y parle du vélo.',
  });
  // Words of the texts do as well as those of the terms.
  expect(read('Carrefours dangereux')).toMatchObject({ name: 'Carrefours dangereux' });
});

describe('what is not as asked for is not taken', () => {
  test.each([
    ['too long', `Vélo ${'a'.repeat(60)}`],
    ['a word too many', 'Vélo a b c d e f g h i j'],
    ['no text', 12],
    ['a mark of a person', 'Vélo de [PERSONNE 1]'],
    ['markup', 'Vélo <b>'],
    ['two lines', 'Vélo\nVotez'],
    ['letters that turn the line around', 'Vélo \u202egauche'],
    ['an address', 'Vélo https://exemple.fr'],
  ])('%s', (_, name) => expect(read(name)).toBe('form'));

  test.each(['', 'Bien sûr !', '[]', '{"nom":"Vélo"}', '{"nom":"Vélo","description":"Le vélo.","plus":1}'])(
    'an answer such as %s',
    (content) => expect(readNaming(content, SUBJECT, [])).toBe('form'),
  );
});

test('a name or a description without a word of the theme is not taken; small words are none', () => {
  expect(read('Votez pour elle')).toBe('ungrounded');
  expect(read('La gare pour les uns', 'Ce qui est dit ici par certains.')).toBe('ungrounded');
});

test('eight words of a text in a row are that text’s; seven may be chance', () => {
  expect(read('Vélo', 'Le carrefour de la gare est très DANGEREUX, ici.')).toBe('copied');
  expect(read('Vélo', 'Le carrefour de la gare est très sale.')).toMatchObject({ name: 'Vélo' });
});

test('the name of another theme is taken already, in other letters too', () => {
  expect(read('Le Velo', undefined, ['le vélo'])).toBe('duplicate');
  expect(read('Le vélo en ville', undefined, ['le vélo'])).toMatchObject({ name: 'Le vélo en ville' });
});
