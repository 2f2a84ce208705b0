// A secret in the settings: named, never written.

import { z } from 'zod';

/** `${NAME}` of the environment or `file:path`; a secret written plainly is refused. */
export const secretSetting = z
  .string()
  .regex(
    /^(?:\$\{[A-Z_][A-Z0-9_]*\}|file:.+)$/,
    `must name a secret, not be one: "\${NAME}" (a variable of the environment) or "file:path"`,
  );
