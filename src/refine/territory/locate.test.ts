import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measurePassages } from '../../../test/passages.ts';
import { locate, type PlaceHints } from './locate.ts';

const NONE: PlaceHints = { given: null, field: null, source: null };

/** `words → kind:code role`, as many as were found; `ambigu` where nothing decides. */
function placesOf(text: string, hints: Partial<PlaceHints> = {}): readonly string[] {
  return locate({ title: null, text }, { ...NONE, ...hints }).places.map(
    ({ start, end, place, role }) =>
      `${text.slice(start, end)} → ${place === null ? 'ambigu' : `${place.kind}:${place.code}`} ${role}`,
  );
}

describe('places in a text', () => {
  test.each([
    ['J’habite au Havre.', ['Havre → commune:76351 author']],
    ['Je vis à St. Martin d’Hères.', ['St. Martin d’Hères → commune:38421 author']],
    ['La gare de Chalon s/Saône est fermée.', ['Chalon s/Saône → commune:71076 subject']],
    ['Le marché de Crest (Drôme) ferme.', ['Crest (Drôme → commune:26108 subject']],
    ['Le marché de Montreuil (28) ferme.', ['Montreuil (28 → commune:28267 subject']],
    ['BP 12, 38031 Grenoble Cedex', ['38031 Grenoble → commune:38185 mention']],
    ['Dans le 12e arrondissement de Paris, rien.', ['12e arrondissement de Paris → arrondissement:75112 subject']],
    ['À Lyon 3e, rien.', ['Lyon 3e → arrondissement:69383 subject']],
    ['La Vienne est belle, à Vienne aussi.', ['Vienne → department:86 subject', 'Vienne → commune:38544 subject']],
    ['Dans le 93, rien.', ['93 → department:93 subject']],
    ['L’Oise déborde, la Loire est en crue.', []],
    ['En Alsace et à Mayotte.', ['Alsace → region:44 subject', 'Mayotte → department:976 subject']],
    ['La communauté de communes du Diois', ['communauté de communes du Diois → epci:242600534 subject']],
    ['L’agglomération de Rouen', ['agglomération de Rouen → epci:200023414 subject']],
    ['À Saint-Denis, rien.', ['Saint-Denis → ambigu subject']],
  ])('%s', (text, expected) => {
    expect(placesOf(text)).toEqual(expected);
  });

  test.each([
    'Rue de Grenoble, avenue de Paris, place de Verdun.',
    'Mme Paris, M. Laval, P. Lyon et Jean Dijon sont venus.',
    'M. Paris, Charles de Blois et le général de Saint-Germain.',
    'Son avis compte, le bois aussi, mais pas Place.',
    'L’accord de Paris, le jambon de Bayonne, l’Olympique de Marseille.',
    'Valence, en Espagne, et Vienne (Autriche).',
    'Montréal, Londres, Rome et Venise.',
    'écrire à [PERSONNE 1], [ADRESSE 2], lyon@exemple.fr ou @Lyon, https://exemple.fr/Grenoble',
    'Plus de 38000 personnes, 75000 euros.',
    'Paris Match et Ouest-France en parlent.',
    'La communauté éducative du Diois, le syndicat du Val.',
  ])('nothing is a place in: %s', (text) => {
    expect(placesOf(text)).toEqual([]);
  });

  test('homonyms are told apart by field, source, département and places around', () => {
    expect(placesOf('À Saint-Denis, rien.', { source: '974' })).toEqual(['Saint-Denis → commune:97411 subject']);
    expect(placesOf('À Saint-Denis, rien.', { field: '93200' })).toEqual(['Saint-Denis → commune:93066 subject']);
    expect(placesOf('À Saint-Denis, à La Réunion, rien.')[0]).toBe('Saint-Denis → commune:97411 subject');
    expect(placesOf('De Bobigny à Saint-Denis, rien.')[1]).toBe('Saint-Denis → commune:93066 subject');
  });

  test('a small town is believed where the source is from', () => {
    expect(placesOf('La télécabine de Bozel est en panne.')).toEqual([]);
    expect(placesOf('La télécabine de Bozel est en panne.', { source: '73' })).toHaveLength(1);
  });
});

test.each(['dev', 'held-out'] as const)('passages annotated by hand: %s', (part) => {
  const { right, given, expected, roles } = measurePassages(part);
  expect(expected).toBeGreaterThanOrEqual(75);
  expect(right / given).toBeGreaterThanOrEqual(0.93);
  expect(right / expected).toBeGreaterThanOrEqual(0.92);
  expect(roles / right).toBeGreaterThanOrEqual(0.8);
});

