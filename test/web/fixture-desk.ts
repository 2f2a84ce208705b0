// A SourceDesk over fictive sources, for the tests of the API and of the workbench: it remembers what is changed.

import { DataSensError } from '../../src/model/error.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type {
  DeadLetter,
  HealthState,
  Preview,
  SaveResult,
  SourceDesk,
  SourceDraft,
  SourcePage,
} from '../../src/run/desk.ts';
import { loadCollectors } from '../../src/run/plugins.ts';
import { parseRhythm } from '../../src/run/rhythm.ts';
import { catalogueOf } from '../../src/run/source-catalogue.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-09-01T08:00:00Z');
const RUN = 'a3a9e1f2-7a57-4d0e-8a0a-64a4d5b8c111';

interface FixtureDesk extends SourceDesk {
  /** What was saved last, by name. */
  readonly saved: ReadonlyMap<string, SourceDraft>;
}

const STATES: Readonly<Record<string, HealthState>> = {
  concertation: 'ok',
  presse: 'failing',
  reclamations: 'late',
  ateliers: 'paused',
  plateforme: 'quarantined',
  'nouvelle-source': 'never',
};

/** Sources in every state of health, or none. */
export async function fixtureDesk({ empty = false } = {}): Promise<FixtureDesk> {
  const collectors = await loadCollectors();
  const pages = new Map(Object.entries(empty ? {} : STATES).map(([name, state]) => [name, pageOf(name, state)]));
  const saved = new Map<string, SourceDraft>();
  let version = 1;
  const etag = () => `etag-${version}`;
  const changed = (): SaveResult => {
    version += 1;
    return { kind: 'saved', etag: etag() };
  };
  const required = (name: string): SourcePage => {
    const page = pages.get(name);
    if (page === undefined) throw new DataSensError('not-found', `there is no source \`${name}\``);
    return page;
  };
  return {
    saved,
    catalogue: async () => catalogueOf(collectors),
    inputs: async () =>
      empty
        ? []
        : [
            { path: 'inputs/consultation-2026.csv', sizeBytes: 184_320, modifiedAt: '2026-08-30T09:12:00Z' },
            { path: 'inputs/reclamations.csv', sizeBytes: 52_011, modifiedAt: '2026-08-28T17:40:00Z' },
          ],
    rhythm(every) {
      const rhythm = parseRhythm(every);
      return rhythm.kind === 'problem' ? { next: [], problem: rhythm.message } : { next: nextRuns(), problem: null };
    },
    list: async () => ({ etag: etag(), sources: [...pages.values()] }),
    get: async (name) => {
      const page = pages.get(name);
      return page === undefined ? null : { ...page, etag: etag() };
    },
    async test(draft) {
      if (!collectors.get(draft.collector)?.config.safeParse(draft.with).success) return invalid('/with/path');
      return JSON.stringify(draft.with).includes('absent')
        ? { kind: 'failed', code: 'input-missing', message: 'inputs/absent.csv cannot be opened', remedy: null }
        : { kind: 'answered', records: 1, location: 'inputs/consultation-2026.csv', seconds: 0.04 };
    },
    async preview(draft) {
      const parsed = collectors.get(draft.collector)?.config.safeParse(draft.with);
      return parsed?.success ? previewOf(draft.with) : invalid('/with/path');
    },
    async save(name, draft, seen) {
      if (seen.etag !== etag()) throw new DataSensError('locked', 'datasens.yaml was changed since it was read');
      if (seen.isNew && pages.has(name)) {
        return { kind: 'invalid', problems: [{ code: 'taken', field: '/name', line: 4, message: 'taken' }] };
      }
      if (!draft.approver) {
        return { kind: 'invalid', problems: [{ code: 'approver', field: '/approver', line: 9, message: 'who' }] };
      }
      saved.set(name, draft);
      const page = pages.get(name) ?? pageOf(name, 'never');
      pages.set(name, { ...page, ...wordsOf(draft), config: draft.with });
      return changed();
    },
    async setPaused(name, paused) {
      const page = required(name);
      const state = paused ? 'paused' : (STATES[name] ?? 'never');
      pages.set(name, {
        ...page,
        paused,
        health: { ...page.health, state: state === 'paused' && !paused ? 'ok' : state },
      });
      return changed();
    },
    async duplicate(name, copy) {
      if (pages.has(copy)) {
        return { kind: 'invalid', problems: [{ code: 'taken', field: '/name', line: 4, message: 'taken' }] };
      }
      pages.set(copy, { ...required(name), name: copy, paused: true, health: pageOf(copy, 'paused').health });
      return changed();
    },
    async refusals(name, { cursor }) {
      const letters = name === 'presse' ? deadLetters() : [];
      return cursor === null && letters.length > 0
        ? { items: letters.slice(0, 2), nextCursor: letters[1]!.id }
        : { items: letters.slice(2), nextCursor: null };
    },
  };
}

