// Clears a document for publication, or refuses it with reasons. The only place where something becomes Cleared.

import type { Clearance, Cleared, RefusalReason } from '../model/clearance.ts';
import type { Finding } from '../model/finding.ts';
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

function reasonsOf(subject: ClearanceSubject, policy: Policy): readonly RefusalReason[] {
  const refusing = subject.findings.map(({ code }) => code).filter((code) => policy.refuseFindings.includes(code));
  const reasons = new Set<RefusalReason>();
  if (subject.textLength === 0 || refusing.includes('text-empty')) reasons.add('text-empty');
  if (!allowsReuse(subject.licence)) reasons.add('licence-forbids');
  if (subject.superseded) reasons.add('superseded');
  if (refusing.includes('personal-residual')) reasons.add('personal-residual');
  if (subject.retentionExpired) reasons.add('retention-expired');
  if (refusing.some((code) => code !== 'text-empty' && code !== 'personal-residual')) reasons.add('finding-refused');
  return [...reasons];
}
