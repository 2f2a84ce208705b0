import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../model/item.ts';
import { DEFAULT_RECIPE } from '../model/recipe.ts';
import { readLanguages } from './passages.ts';
import { pseudonymise } from './pseudonymise.ts';
import { refine } from './refine.ts';

const FRENCH =
  'Nous demandons que la route du moulin soit refaite. Les enfants du collège y passent tous les matins et la nuit on ne voit rien. Rien n’a été fait depuis trois ans.';
const ENGLISH =
  'We would like the road to the mill to be repaired. The children of the school walk there every morning and it is dark.';
const BRETON = 'Ret eo d’an ti-kêr ober war-dro an hent-se, rak ar vugale a ya d’ar skol bemdez.';

const spoken = (text: string) =>
  readLanguages(text).passages.map(({ start, end, language }) => [language, text.slice(start, end).trim()]);

describe('passages', () => {
  test('a text in one language has none', () => {
    expect(readLanguages(FRENCH)).toEqual({ language: 'fr', certain: true, passages: [] });
    expect(readLanguages(ENGLISH)).toEqual({ language: 'en', certain: true, passages: [] });
  });

  test('a sentence in another language is a passage, the document keeps its own', () => {
    const text = `${FRENCH} It is a shame that the council does not listen. ${FRENCH}`;
    expect(readLanguages(text).language).toBe('fr');
    expect(spoken(text)).toEqual([['en', 'It is a shame that the council does not listen.']]);
    expect(spoken(`${FRENCH}\n\n${FRENCH}\n\n${BRETON}`)).toEqual([['br', BRETON]]);
    const arabic = 'نود المزيد من الحافلات بين المحطة والمستشفى.';
    expect(spoken(`${FRENCH} ${arabic} ${FRENCH}`)).toEqual([['ar', arabic]]);
  });

  test('halves of a text make it one of several languages', () => {
    const text = `${FRENCH}\n\n${ENGLISH}`;
    expect(readLanguages(text)).toMatchObject({ language: 'mul', certain: true });
    expect(spoken(text)).toEqual([
      ['fr', FRENCH],
      ['en', ENGLISH],
    ]);
  });

  test('titles, names and short pieces are no passages', () => {
    for (const piece of ['OK, thank you!', 'Le fest-noz a été annulé.', '« Welcome to the city »', 'Stop the bus']) {
      expect(readLanguages(`${FRENCH} ${piece} ${FRENCH}`)).toEqual({ language: 'fr', certain: true, passages: [] });
    }
  });

  test('marks that replace personal data move the passages after them', () => {
    const item: Item = {
      ...{ id: '1', title: null, textFormat: 'plain', url: null, authors: [], publishedAt: null, territory: null },
      ...{ fields: [], findings: [] },
      text: `${FRENCH} Écrivez à claire.martin@exemple.fr. ${FRENCH} It is a shame that the council does not listen.`,
    };
    const refined = refine(item, DEFAULT_RECIPE, { charset: null, collectedAt: null });
    const { text, passages } = pseudonymise(refined, {}, DEFAULT_RECIPE);
    expect(passages.map(({ start, end }) => text.slice(start, end))).toEqual([
      'It is a shame that the council does not listen.',
    ]);
  });

  test('passages of any text lie inside it, in order', () => {
    const pieces = [
      FRENCH,
      ENGLISH,
      BRETON,
      ' ',
      '\n',
      '. ',
      '\uD83D',
      '[PERSONNE 1]',
      'نود المزيد من الحافلات بين المحطة',
    ];
    const messy = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 8 })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(messy, (text) => {
        const { passages, language } = readLanguages(text);
        let last = 0;
        for (const passage of passages) {
          expect(passage.start).toBeGreaterThanOrEqual(last);
          expect(passage.end).toBeGreaterThan(passage.start);
          expect(passage.end).toBeLessThanOrEqual(text.length);
          expect(passage.language).not.toBe(language);
          last = passage.end;
        }
      }),
      { numRuns: 200 },
    );
  });
});