function invalid(field: string) {
  return { kind: 'invalid', problems: [{ code: 'missing', field, line: null, message: 'missing' }] } as const;
}

function wordsOf({ with: _, title, approver, territory, every, paused, ...words }: SourceDraft) {
  return {
    ...words,
    title: title ?? null,
    approver: approver ?? null,
    territory: territory ?? null,
    every: every ?? null,
    paused: paused ?? false,
  };
}

function nextRuns(): readonly string[] {
  return [1, 2, 3].map((hour) => new Date(NOW + hour * HOUR_MS).toISOString());
}

function pageOf(name: string, state: HealthState): SourcePage {
  const never = state === 'never';
  const at = new Date(NOW - 5 * HOUR_MS).toISOString();
  const failure = { code: 'remote-refused', message: 'https://presse.example/rss answered 404', remedy: null };
  const isFailing = state === 'failing';
  const done = {
    run: RUN,
    outcome: 'done',
    records: 1240,
    newRecords: 18,
    refusals: 0,
    seconds: 3.2,
    failure: null,
  } as const;
  return {
    name,
    title: name === 'concertation' ? 'Concertation mobilités 2026' : null,
    collector: name === 'presse' ? 'rss' : 'file',
    licence: 'lov2',
    purpose: 'analyser la concertation mobilités 2026',
    legalBasis: "mission d'intérêt public",
    retention: '3 years',
    approver: name === 'plateforme' ? null : 'Déléguée à la protection des données, 12 mai 2026',
    territory: null,
    every: never ? null : 'toutes les 30 minutes',
    paused: state === 'paused',
    nextRuns: never || state === 'paused' ? [] : nextRuns(),
    records: never ? 0 : 1240,
    config: name === 'presse' ? { feeds: ['https://presse.example/rss'] } : { path: 'inputs/consultation-2026.csv' },
    health: {
      state,
      lastSuccessAt: never ? null : at,
      lastAttemptAt: never ? null : at,
      lagSeconds: never ? null : 5 * 3600,
      errorRate: never ? null : isFailing ? 0.35 : 0,
      attempts: never ? 0 : 20,
      refusals: isFailing ? 3 : 0,
      failure: isFailing ? failure : null,
    },
    history: never
      ? []
      : [
          isFailing ? { ...done, at, outcome: 'failed', records: 0, newRecords: 0, failure } : { ...done, at },
          { ...done, at: new Date(NOW - 6 * HOUR_MS).toISOString(), outcome: 'partial', refusals: 2 },
        ],
    estimate: never ? null : { runs: 5, records: 1240, sizeBytes: 184_320, seconds: 3.4 },
    etag: '',
  };
}

function deadLetters(): readonly DeadLetter[] {
  return [3, 2, 1].map((id) => ({
    id: String(id),
    run: RUN,
    location: 'https://presse.example/rss',
    at: id === 2 ? 'item 12' : '',
    code: id === 2 ? 'input-unreadable' : 'remote-refused',
    message: 'https://presse.example/rss answered 404',
    refusedAt: new Date(NOW - id * HOUR_MS).toISOString(),
    resolvedAt: null,
  }));
}

function previewOf(config: JsonObject): Preview {
  return {
    kind: 'read',
    location: 'inputs/consultation-2026.csv',
    mediaType: 'text/csv',
    charset: typeof config.encoding === 'string' ? config.encoding : 'windows-1252',
    format: 'csv',
    delimiter: typeof config.delimiter === 'string' ? config.delimiter : ';',
    quote: '"',
    settled: true,
    records: 2,
    columns: [
      { name: 'Déposé le', roles: ['date'], filled: 1, personal: {} },
      { name: 'Nom', roles: ['author'], filled: 0.5, personal: { person: 1 } },
      { name: 'Contribution', roles: ['text'], filled: 1, personal: { phone: 1 } },
    ],
    rows: [
      ['03/05/2026', '[PERSONNE 1]', 'La ligne 7 est bondée, rappelez-moi au [TÉLÉPHONE 1].'],
      ['04/05/2026', '', '<img src=x onerror=alert(1)> Les trottoirs sont trop étroits.'],
    ],
    mapping: {
      id: [],
      title: [],
      text: ['Contribution'],
      date: ['Déposé le'],
      territory: [],
      author: ['Nom'],
      url: [],
    },
    documents: [
      {
        title: null,
        excerpt: 'La ligne 7 est bondée, rappelez-moi au [TÉLÉPHONE 1].',
        language: 'fr',
        published: '2026-05-03',
        department: '38',
      },
      {
        title: null,
        excerpt: '<img src=x onerror=alert(1)> Les trottoirs sont trop étroits.',
        language: 'fr',
        published: '2026-05-04',
        department: null,
      },
    ],
    personal: { person: 1, phone: 1 },
    languages: { fr: 2 },
    findings: { 'territory-missing': 1 },
    refusals: [],
  };
}
