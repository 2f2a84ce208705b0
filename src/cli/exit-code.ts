// The one place where failures become exit codes.

import type { ErrorCode } from '../model/error.ts';

/** 0 ok, 1 failure, 2 usage, 3 settings, 4 refused, 5 not found, 6 partial, 7 quality gate, 8 remote, 9 locked. */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  'settings-invalid': 3,
  'settings-missing': 3,
  'secret-missing': 3,
  'input-missing': 5,
  'input-unreadable': 1,
  'input-too-large': 1,
  'input-unsupported': 1,
  'input-suspect': 7,
  'egress-refused': 4,
  'remote-unavailable': 8,
  'remote-refused': 8,
  'store-unavailable': 8,
  'store-corrupt': 1,
  locked: 9,
  'not-found': 5,
  refused: 4,
  unauthenticated: 4,
  throttled: 8,
  'quality-gate': 7,
  'verification-failed': 1,
  partial: 6,
  cancelled: 130,
  internal: 1,
};
