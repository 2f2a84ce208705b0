import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../model/item.ts';
import { DEFAULT_RECIPE } from '../model/recipe.ts';
import { traceText } from './text-journey.ts';

const CONTEXT = { charset: 'utf-8', collectedAt: '2026-03-01T08:00:00.000Z' };

function itemOf(partial: Partial<Item>): Item {
  return {
    ...{ id: null, title: null, text: '', textFormat: 'auto', url: null, authors: [], publishedAt: null },
    ...{ territory: null, fields: [], findings: [], ...partial },
  };
}

const trace = (partial: Partial<Item>, recipe = DEFAULT_RECIPE) => traceText(itemOf(partial), recipe, CONTEXT);
const wordsOf = (journey: ReturnType<typeof trace>) =>
  journey.steps.flatMap(({ parts }) => parts.map((part) => (part.kind === 'skipped' ? '' : part.text))).join('\n');

describe('the journey of a text', () => {
  test('names the steps that changed something, with what they changed', () => {
    const { steps, text } = trace({ text: '<p>La\u200B piscine est fermÃ©e.</p>' });
    expect(steps.map(({ name }) => name)).toEqual(['received', 'repaired', 'extracted', 'cleaned', 'marked']);
    expect(steps[1]!.parts).toContainEqual({ kind: 'added', text: 'fermée' });
    expect(text).toBe('La piscine est fermée.');
    expect(trace({ text: 'Rien à faire.' }).steps.map(({ name }) => name)).toEqual(['received', 'marked']);
  });

  test('a text cut by the recipe says so', () => {
    const { steps } = trace({ text: 'mot '.repeat(400) }, { ...DEFAULT_RECIPE, maximumTextLength: 1000 });
    expect(steps.at(-2)).toMatchObject({ name: 'cut', before: 1599, after: 999 });
  });
});

describe('nobody’s data is shown at any step', () => {
  const hidden = [
    ['plain', 'Écrivez à jean.martin@exemple.fr ou au 06 12 34 56 78.', ['jean.martin', '06 12 34']],
    [
      'mark-up',
      '<p>Écrivez à <b>jean.martin</b>@exemple.fr, au 06<i> </i>12&nbsp;34 56 78.</p>',
      ['jean.martin', '12&nbsp;34'],
    ],
    ['references', '<p>Écrivez à jean&#46;martin&#64;exemple.fr.</p>', ['jean&#46;', 'martin&#64;']],
    [
      'attributes',
      '<p>Écrivez-<a href="mailto:jean.martin@exemple.fr" title="Jean">nous</a>.</p>',
      ['mailto', 'title'],
    ],
    [
      'comments',
      '<p>Bonjour.<!-- reçu de jean.martin@exemple.fr --></p><script>var a="jean"</script>',
      ['reçu de', 'var a'],
    ],
  ] as const;
  test.each(hidden)('%s', (_, text, never) => {
    const shown = wordsOf(trace({ text }));
    for (const words of never) expect(shown).not.toContain(words);
  });

  test('names behind a double encoding carry the mark that the document has', () => {
    const broken = 'Bonjour, je m’appelle HÃ©lÃ¨ne Lefèvre. HÃ©lÃ¨ne habite le quai.';
    const journey = trace({ text: broken, authors: ['Hélène Lefèvre'] });
    expect(journey.text).toContain('[PERSONNE 1]');
    const shown = wordsOf(journey);
    expect(shown).toContain('[PERSONNE 1]');
    expect(shown).not.toMatch(/H[^ ]*l[^ ]*ne|Lef/);
  });

  test('kinds that the recipe keeps stay', () => {
    const recipe = { ...DEFAULT_RECIPE, keepPersonal: ['siren' as const] };
    expect(wordsOf(trace({ text: 'La société Exemple, SIREN 732 829 320.' }, recipe))).toContain('732 829 320');
  });

  test('whatever surrounds and splits an address', () => {
    const around = fc.array(fc.constantFrom('<b>', '</b>', ' ', '&nbsp;', 'Ã©', 'le', '<!--', '-->', '"', '>', '\n'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(around, around, (before, after) => {
        const text = `${before.join('')} jean.martin@exemple.fr ${after.join('')}`;
        const journey = trace({ text });
        if (journey.text.includes('[COURRIEL')) expect(wordsOf(journey)).not.toContain('jean.martin@');
      }),
    );
  });

  test('any string is traced', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(trace({ text }).steps.at(-1)!.name).toBe('marked');
      }),
    );
  });
});
