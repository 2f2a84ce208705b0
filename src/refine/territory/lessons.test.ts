import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SaidTerritory } from '../../model/territory.ts';
import { type Correction, learnTerritory } from './lessons.ts';
import { locate } from './locate.ts';
import { searchPlaces } from './place-search.ts';

const place = (code: string): SaidTerritory => ({ decision: 'place', place: { kind: 'commune', code } });
const corrections = fc.array(
  fc.record({
    said: fc.constantFrom<SaidTerritory>(place('38185'), place('26108'), { decision: 'nowhere', place: null }),
    always: fc.boolean(),
  }),
  { maxLength: 8 },
);

test('the same corrections teach the same, whatever their order', () => {
  fc.assert(
    fc.property(
      corrections.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(learnTerritory(shuffled)).toEqual(learnTerritory(list));
      },
    ),
  );
});

test('two that agree teach, one does not unless it is asked for, and disagreement teaches nothing', () => {
  const once = (code: string, always = false): Correction => ({ said: place(code), always });
  expect(learnTerritory([])).toBeNull();
  expect(learnTerritory([once('38185')])).toBeNull();
  expect(learnTerritory([once('38185', true)])).toEqual({ said: place('38185'), corrections: 1 });
  expect(learnTerritory([once('38185'), once('38185')])).toEqual({ said: place('38185'), corrections: 2 });
  expect(learnTerritory([once('38185'), once('38185'), once('26108')])).toBeNull();
  expect(learnTerritory([once('38185', true), once('26108')])).toEqual({ said: place('38185'), corrections: 1 });
  expect(learnTerritory([once('38185', true), once('26108', true)])).toBeNull();
});

test('a lesson decides where its form does, and what was found stays beside', () => {
  const lessons = new Map<string, SaidTerritory>([
    ['text:saint martin', place('26108')],
    ['field:38000', { decision: 'nowhere', place: null }],
  ]);
  const at = (text: string, field: string | null = null) =>
    locate({ title: null, text }, { given: null, lessons, field, source: null });
  const learned = at('Il faut un abri à Saint-Martin, devant la mairie de Saint Martin.');
  expect(learned).toMatchObject({
    territory: { commune: '26108', department: '26', rule: 'corrected', score: 0.95 },
    form: 'text:saint martin',
    found: { territory: null, findings: [{ code: 'territory-missing' }] },
    findings: [],
  });
  expect(at('À Grenoble, rien.')).toMatchObject({
    territory: { commune: '38185' },
    found: null,
    form: 'text:grenoble',
  });
  const nowhere = at('Rien.', ' 38000 ');
  expect(nowhere.territory).toMatchObject({ commune: null, department: null, region: null, rule: 'corrected' });
  expect(nowhere.found?.territory).toMatchObject({ department: '38', rule: 'postal-code' });
});

test('a form is one name, and holds nobody’s data', () => {
  const formOf = (text: string, field: string | null = null) =>
    locate({ title: null, text }, { given: null, field, source: '38' }).form;
  expect(formOf('À Voiron et à Vizille, rien.')).toBeNull();
  expect(formOf('Rien de particulier.')).toBeNull();
  expect(formOf('Rien.', 'Saint-Martin d’Hères')).toBe('field:saint martin d heres');
  expect(formOf('Rien.', 'camille.roy@courriel.example')).toBeNull();
  expect(formOf('Rien.', 'x'.repeat(100))).toBeNull();
});

test('places are found without accents, by code, by postal code, the most likely first', () => {
  const first = (question: string) => searchPlaces(question, 5)[0];
  expect(first('isere')).toMatchObject({ kind: 'department', code: '38', within: 'Auvergne-Rhône-Alpes' });
  expect(first('SAINT ETIENNE')).toMatchObject({ kind: 'commune', code: '42218', within: 'Loire' });
  expect(first('38185')).toMatchObject({ code: '38185', name: 'Grenoble' });
  expect(first('26400')).toMatchObject({ code: '26108' });
  expect(first('2a')).toMatchObject({ kind: 'department', code: '2A' });
  expect(searchPlaces('g', 5)).toEqual([]);
  expect(searchPlaces('val', 5)).toHaveLength(5);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => searchPlaces(text, 3).length <= 3),
    { numRuns: 30 },
  );
});
