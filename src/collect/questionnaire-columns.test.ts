import { describe, expect, test } from 'vitest';
import { profileOf, verdictOf } from './questionnaire-columns.ts';
import { personalByName, personalForm } from './questionnaire-personal.ts';
import { isNoAnswer, slugOf, wordingOf } from './questionnaire-wording.ts';

function verdict(name: string, cells: readonly string[]): string {
  const column = profileOf(
    name,
    cells.map((cell) => new Map([[name, cell]])),
  );
  const found = verdictOf(column);
  if (column.personal !== null) return `personal (${column.personal})`;
  return found.kind === 'ignored' ? found.reason : found.kind;
}

const times = (count: number, make: (at: number) => string) => Array.from({ length: count }, (_, at) => make(at));
const among = (values: readonly string[], count: number) => times(count, (at) => values[at % values.length]!);

describe('a column is', () => {
  test.each([
    ['open', 'Que faut-il changer ?', times(40, (at) => `Il faudrait un banc de plus, le numéro ${at}.`)],
    ['open', 'Remarques', ['Le quai est trop bruyant la nuit.', '', 'RAS']],
    // Non-answers do not make an open question look closed.
    ['open', 'Une remarque ?', [...times(90, () => 'RAS'), ...times(10, (at) => `La rue ${at} est sale le lundi.`)]],
    ['open', 'En un mot, le quai ?', times(20, (at) => `mot${at}`)],
    ['closed', 'Satisfaction', among(['Très satisfait', 'Plutôt satisfait', 'Pas satisfait'], 30)],
    [
      'closed',
      'Êtes-vous d’accord ?',
      among(['Oui, tout à fait d’accord avec ce projet de halle', 'Non, pas du tout'], 40),
    ],
    ['closed', 'Transports ?', among(['Bus, vélo', 'Bus', 'Marche, vélo', 'Voiture, bus, marche'], 40)],
    ['closed', 'Quel âge avez-vous ?', times(12, (at) => String(20 + at * 3))],
    ['closed', 'Note de 0 à 10', among(['0', '5', '7', '10'], 25)],
    ['closed', 'Tranche', ['18-25', '26-40']],
    ['numbers', 'Dossier', times(60, (at) => String(20_000 + at * 17))],
    ['dates', 'Mis à jour', times(9, (at) => `2026-02-0${at + 1} 10:00:00`)],
    ['links', 'Pièce jointe', times(9, (at) => `https://exemple.fr/${at}.pdf`)],
    ['no answer', 'Question 7', ['', '  ', 'NSP', '-']],
    ['too few answers to tell', 'Référent', ['Hector', 'Diane']],
    ['short answers, nearly all different', 'Référent', times(50, (at) => `Référent${at}`)],
    ['personal (mail)', 'Contact', times(9, (at) => `p${at}@exemple.fr`)],
    ['personal (other)', 'Pour vous joindre', times(9, (at) => `06 12 34 56 7${at}`)],
    ['personal (other)', 'Lieu', times(9, (at) => `${at + 1} rue des Tilleuls, 38000 Val-Clair`)],
    ['personal (name)', 'Votre nom et prénom', ['Hector Vauban', 'Diane Lormeau']],
  ])('%s: %s', (expected, name, cells) => {
    expect(verdict(name, cells)).toBe(expected);
  });
});

test('a name is personal where it says nothing else', () => {
  const named = (names: readonly string[]) => names.map(personalByName);
  expect(named(['Adresse e-mail', 'Votre courriel (facultatif)', 'E-mail'])).toEqual(['mail', 'mail', 'mail']);
  expect(named(['Nom', 'Prénom et nom', 'author_name', 'pseudo'])).toEqual(['name', 'name', 'name', 'name']);
  expect(named(['N° de téléphone', 'ipaddr', 'Date de naissance', 'author-id'])).toEqual(times(4, () => 'other'));
  const others = [
    'Code postal',
    'Adresse du projet',
    'Nom de la commune',
    'Année de naissance',
    'Votre avis',
    'Date',
    'id',
  ];
  expect(named(others)).toEqual(others.map(() => null));
});

test('a cell is personal where it is nothing else', () => {
  const forms = [
    'a@exemple.fr',
    '+33 6 12 34 56 78',
    '0476000000',
    '192.168.1.7',
    '@pseudo',
    'FR7630006000011234567890189',
  ];
  expect(forms.map((cell) => personalForm(cell) !== null)).toEqual(forms.map(() => true));
  const words = ['écrivez à a@exemple.fr', '38000', '2026-01-02', '12', 'Rue des Tilleuls', 'Oui'];
  expect(words.map(personalForm)).toEqual(words.map(() => null));
});

test('a wording is what was asked, and names its question', () => {
  const columns = [
    '1. Que voulez-vous ?',
    'Q12 - Que voulez-vous ?',
    'G1Q3[SQ001]. Que  voulez-vous ?',
    'id. Response ID',
  ];
  expect(columns.map(wordingOf)).toEqual([...times(3, () => 'Que voulez-vous ?'), 'Response ID']);
  expect(wordingOf('Transports. Que voulez-vous ?')).toBe('Transports. Que voulez-vous ?');
  expect([slugOf('Qu’est-ce qui est réussi ?'), slugOf('???'), slugOf('a'.repeat(90)).length]).toEqual([
    'qu_est_ce_qui_est_reussi',
    'question',
    48,
  ]);
});

test('declining is no answer, saying little is one', () => {
  const declined = ['NSP', 'N.S.P.', ' néant', 'R.A.S', '/', '--', 'n/a', 'Ne se prononce pas.', 'Non concerné(e)'];
  expect(declined.map(isNoAnswer)).toEqual(declined.map(() => true));
  const said = ['non', 'rien', 'aucun', 'je ne sais pas', '5', '🙂', 'RAS mais les bancs manquent'];
  expect(said.map(isNoAnswer)).toEqual(said.map(() => false));
});
