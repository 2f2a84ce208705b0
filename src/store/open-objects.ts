// Opens the object store that the settings name: a folder, or any S3.

import { isAbsolute, join } from 'node:path';
import { DataSensError } from '../model/error.ts';
import type { Objects } from './objects.ts';
import { openFolder } from './objects-folder.ts';
import { openS3 } from './objects-s3.ts';

interface ObjectsEffects {
  /** Folder that relative paths start from. */
  readonly root: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Opens `s3://bucket/prefix?endpoint=https://…&region=…` (credentials from DATASENS_S3_KEY and DATASENS_S3_SECRET), or a
 * folder by its path.
 * @throws settings-invalid, secret-missing
 */
export async function openObjects(url: string, effects: ObjectsEffects): Promise<Objects> {
  const environment = effects.environment ?? process.env;
  if (!url.startsWith('s3://')) {
    const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1];
    if (scheme !== undefined) {
      throw new DataSensError('settings-invalid', `store.objects: ${scheme}:// is not a kind of object store`, {
        remedy: 'Give a folder, or s3://bucket/prefix?endpoint=https://…',
      });
    }
    return await openFolder(isAbsolute(url) ? url : join(effects.root, url));
  }
  const location = new URL(url);
  const endpoint = location.searchParams.get('endpoint');
  if (location.hostname === '' || endpoint === null || !/^https?:\/\/[^/]+/.test(endpoint)) {
    throw new DataSensError('settings-invalid', 'store.objects: an S3 address needs a bucket and an endpoint', {
      remedy: 'Write s3://bucket/prefix?endpoint=https://s3.example.fr&region=fr-par',
    });
  }
  return openS3({
    endpoint: endpoint.replace(/\/+$/, ''),
    bucket: location.hostname,
    prefix: location.pathname.replace(/^\/+|\/+$/g, ''),
    region: location.searchParams.get('region') ?? 'us-east-1',
    accessKey: required(environment, 'DATASENS_S3_KEY'),
    secretKey: required(environment, 'DATASENS_S3_SECRET'),
  });
}

function required(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new DataSensError('secret-missing', `${name} is not set`, {
    remedy: 'Set it to the credentials of the bucket.',
  });
}
