// Which findings refuse a document. The findings themselves carry no severity: this is where it is decided.

import { createHash } from 'node:crypto';
import type { FindingCode } from '../model/finding.ts';
import type { PolicyId } from '../model/identity.ts';
import { canonicalJson } from '../model/json.ts';

export interface Policy {
  /** Raised by hand whenever the rules of clear.ts change. */
  readonly version: number;
  /** Findings that keep a document from being published; `text-empty` and `personal-residual` do so even unlisted. */
  readonly refuseFindings: readonly FindingCode[];
}

export const DEFAULT_POLICY: Policy = { version: 1, refuseFindings: ['text-empty', 'personal-residual'] };

/** The same rules have the same id, wherever they are written. */
export function policyId(policy: Policy): PolicyId {
  const spelled = canonicalJson({ version: policy.version, refuseFindings: [...policy.refuseFindings].sort() });
  return createHash('sha256').update(spelled).digest('hex') as PolicyId;
}