describe('the territory that words give', () => {
  const territoryOf = (text: string, hints: Partial<PlaceHints> = {}, title: string | null = null) =>
    locate({ title, text }, { ...NONE, ...hints }).territory;

  test('one commune, or what several have in common', () => {
    expect(territoryOf('À Grenoble, rien.')).toMatchObject({ commune: '38185', rule: 'text:only-bearer' });
    expect(territoryOf('À Voiron et à Vizille, rien.')).toMatchObject({
      commune: null,
      department: '38',
      rule: 'text:shared',
    });
    expect(territoryOf('À Grenoble et à Valence, rien.')).toMatchObject({ department: null, region: '84' });
    expect(territoryOf('À Grenoble et à Bordeaux, rien.')).toBeNull();
    expect(territoryOf('À Gap, dans les Hautes-Alpes.')).toMatchObject({ commune: '05061' });
    expect(territoryOf('Comme à Strasbourg.')).toBeNull();
    expect(territoryOf('À Valence aussi.', {}, 'La gare de Grenoble')).toMatchObject({ commune: '38185' });
  });

  test('the source’s own territory is left only for what is said plainly', () => {
    expect(territoryOf('À Voiron, rien.', { source: '38' })).toMatchObject({ commune: '38563' });
    expect(territoryOf('À Bordeaux, rien.', { source: '38' })).toMatchObject({ department: '38', rule: 'source' });
    expect(territoryOf('J’habite à Bordeaux.', { source: '38' })).toMatchObject({ commune: '33063', role: 'author' });
  });

  test('the author’s field comes before words', () => {
    expect(territoryOf('J’habite à Bordeaux.', { field: '38' })).toMatchObject({ department: '38', commune: null });
  });
});

describe('on any string', () => {
  const PIECES = [
    ...[
      'Grenoble',
      'Saint',
      'St.',
      'Le',
      'Havre',
      'au',
      'aux',
      'Ulis',
      'à',
      'de',
      "d'",
      'en',
      'dans',
      'le',
      '93',
      '38000',
      '(',
      ')',
      '(38)',
    ],
    ...[
      'Vienne',
      'Isère',
      'communauté de communes',
      'CC',
      'du',
      'Diois',
      'Paris',
      '12e',
      'arrondissement',
      "j'habite",
      'rue',
      '-',
      '’',
      ',',
      '. ',
    ],
    ...[
      '[PERSONNE 1]',
      '\uD800',
      '\uDC00',
      '\u0301',
      'œ',
      'Œ',
      '\u00A0',
      '\n',
      '@',
      'https://',
      'É',
      'ß',
      'İ',
      '\u{1F3F4}',
      ' ',
      ' ',
      ' ',
    ],
  ];
  const words = fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 })
    .map((pieces) => pieces.join(''));

  test('mentions are at places that exist, in order, apart, bounded, outside marks, and the same each time', () => {
    fc.assert(
      fc.property(words, words, (title, text) => {
        const hints = { given: null, field: title, source: text };
        const located = locate({ title, text }, hints);
        expect(locate({ title, text }, hints)).toEqual(located);
        expect(located.places.length).toBeLessThanOrEqual(40);
        let last = { at: 'title', end: 0 };
        for (const { at, start, end, score, place, candidates } of located.places) {
          const field = at === 'title' ? title : text;
          expect(start).toBeGreaterThanOrEqual(at === last.at ? last.end : 0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(field.length);
          expect(field.slice(start, end)).not.toContain('PERSONNE');
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(candidates.length <= 5 && candidates.length > 0 === (place === null)).toBe(true);
          last = { at, end };
        }
      }),
      { numRuns: 400 },
    );
  });

  test('what follows a line end changes nothing before it', () => {
    fc.assert(
      fc.property(words, (text) => {
        const alone = locate({ title: null, text }, NONE).places;
        const followed = locate({ title: null, text: `${text}\n\nrien de plus` }, NONE).places;
        expect(followed.map(({ start, end }) => [start, end])).toEqual(alone.map(({ start, end }) => [start, end]));
      }),
      { numRuns: 200 },
    );
  });

  const blns = resolve(import.meta.dirname, '../../../../shared/data/hostile/blns.json');
  test.skipIf(!existsSync(blns))('naughty strings are read to their end', () => {
    for (const text of JSON.parse(readFileSync(blns, 'utf8')) as string[]) {
      locate({ title: text, text }, { given: null, field: text, source: text });
    }
  });

  test('a text of one name two hundred thousand times is read in linear time', () => {
    const start = performance.now();
    expect(locate({ title: null, text: 'À Saint-Martin. '.repeat(200_000) }, NONE).places).toHaveLength(40);
    locate({ title: null, text: 'a'.repeat(1_000_000) }, NONE);
    locate({ title: null, text: 'Saint-'.repeat(200_000) }, NONE);
    // A quadratic reader takes minutes; the bound only has to tell them apart on a slow machine.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
