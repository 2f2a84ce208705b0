// Which programs this machine has, and which of its ports are free.

import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';

/** Why a service made of these programs cannot be started here, or null. With REQUIRE_REAL=1 this is an error. */
export function missingPrograms(programs: readonly string[]): string | null {
  const missing = programs.filter((name) => !isInstalled(name));
  if (missing.length === 0) return null;
  const reason = `not installed: ${missing.join(', ')}`;
  if (process.env.REQUIRE_REAL === '1') throw new Error(`REQUIRE_REAL=1, but ${reason}`);
  return reason;
}

/** True where a program is on the path. */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => {
    try {
      accessSync(`${folder}/${program}`, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A port of loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
