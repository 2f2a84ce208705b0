// Settings of servers: secrets are named, never written; addresses can be read.

import { z } from 'zod';

/** `${NAME}` of the environment or `file:path`; a secret written plainly is refused. */
export const secretSetting = z
  .string()
  .regex(
    /^(?:\$\{[A-Z_][A-Z0-9_]*\}|file:.+)$/,
    `must name a secret, not be one: "\${NAME}" (a variable of the environment) or "file:path"`,
  );

/** True where every `%` of an address is followed by what it stands for. */
export function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
