// Valid release rows from partial ones, for tests.

import { createHash } from 'node:crypto';
import { clear, cleared } from '../src/govern/clear.ts';
import { DEFAULT_POLICY } from '../src/govern/policy.ts';
import type { Cleared } from '../src/model/clearance.ts';
import type { DocumentId } from '../src/model/identity.ts';
import type { ReleaseRow } from '../src/model/release.ts';

/** A row with an id of its own, made from the number. */
export function releaseRow(number: number, given: Partial<ReleaseRow> = {}): ReleaseRow {
  return {
    document: createHash('sha256').update(String(number)).digest('hex') as DocumentId,
    source: 'avis',
    key: String(number),
    title: null,
    text: `Contribution ${number}`,
    language: 'fr',
    published: '2026-05-12',
    publishedPrecision: 'day',
    week: '2026-05-11',
    commune: null,
    epci: null,
    department: '38',
    region: '84',
    territoryRule: 'postal-code',
    gazetteer: '2026',
    theme: 'ecologie',
    themeScore: 0.5,
    tone: 'neutre',
    toneScore: 0.5,
    labels: {},
    annotators: 'lexical',
    provisional: true,
    cluster: null,
    clusterSize: 1,
    representative: true,
    url: null,
    licence: 'lov2',
    attributes: '{}',
    record: 'r',
    recipe: 'q',
    ...given,
  };
}

/** Rows in order of id, each cleared by the default policy. */
export async function* clearedRows(rows: readonly ReleaseRow[]): AsyncIterable<Cleared<ReleaseRow>> {
  for (const row of rows.toSorted((left, right) => (left.document < right.document ? -1 : 1))) {
    const subject = {
      document: row.document,
      textLength: 1,
      findings: [],
      licence: row.licence,
      superseded: false,
      retentionExpired: false,
    };
    yield cleared(row, clear(subject, DEFAULT_POLICY))!;
  }
}
