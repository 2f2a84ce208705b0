import { expect, test } from 'vitest';
import { injections } from '../../test/injections.ts';
import { findInjection } from './injection.ts';

const seen = (text: string) => findInjection(text, 'text').length > 0;

test('most of 320 attacks in French and English are seen, and none of the texts they were put in', () => {
  const all = injections();
  expect(new Set(all.map(({ attacked }) => attacked)).size).toBeGreaterThanOrEqual(300);
  for (const language of ['fr', 'en']) {
    const own = all.filter((injection) => injection.language === language);
    expect(own.filter(({ attacked }) => seen(attacked)).length / own.length).toBeGreaterThan(0.8);
  }
  expect(all.filter(({ clean }) => seen(clean))).toEqual([]);
});

test('citizens who speak of machines, rules and labels are not taken for attackers', () => {
  for (const text of [
    'L’intelligence artificielle doit être encadrée par la loi.',
    'Il ne faut pas oublier les règles de priorité au carrefour.',
    'Je voudrais une étiquette énergie lisible sur chaque logement.',
    'À partir de maintenant, tu trouveras les horaires à la mairie.',
    'Note pour la mairie : le modèle de convention n’est pas joint.',
    'Un message du maire aux habitants serait bienvenu.',
  ]) {
    expect([text, seen(text)]).toEqual([text, false]);
  }
});

test('a long text is read in no time', () => {
  const hostile = [
    'ne tiens pas '.repeat(5000),
    '{ "'.repeat(20_000),
    'ia qui doit '.repeat(8000),
    'label '.repeat(15_000),
  ];
  for (const text of hostile) {
    const startedAt = performance.now();
    findInjection(text, 'text');
    expect(performance.now() - startedAt).toBeLessThan(2000);
  }
});
