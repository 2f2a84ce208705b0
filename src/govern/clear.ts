// Clears a document for publication, or refuses it with reasons. The only place where something becomes Cleared.

import type { Clearance, Cleared, RefusalReason } from '../model/clearance.ts';
import type { Finding, FindingCode } from '../model/finding.ts';
import type { DocumentId } from '../model/identity.ts';
import type { ReleaseRow } from '../model/release.ts';
import { allowsReuse } from './licences.ts';
import { type Policy, policyId } from './policy.ts';

export interface ClearanceSubject {
  readonly document: DocumentId;
  /** Length of the stored text, in UTF-16 units. */
  readonly textLength: number;
  readonly findings: readonly Finding[];
  /** Licence id of the source. */
  readonly licence: string;
  /** True where a later version of the same item or file exists. */
  readonly superseded: boolean;
  readonly retentionExpired: boolean;
}

/** Asks the policy about one document; every reason to refuse is named, not only the first. */
export function clear(subject: ClearanceSubject, policy: Policy): Clearance {
  const identity = { document: subject.document, policy: policyId(policy) };
  const [first, ...others] = reasonsOf(subject, policy);
  return first === undefined
    ? { kind: 'cleared', ...identity }
    : { kind: 'refused', ...identity, reasons: [first, ...others] };
}

/** The row, when it is the one that was cleared; null otherwise. */
export function cleared(row: ReleaseRow, clearance: Clearance): Cleared<ReleaseRow> | null {
  return clearance.kind === 'cleared' && clearance.document === row.document ? (row as Cleared<ReleaseRow>) : null;
}

/** Refused whatever a project lists: a list that forgets them must not let words of persons out. */
const ALWAYS_REFUSED: readonly FindingCode[] = ['text-empty', 'personal-residual'];

function reasonsOf(subject: ClearanceSubject, policy: Policy): readonly RefusalReason[] {
  const found = new Set(subject.findings.map(({ code }) => code));
  const reasons: RefusalReason[] = [];
  if (subject.textLength === 0 || found.has('text-empty')) reasons.push('text-empty');
  if (!allowsReuse(subject.licence)) reasons.push('licence-forbids');
  if (subject.superseded) reasons.push('superseded');
  if (found.has('personal-residual')) reasons.push('personal-residual');
  if (subject.retentionExpired) reasons.push('retention-expired');
  const listed = policy.refuseFindings.filter((code) => !ALWAYS_REFUSED.includes(code));
  if (listed.some((code) => found.has(code))) reasons.push('finding-refused');
  return reasons;
}
