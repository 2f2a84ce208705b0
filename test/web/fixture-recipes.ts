// Desks over fictive recipes and steps, for the tests of the API and of the workbench.

import { openMasker } from '../../src/refine/masking.ts';
import { diffWords, excerptOf } from '../../src/refine/word-diff.ts';
import type { StepsDesk } from '../../src/run/document-steps.ts';
import type { Reader } from '../../src/run/reader.ts';
import type { RecipeDesk, SourceRecipes } from '../../src/run/recipe-desk.ts';

const EXCERPT = { around: 60, maximum: 900 };
const hash = (name: string) => Buffer.from(name.padEnd(32, '.')).toString('hex');
const difference = (before: string, after: string) => excerptOf(diffWords(before, after), EXCERPT);

const SOURCES: readonly SourceRecipes[] = [
  {
    source: 'concertation',
    title: 'Concertation sur les mobilités du quotidien',
    inForce: { id: hash('une'), version: 3, since: '2026-03-01T08:00:00.000Z', derivable: true },
    proposal: {
      id: hash('autre'),
      version: 3,
      since: '2026-05-12T08:00:00.000Z',
      state: 'compared',
      entries: [
        { name: 'keepPersonal', before: '[]', after: '["siren"]' },
        { name: 'mapping.title', before: null, after: '"objet"' },
      ],
      records: { done: 1440, total: 1440 },
      difference: {
        ...{ same: 1312, changed: 126, gone: 0, new: 2 },
        changes: { text: 31, title: 118, personal: 31, findings: 44, clearance: 3, language: 0 },
        personal: [{ name: 'siren', before: 31, after: 0 }],
        findings: [{ name: 'language-uncertain', before: 19, after: 12 }],
        clearance: [
          { name: 'cleared', before: 0, after: 3 },
          { name: 'text-empty', before: 3, after: 0 },
        ],
        judgements: { carried: 212, stranded: 7 },
      },
      actor: null,
      why: null,
    },
    waiting: 0,
    replaced: null,
  },
  {
    source: 'presse',
    title: 'Presse locale',
    inForce: { id: hash('deux'), version: 2, since: '2026-02-01T08:00:00.000Z', derivable: false },
    proposal: {
      id: hash('trois'),
      version: 3,
      since: '2026-05-12T08:00:00.000Z',
      state: 'deriving',
      entries: [{ name: 'version', before: '2', after: '3' }],
      records: { done: 380, total: 2100 },
      difference: null,
      actor: null,
      why: null,
    },
    waiting: 12,
    replaced: null,
  },
  {
    source: 'reclamations',
    title: 'Réclamations',
    inForce: { id: hash('quatre'), version: 3, since: '2026-04-01T08:00:00.000Z', derivable: true },
    proposal: {
      id: hash('cinq'),
      version: 3,
      since: '2026-05-11T08:00:00.000Z',
      state: 'refused',
      entries: [{ name: 'maximumTextLength', before: '1000000', after: '2000' }],
      records: { done: 90, total: 90 },
      difference: null,
      actor: 'person:local',
      why: 'des lettres entières seraient coupées',
    },
    waiting: 0,
    replaced: { id: hash('zéro'), actor: 'person:local', why: 'comparée et acceptée', stranded: 2 },
  },
];

/** Recipes that wait, one that was refused, and judgements to look at again; none where empty. */
export function fixtureRecipeDesk({ empty = false, documents = [] as readonly string[] } = {}): RecipeDesk {
  const [first = hash('a'), second = hash('b')] = documents;
  return {
    list: async () => (empty ? [] : SOURCES),
    examples: async () => [
      {
        before: first,
        after: second,
        changes: ['text', 'title', 'personal'],
        title: difference('', 'Les bus du matin'),
        text: difference(
          'Écrire à la société Exemple, SIREN [SIREN 1], pour les bus du matin.\nIls passent trop tôt.',
          'Écrire à la société Exemple, SIREN 732 829 320, pour les bus du matin.\nIls passent trop tôt.',
        ),
        fields: [{ name: 'personal', before: 'siren 1', after: null }],
      },
      {
        ...{ before: null, after: second, changes: [], title: [], fields: [] },
        text: difference('', 'Plus de bancs au parc.'),
      },
    ],
    stranded: async () => [
      { before: first, after: second, task: 'tone', label: 'negatif', annotator: 'person:7' },
      { before: second, after: null, task: 'theme', label: 'transports', annotator: 'person:9' },
    ],
    accept: async (source) => ({ source, carried: 212, stranded: 7, run: null }),
    refuse: async (source) => ({ source, entries: SOURCES[0]!.proposal!.entries }),
  };
}

/** Steps of any document of the reader, masked as real ones are. */
export function fixtureStepsDesk(reader: Pick<Reader, 'document'>): StepsDesk {
  const values = [{ kind: 'person' as const, value: 'Hélène Lefèvre' }];
  const masker = openMasker({ values, authors: [], kept: new Set() });
  const shown = (text: string, isMarkup = false) => masker.mask(text, isMarkup) ?? '';
  const raw = '<p class="avis">La piscine est fermÃ©e, dit <b>Hélène Lefèvre</b>.</p>';
  const repaired = raw.replace('Ã©', 'é');
  const text = 'La piscine est fermée, dit Hélène Lefèvre.';
  return {
    async steps(id) {
      if ((await reader.document(id)) === null) return null;
      const step = { withheld: false, before: raw.length, after: repaired.length };
      return {
        kind: 'traced',
        steps: [
          { ...step, name: 'received', after: raw.length, parts: [{ kind: 'same', text: shown(raw, true) }] },
          { ...step, name: 'repaired', parts: difference(shown(raw, true), shown(repaired, true)) },
          { ...step, name: 'extracted', after: text.length, parts: difference(shown(repaired, true), shown(text)) },
          { ...step, name: 'cleaned', parts: [], withheld: true },
          { ...step, name: 'marked', parts: [] },
        ],
        ...{ marks: { person: 1 }, sizeBytes: 412, textFormat: 'auto', encoding: 'utf-8+mojibake' },
        ...{ given: { date: '12/03/2026', territory: '35000' }, version: 2, programVersion: 3, same: true },
      };
    },
  };
}
