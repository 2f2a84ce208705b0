import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isQuestion } from './questions.ts';
import { splitSentences } from './sentences.ts';

const cut = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end).trim());

describe('sentences', () => {
  test.each([
    ['M. Roux est venu. Mme Blanc aussi.', ['M. Roux est venu.', 'Mme Blanc aussi.']],
    ['Il y a des bus, des trains, etc. Tout est cher.', ['Il y a des bus, des trains, etc.', 'Tout est cher.']],
    ['Le 1er. mai, etc. et le reste', ['Le 1er. mai, etc. et le reste']],
    ['La S.N.C.F. a dit non. La S.N.C.F. Le train.', ['La S.N.C.F. a dit non.', 'La S.N.C.F.', 'Le train.']],
    ['trop cher. on part. fini', ['trop cher.', 'on part.', 'fini']],
    ['Trop cher.On part.nous aussi', ['Trop cher.', 'On part.', 'nous aussi']],
    ['Le km à 2.5 euros. Non ?! Si...', ['Le km à 2.5 euros.', 'Non ?!', 'Si...']],
    ['« Où ? » demande-t-il. « Ici. » Bon.', ['« Où ? » demande-t-il.', '« Ici. »', 'Bon.']],
    [
      'Voir http://a.example/x.html?q=1.2 ou x@a.example. Fin',
      ['Voir http://a.example/x.html?q=1.2 ou x@a.example.', 'Fin'],
    ],
    ['Mme [PERSONNE 1] habite ici. [PERSONNE 1] signe.', ['Mme [PERSONNE 1] habite ici.', '[PERSONNE 1] signe.']],
    ['1. Des bus.\n2. Des vélos', ['1. Des bus.', '2. Des vélos']],
    ['- des bus\n- des vélos', ['- des bus', '- des vélos']],
    ['Oui (voir p. 3. Fin). Non.', ['Oui (voir p. 3. Fin).', 'Non.']],
    ['Super 😊 Merci ! 👍🏽 Bien', ['Super 😊', 'Merci ! 👍🏽', 'Bien']],
    ['هل هذا صحيح؟ نعم', ['هل هذا صحيح؟', 'نعم']],
    ['', []],
    ['   ', ['']],
  ])('%s', (text, sentences) => {
    expect(cut(text)).toEqual(sentences);
  });

  test('a line that was full goes on, a short one ends', () => {
    const wrapped = `${'Nous demandons depuis longtemps que la route soit refaite'}\npar la commune. Merci`;
    expect(cut(wrapped)).toHaveLength(2);
    expect(cut('Bonjour\nje demande un banc')).toHaveLength(2);
  });

  test('sentences cover any text exactly, and cutting one again leaves it whole', () => {
    const pieces = [
      '. ',
      '.',
      '? ',
      '…',
      '\n',
      'M',
      'Mme',
      'etc',
      ' ',
      'Bus',
      'le',
      '1',
      '(',
      ')',
      '«',
      ' »',
      '😊',
      ':)',
      '•',
      '"',
      "'",
      '@',
      '://',
      '\uD83C',
    ];
    const messy = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(messy, (text) => {
        const sentences = splitSentences(text);
        expect(sentences.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        for (const { start, end } of sentences) expect(end).toBeGreaterThan(start);
        for (const { start } of sentences)
          expect(text.slice(start - 1, start + 1)).not.toMatch(/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('hostile texts are read in linear time', () => {
    const start = performance.now();
    for (const piece of ['(', 'a.', '?a', '. ', '\r', '"', ':)', 'A.', '1.', '! ! ', '• '])
      splitSentences(piece.repeat(20_000));
    // A quadratic reader takes minutes; the bound only has to tell them apart on a slow machine.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('questions', () => {
  test.each([
    'Où iront nos élèves ?',
    '« Quand rouvre la piscine ? »',
    'Vraiment ?!',
    'pourquoi supprimer la ligne B.',
    'comment je fais pour aller chez le médecin',
    'Est-ce que c’est gratuit',
    'quand aurons-nous la fibre',
    'Et qui va payer tout ça.',
    'Que fait la mairie',
    'quel est le budget prévu',
    'Peut-on avoir un abribus',
    'pouvez-vous réparer le lampadaire',
    'Y a-t-il un projet pour la gare',
    'Le maire va-t-il répondre',
    'à quand des trottoirs',
    'Why is the library closed on Sundays.',
    'could we have more buses',
  ])('%s asks', (sentence) => {
    expect(isQuestion(sentence)).toBe(true);
  });

  test.each([
    'Quand il pleut, la route est inondée.',
    'Quelle honte !',
    'Dites-nous la vérité.',
    'Rendez-vous compte.',
    'Le rendez-vous est annulé.',
    'Peut-être faut-il attendre.',
    'Qui vivra verra.',
    'Je me demande pourquoi.',
    'Ce qui manque, ce sont des bus.',
    'Où que l’on aille, il faut une voiture.',
    'Celui-ci est cassé.',
    'Que du bonheur.',
    'What a shame.',
    'When it rains the road is flooded.',
    '',
  ])('%s does not', (sentence) => {
    expect(isQuestion(sentence)).toBe(false);
  });
});
