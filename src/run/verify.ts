// Checks a published release offline, wherever its folder was copied to.

import { DataSensError } from '../model/error.ts';
import { verifyRelease } from '../publish/verify.ts';
import { openDuckDb } from './duckdb.ts';

/** Every problem of the release in `folder`; none when it is what was published. @throws not-found where there is no manifest */
export async function verify(folder: string): Promise<Awaited<ReturnType<typeof verifyRelease>>> {
  try {
    return await verifyRelease(folder, { openDuckDb });
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new DataSensError('not-found', `${folder} holds no release (no manifest.json)`, {
      cause,
      remedy: 'name the folder that `datasens publish` printed',
    });
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}
