// Where a project's database and objects are, the hosts being those that its own settings declare.

import { join } from 'node:path';
import { approveEndpoint } from '../egress/policy.ts';
import { DataSensError } from '../model/error.ts';
import { startServer } from '../store/server.ts';
import { fromEnvironment, type Project } from './project.ts';

/** URL of the project's database, the embedded one being started if need be. @throws egress-refused, secret-missing */
export async function databaseUrl(project: Project): Promise<string> {
  const { database } = project.settings.store;
  if (database !== 'embedded') return approved(fromEnvironment(database), 'store.database');
  return (await startServer(join(project.private, 'postgres'))).url;
}

/** Where its objects are, as `openObjects` reads it. @throws egress-refused, secret-missing */
export function objectsUrl(project: Project): string {
  const url = fromEnvironment(project.settings.store.objects);
  const endpoint = url.startsWith('s3://') ? new URL(url).searchParams.get('endpoint') : null;
  if (endpoint !== null) approved(endpoint, 'store.objects');
  return url;
}

/** Drivers open their own sockets: where to is asked of egress all the same. The settings that name it declare it. */
function approved(endpoint: string, setting: string): string {
  const refusal = approveEndpoint(endpoint, [endpoint]);
  if (refusal === null) return endpoint;
  throw new DataSensError(
    'egress-refused',
    `${setting} names ${refusal.host}, where nothing may be sent (${refusal.reason})`,
    {
      remedy: 'name the host of your own database or object store',
    },
  );
}
