// Where bytes are kept: a folder, or any S3. Keys are slash-separated names; an object appears whole or not at all.

import { isAbsolute, join } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { openFolder } from './objects-folder.ts';
import { openS3 } from './objects-s3.ts';

export interface Objects {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** As `put`, from a file. */
  putFile(key: string, path: string): Promise<void>;
  /** The bytes, or those from `start` to before `end`. @throws not-found */
  get(key: string, range?: ByteRange): Promise<Uint8Array>;
  /** As `get`, into a file that appears whole or not at all. */
  getToFile(key: string, path: string): Promise<void>;
  stat(key: string): Promise<{ readonly sizeBytes: number } | null>;
  /** Content with an absent key. */
  remove(key: string): Promise<void>;
  /** Keys that begin with `prefix`, in code unit order. */
  list(prefix: string): AsyncIterable<string>;
}

export interface ByteRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

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
