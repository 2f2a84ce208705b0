import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeSegments } from './ideas.ts';

const pieces = (text: string) => proposeSegments(text).map(({ start, end }) => text.slice(start, end).trim());

describe('ideas', () => {
  test('numbered lines are ideas, what introduces them belongs to the first', () => {
    const text =
      'Mes demandes :\n1. Il faut des pistes cyclables.\n2. Ouvrir la piscine le dimanche matin.\nMême en hiver.\n3. Baisser le prix de la cantine.\n\nJe vous remercie de votre lecture et de votre travail.';
    expect(pieces(text)).toEqual([
      'Mes demandes :\n1. Il faut des pistes cyclables.',
      '2. Ouvrir la piscine le dimanche matin.\nMême en hiver.',
      '3. Baisser le prix de la cantine.',
      'Je vous remercie de votre lecture et de votre travail.',
    ]);
  });

  test.each([
    ['- réparer la route du moulin\n- planter des arbres sur la place', 2],
    ['Il faut : 1) plus de bus le soir ; 2) des trottoirs devant chaque école.', 2],
    ["D'une part le bruit est insupportable la nuit. D'autre part la poussière entre partout.", 2],
    ["Le projet est mauvais car d'une part il coûte cher, et d'autre part il détruit le bois.", 2],
    ['Premièrement la route est étroite. Deuxièmement elle est mal éclairée. Enfin bon.', 2],
    ["Tout d'abord, le bus est cher. Il est sale. Ensuite, il est toujours en retard. Enfin, il est plein.", 3],
    ['La cantine est trop chère pour nous. Par ailleurs, le stade est fermé depuis mai.', 2],
    ['Firstly, the bus is too expensive. Secondly, it is always late.', 2],
    [
      'La cantine de l’école augmente ses tarifs chaque année et les familles modestes renoncent aux repas.\n\nLe carrefour devant la pharmacie reste dangereux, deux cyclistes ont été renversés malgré les panneaux.',
      2,
    ],
  ])('%s', (text, count) => {
    expect(pieces(text)).toHaveLength(count);
  });

  test.each([
    '',
    'Il faut des bus.',
    'Il manque :\n- du pain\n- du lait\n- des œufs',
    'Je suis enfin content. Ensuite on verra bien ce que la mairie décide.',
    'Bonjour,\n\nLa route du moulin est dangereuse pour les enfants qui vont au collège.\n\nCordialement',
    'La route du moulin est dangereuse pour les enfants du collège, surtout la nuit.\n\nCette route dangereuse doit être éclairée la nuit pour que les enfants du collège rentrent.',
    'En 2024. Le 3 mai. 1. seul',
  ])('one idea: %s', (text) => {
    expect(proposeSegments(text)).toEqual([]);
  });

  test('segments cover any text exactly, or there are none', () => {
    const parts = [
      '\n',
      '\n\n',
      '1. ',
      '2. ',
      '3) ',
      '- ',
      'la route est fermée ',
      "d'une part ",
      "d'autre part ",
      'Enfin, ',
      '. ',
      '\uD83D',
      '😊',
    ];
    const messy = fc
      .array(fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(messy, (text) => {
        const segments = proposeSegments(text);
        expect(segments).not.toHaveLength(1);
        for (const { start, end } of segments) expect(end).toBeGreaterThan(start);
        if (segments.length > 0) expect(segments.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
