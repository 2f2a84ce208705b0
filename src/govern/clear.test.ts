import { expect, test } from 'vitest';
import type { Clearance } from '../model/clearance.ts';
import type { DocumentId } from '../model/identity.ts';
import type { ReleaseRow } from '../model/release.ts';
import type { publish } from '../publish/publish.ts';
import { type ClearanceSubject, clear, cleared } from './clear.ts';
import { DEFAULT_POLICY, policyId } from './policy.ts';
import { isRetentionExpired, parseRetention } from './retention.ts';

const id = 'a'.repeat(64) as DocumentId;
const subject = (given: Partial<ClearanceSubject> = {}): ClearanceSubject => ({
  document: id,
  textLength: 120,
  findings: [],
  licence: 'lov2',
  superseded: false,
  retentionExpired: false,
  ...given,
});

test('clears a document that nothing speaks against', () => {
  expect(clear(subject(), DEFAULT_POLICY)).toEqual({ kind: 'cleared', document: id, policy: policyId(DEFAULT_POLICY) });
});

test('names every reason to refuse, not only the first', () => {
  const finding = { code: 'personal-residual', at: 'text', evidence: 'email 1' } as const;
  const refused = clear(subject({ licence: 'internal', superseded: true, findings: [finding] }), DEFAULT_POLICY);
  expect(refused).toMatchObject({ kind: 'refused', reasons: ['licence-forbids', 'superseded', 'personal-residual'] });
});

test('refuses an unknown licence: silence is no permission', () => {
  expect(clear(subject({ licence: 'whatever' }), DEFAULT_POLICY)).toMatchObject({ reasons: ['licence-forbids'] });
});

test('refuses a finding that this project lists', () => {
  const policy = { ...DEFAULT_POLICY, refuseFindings: ['injection-suspected' as const] };
  const finding = { code: 'injection-suspected', at: 'text', evidence: '1' } as const;
  expect(clear(subject({ findings: [finding] }), policy)).toMatchObject({ reasons: ['finding-refused'] });
  expect(clear(subject({ findings: [finding] }), DEFAULT_POLICY).kind).toBe('cleared');
});

test('a list that forgets residual personal data does not let it out', () => {
  const policy = { ...DEFAULT_POLICY, refuseFindings: ['injection-suspected' as const] };
  const finding = { code: 'personal-residual', at: 'text', evidence: 'email 1' } as const;
  expect(clear(subject({ findings: [finding] }), policy)).toMatchObject({ reasons: ['personal-residual'] });
});

test('hands out only the row that was cleared', () => {
  const row = { document: id } as ReleaseRow;
  const clearance: Clearance = clear(subject(), DEFAULT_POLICY);
  expect(cleared(row, clearance)).toBe(row);
  expect(cleared({ ...row, document: 'b'.repeat(64) as DocumentId }, clearance)).toBeNull();
  expect(cleared(row, clear(subject({ textLength: 0 }), DEFAULT_POLICY))).toBeNull();
});

test('publish takes nothing that was not cleared', () => {
  type Rows = Parameters<typeof publish>[0];
  async function* rows(): AsyncIterable<ReleaseRow> {}
  // @ts-expect-error a row that govern/clear.ts did not clear is no row of a release
  const refused: Rows = rows();
  expect(refused).toBeDefined();
});

test('counts retention in days, months and years, in French and English', () => {
  expect(parseRetention('18 mois')).toEqual({ amount: 18, unit: 'month' });
  expect(parseRetention('3 years')).toEqual({ amount: 3, unit: 'year' });
  expect(() => parseRetention('forever')).toThrow(/not understood/);
  const fetched = new Date('2026-01-31T10:00:00Z');
  expect(isRetentionExpired('1 month', fetched, new Date('2026-02-28T09:59:59Z'))).toBe(false);
  expect(isRetentionExpired('1 month', fetched, new Date('2026-02-28T10:00:00Z'))).toBe(true);
  expect(isRetentionExpired('2 ans', fetched, new Date('2028-01-31T10:00:00Z'))).toBe(true);
});
