import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PersonalKind } from '../model/personal.ts';
import { PERSONAL_MARKS } from '../model/personal.ts';
import { DETECTORS, findCheckedForms, findPersonal } from './personal.ts';

/** The text with each span written as `⟦kind:words⟧`. */
function shown(text: string, authors: readonly string[] = []): string {
  let out = '';
  let at = 0;
  for (const span of findPersonal(text, { authors })) {
    out += `${text.slice(at, span.start)}⟦${span.kind}:${text.slice(span.start, span.end)}⟧`;
    at = span.end;
  }
  return out + text.slice(at);
}

function marked(text: string): string {
  let out = '';
  let at = 0;
  findPersonal(text).forEach((span, index) => {
    out += `${text.slice(at, span.start)}[${PERSONAL_MARKS[span.kind]} ${index + 1}]`;
    at = span.end;
  });
  return out + text.slice(at);
}

// Fictive contributions, as citizens write: every `⟦…⟧` is expected, and nothing else.
const CONTRIBUTIONS = [
  "bonjour je m'appelle ⟦person:marie lefevre⟧ et j'habite ⟦address:14 rue des tilleuls⟧, le bus passe jamais a l'heure",
  'Voir avec ⟦person:Karim Benali⟧ (⟦phone:06 00 00 45 12⟧) ou ⟦email:k.benali@exemple.fr⟧',
  'Mon voisin M. ⟦person:Petit⟧ brûle ses déchets, ⟦address:3 impasse du Four, 44110 Châteaubriant⟧. Que fait la mairie ?',
  "Je suis d'accord avec ⟦person:Solène⟧ : il faut rouvrir l'école Jean Moulin et la piscine du quartier Bellevue.",
  'MA FILLE ⟦person:LÉA DURAND⟧ NÉE LE ⟦birth-date:12/03/2015⟧ ATTEND UNE PLACE EN CRECHE',
  'La voiture ⟦plate:AB-123-CD⟧ est garée devant le gymnase Colette Besson tous les soirs',
  'Merci à ⟦person:Nadia El Amrani⟧, directrice du centre social, et à ⟦person:Jean-Baptiste Le Goff⟧.',
  'Rappelez-moi au ⟦phone:zéro six zéro zéro zéro zéro quarante-cinq douze⟧ svp',
  'Cordialement\n⟦person:Mme Y. Traoré⟧'.replace('⟦person:Mme ', 'Mme ⟦person:'),
  'Mon dossier n° ⟦identifier:2024-004512⟧ à la CAF est bloqué depuis mars',
  'Il faut plus de pistes cyclables entre Nantes et Saint-Herblain, et moins de voitures rue de Strasbourg.',
  'Pourquoi la Marine nationale ? Le Petit Port est fermé depuis mai. La Rose des vents aussi.',
  'En 2024, 12 500 habitants, 3 500 000 euros de travaux, soit 45,2 % du budget : 06 mois de retard.',
  'Le plan Climat et la loi Montagne ; le RGPD, la CNIL et le SMS.',
  'La France et San Francisco signent un accord. Le Président de la République viendra.',
  "Le Collectif Sans Voiture demande l'arrêt du projet de parking place du Marché.",
];

describe('findPersonal', () => {
  test.each(CONTRIBUTIONS)('reads as a citizen wrote it: %s', (expected) => {
    const text = expected.replace(/⟦[a-z-]+:([^⟧]*)⟧/gu, '$1');
    expect(shown(text)).toBe(expected);
  });

  test('keeps the stronger kind where two claim the same words', () => {
    expect(shown('12 rue Pierre Martin, 75011 Paris')).toBe('⟦address:12 rue Pierre Martin, 75011 Paris⟧');
    expect(shown('lea.durand@exemple.fr')).toBe('⟦email:lea.durand@exemple.fr⟧');
  });

  test('finds the author by the hint of the source, in any case, and no organisation', () => {
    expect(shown('signé xurxo et XURXO Zzyzx', ['Xurxo Zzyzx'])).toBe('signé ⟦person:xurxo⟧ et ⟦person:XURXO Zzyzx⟧');
    expect(shown('la mairie et le collectif vélo', ['Collectif Vélo'])).toBe('la mairie et le collectif vélo');
    expect(shown('merci, lea44', ['lea44'])).toBe('merci, ⟦person:lea44⟧');
  });

  test('finds a surname alone once the person was named in full', () => {
    expect(shown('Charles Zzyrnak est venu. Zzyrnak a parlé.')).toBe(
      '⟦person:Charles Zzyrnak⟧ est venu. ⟦person:Zzyrnak⟧ a parlé.',
    );
  });

  test('gives sorted spans that do not overlap and name their detector, for any mixture', () => {
    const piece = fc.constantFrom(
      ...CONTRIBUTIONS.map((text) => text.replace(/⟦[a-z-]+:([^⟧]*)⟧/gu, '$1')),
      ...DETECTORS.flatMap((detector) => detector.examples.found).map((text) =>
        text.replace(/⟦[a-z-]+:([^⟧]*)⟧/gu, '$1'),
      ),
      '\ud800',
      '12 ',
      '@',
      ', ',
    );
    const names = new Set(DETECTORS.map((detector) => detector.name));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(40), (pieces, cut) => {
        const text = pieces.join(' ').slice(cut);
        let last = 0;
        for (const span of findPersonal(text)) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.end).toBeGreaterThan(span.start);
          expect(names.has(span.detector)).toBe(true);
          last = span.end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('names that a tagger finds beside the rules', () => {
  const text = 'Léa Durand et le patron Quentolar (lea@exemple.fr), au quai A.';
  const finding = (...words: readonly string[]) =>
    findPersonal(text, {
      authors: [],
      findNames: () =>
        words.map((one) => ({ start: text.indexOf(one), end: text.indexOf(one) + one.length, score: 0.8 })),
    }).map(({ start, end, kind, detector, score }) => [text.slice(start, end), kind, detector, score]);
  const rules = [
    ['Léa Durand', 'person', 'person', undefined],
    ['lea@exemple.fr', 'email', 'email', undefined],
  ];

  test('are added, with how sure they are, to what the rules find', () => {
    expect(finding()).toEqual(rules);
    expect(finding('Quentolar')).toEqual([rules[0], ['Quentolar', 'person', 'student', 0.8], rules[1]]);
  });

  test('take nothing from the rules, and are no stray signs', () => {
    expect(finding('Durand', 'Léa Durand', 'lea', 'A.', '(')).toEqual(rules);
    expect(finding('Durand et le patron Quentolar').map(([words]) => words)).toEqual([
      'Léa',
      'Durand et le patron Quentolar',
      'lea@exemple.fr',
    ]);
  });
});

describe('findCheckedForms', () => {
  test('finds forms only', () => {
    const kinds = findCheckedForms('Léa Durand, 06 00 00 45 12, lea@exemple.fr').map((span) => span.kind);
    expect(kinds).toEqual(['phone', 'email'] satisfies PersonalKind[]);
  });

  test('finds nothing in a text whose personal data was replaced by marks', () => {
    const sources = [...CONTRIBUTIONS, ...DETECTORS.flatMap((detector) => detector.examples.found)];
    for (const source of sources) {
      expect(findCheckedForms(marked(source.replace(/⟦[a-z-]+:([^⟧]*)⟧/gu, '$1')))).toEqual([]);
    }
  });
});
