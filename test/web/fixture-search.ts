// Search and document pages over the fictive corpus, in memory.

import { DataSensError } from '../../src/model/error.ts';
import { proposeSegments } from '../../src/refine/ideas.ts';
import { readLanguages } from '../../src/refine/passages.ts';
import {
  type DocumentPage,
  FACETS,
  type FacetValue,
  type SearchAnswer,
  type SearchQuery,
} from '../../src/run/reader.ts';
import { type FixtureDocument, hash } from './fixture-corpus.ts';
import { matchesFilter } from './fixture-figures.ts';
import { THEMES, TONES } from './fixture-words.ts';

export function fixtureSearch(documents: readonly FixtureDocument[], query: SearchQuery): SearchAnswer {
  const words = plain(query.q)
    .split(/\s+/)
    .filter((word) => word !== '');
  const shown = documents
    .filter((document) => query.duplicates === 'all' || document.representative)
    .filter((document) => words.every((word) => plain(`${document.title ?? ''} ${document.text}`).includes(word)));
  const matching = shown.filter((document) => matchesFilter(document, query)).toSorted(newestFirst);
  const start = startOf(query.cursor);
  const page = matching.slice(start, start + query.limit);
  const next = start + query.limit;
  return {
    total: matching.length,
    items: page.map((document) => ({
      id: document.id,
      title: document.title,
      excerpt: excerpt(document.text, words),
      source: document.source,
      published: document.published,
      theme: document.theme,
      tone: document.tone,
      department: document.department,
      language: document.language,
      copies: document.clusterSize,
      provisional: true,
    })),
    facets: Object.fromEntries(
      FACETS.map((facet) => [
        facet,
        countBy(
          shown.filter((document) => matchesFilter(document, { ...query, [facet]: null })),
          facet,
        ),
      ]),
    ) as SearchAnswer['facets'],
    nextCursor: next < matching.length ? Buffer.from(String(next)).toString('base64url') : null,
  };
}

export function fixtureDocument(documents: readonly FixtureDocument[], id: string): DocumentPage | null {
  const document = documents.find((candidate) => candidate.id === id);
  if (document === undefined) return null;
  const theme = THEMES.find((candidate) => candidate.id === document.theme)!;
  const tone = TONES.find((candidate) => candidate.id === document.tone)!;
  const copies = documents.filter((other) => document.cluster !== null && other.cluster === document.cluster);
  const judgement = { codebook: 'barometre@1', annotator: 'lexical', provisional: true, at: '2026-09-01T06:31:07Z' };
  const annotations = [
    {
      task: 'theme',
      label: theme.id,
      score: 0.81,
      evidence: evidence(document.text, theme.words, theme.id),
      ...judgement,
    },
    { task: 'tone', label: tone.id, score: 0.67, evidence: evidence(document.text, tone.words, tone.id), ...judgement },
  ];
  return {
    id: document.id,
    source: document.source,
    title: document.title,
    text: document.text,
    language: document.language,
    segments: proposeSegments(document.text),
    passages: readLanguages(document.text).passages,
    published: document.published,
    commune: null,
    department: document.department,
    ...placesOf(document),
    url: document.source === 'presse' ? `https://presse.example/${document.ordinal}` : null,
    attributes: { canal: 'formulaire', tranche_age: '35-49' },
    annotations,
    consensus: annotations.map(({ task, label, score, provisional }) => ({
      ...{ task, label, score, provisional, agreement: 1, annotators: ['lexical'] },
    })),
    findings: [
      { code: 'encoding-guessed', at: 'text', evidence: 'windows-1252' },
      ...(document.department === null ? [{ code: 'territory-missing', at: 'territory', evidence: 'empty' }] : []),
    ],
    personal: document.text.includes('[PERSONNE 1]') ? { person: 1, phone: 1 } : {},
    cluster:
      document.cluster === null
        ? null
        : {
            id: `near-${document.cluster}`,
            size: document.clusterSize,
            campaign: true,
            copies: copies
              .filter((other) => other.id !== document.id)
              .slice(0, 50)
              .map(({ id: copy, title, source, published, representative }) => ({
                ...{ id: copy, title, source, published, representative },
              })),
          },
    model: document.cluster === null ? null : { id: `partial-${document.cluster}`, documents: 12, share: 0.62 },
    provenance: {
      snapshot: {
        id: '0b1f6a52-6c1e-4a55-9d4e-2f0a4d1c7b10',
        location: `inputs/${document.source}-2026.csv`,
        fetchedAt: '2026-09-01T06:30:12Z',
        sha256: hash(document.source),
        sizeBytes: 481_204,
        mediaType: 'text/csv',
        charset: 'windows-1252',
      },
      record: hash(`record-${document.ordinal}`),
      ordinal: document.ordinal,
      key: `C-${document.ordinal}`,
      encoding: 'windows-1252',
      recipe: { id: hash('recipe'), body: '{"keepPersonal":[],"maximumTextLength":1000000,"version":1}' },
    },
    licence: 'lov2',
    legalBasis: 'mission d’intérêt public',
    purpose: 'analyser la concertation mobilités 2026',
    retention: '3 years',
    clearance: { kind: 'cleared', reasons: [] },
  };
}

