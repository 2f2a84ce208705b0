// Which findings refuse, and what came of it. `Cleared` can only be made by govern/clear.ts.

import type { DocumentId, PolicyId } from './identity.ts';

export const REFUSAL_REASONS = [
  'text-empty',
  'licence-forbids',
  'superseded', // a later version of the same item or file exists
  'personal-residual',
  'retention-expired',
  'finding-refused', // a finding that this project's policy lists
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];
export type Reasons = readonly [RefusalReason, ...RefusalReason[]];

export type Clearance =
  | { readonly kind: 'cleared'; readonly document: DocumentId; readonly policy: PolicyId }
  | { readonly kind: 'refused'; readonly document: DocumentId; readonly policy: PolicyId; readonly reasons: Reasons };

declare const clearedBrand: unique symbol;
/** A value that the policy lets out. Only govern/clear.ts makes one. */
export type Cleared<Value> = Value & { readonly [clearedBrand]: true };