function evidence(text: string, words: readonly string[], label: string) {
  return words.flatMap((word) => {
    const start = text.toLowerCase().indexOf(word);
    return start < 0 ? [] : [{ start, end: start + word.length, label, weight: 1.5 }];
  });
}

function excerpt(text: string, words: readonly string[]): SearchAnswer['items'][number]['excerpt'] {
  const short = text.slice(0, 240);
  const folded = plain(short);
  // Folding keeps lengths for these fictive texts; where it does not (hostile ones), nothing is marked.
  if (folded.length !== short.length) return [{ text: short, match: false }];
  const segments: { text: string; match: boolean }[] = [];
  let at = 0;
  while (at < short.length) {
    const hits = words.map((word) => ({ start: folded.indexOf(word, at), word })).filter(({ start }) => start >= 0);
    const first = hits.toSorted((left, right) => left.start - right.start)[0];
    if (first === undefined) break;
    if (first.start > at) segments.push({ text: short.slice(at, first.start), match: false });
    at = first.start + first.word.length;
    segments.push({ text: short.slice(first.start, at), match: true });
  }
  if (at < short.length) segments.push({ text: short.slice(at), match: false });
  return segments;
}

function countBy(documents: readonly FixtureDocument[], facet: (typeof FACETS)[number]): readonly FacetValue[] {
  const counts = new Map<string, number>();
  for (const document of documents) {
    const value = document[facet];
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, n]) => ({ value, n }))
    .sort((left, right) => right.n - left.n || left.value.localeCompare(right.value));
}

function newestFirst(left: FixtureDocument, right: FixtureDocument): number {
  return right.published.localeCompare(left.published) || left.id.localeCompare(right.id);
}

function startOf(cursor: string | null): number {
  if (cursor === null) return 0;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{1,9}$/.test(text)) throw new DataSensError('usage', 'this cursor was not given by the search');
  return Number(text);
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The département of its field, two communes that it leaves open, and two names at the head of the text. */
function placesOf({ department, text }: FixtureDocument): Pick<DocumentPage, 'territory' | 'places'> {
  const end = Math.max(1, text.indexOf(' '));
  const bearers = [
    { kind: 'commune', code: '35288', name: 'Saint-Malo' },
    { kind: 'commune', code: '35281', name: 'Saint-Jacques-de-la-Lande' },
  ] as const;
  const [first] = bearers;
  const settled = { role: 'author', score: 0.95, rule: 'only-bearer', place: first, candidates: [] } as const;
  const open = { role: 'subject', score: 0.51, rule: 'ambigu', place: null, candidates: bearers } as const;
  return {
    territory:
      department === null
        ? null
        : {
            places: [{ kind: 'department', code: department, name: null }],
            ...{ role: 'author', score: 0.97, rule: 'postal-code', candidates: bearers, gazetteer: '2026' },
          },
    places: [
      { at: 'text', start: 0, end, ...settled },
      { at: 'text', start: end, end: text.length, ...open },
    ],
  };
}
