// The organisation's master key: it opens every record, and lives apart from the packs.

import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSensError } from '../model/error.ts';

export interface Keyring {
  /** 32 bytes. */
  readonly organisationKey: Uint8Array;
  /** Keyed hash of a text, hexadecimal: the same text gives the same mark, and nobody without the key can guess it. */
  hmac(text: string): string;
}

const KEY_BYTES = 32;

/**
 * Reads the master key from DATASENS_KEY (base64), from the file DATASENS_KEY_FILE names, or from
 * `<folder>/organisation.key`, which it creates (0600) the first time.
 * @throws secret-missing where the key is not 32 bytes, or its file can be read by others
 */
export async function openKeyring(
  folder: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Keyring> {
  const organisationKey = await readKey(folder, environment);
  // Apart from the key that seals records, as one key serves one use.
  const hmacKey = new Uint8Array(hkdfSync('sha256', organisationKey, '', 'datasens hmac', KEY_BYTES));
  return { organisationKey, hmac: (text) => createHmac('sha256', hmacKey).update(text).digest('hex') };
}

async function readKey(folder: string, environment: Readonly<Record<string, string | undefined>>): Promise<Uint8Array> {
  const { DATASENS_KEY: given, DATASENS_KEY_FILE: named } = environment;
  if (given !== undefined) return decodeKey(given, 'DATASENS_KEY');
  if (named !== undefined) return await readKeyFile(named);
  const path = join(folder, 'organisation.key');
  await createKey(folder, path);
  return await readKeyFile(path);
}

async function readKeyFile(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch((cause) => {
    throw new DataSensError('secret-missing', `The key file ${path} cannot be read`, { cause });
  });
  if (process.platform !== 'win32' && (found.mode & 0o007) !== 0) {
    throw new DataSensError('secret-missing', `The key file ${path} can be read by other users`, {
      remedy: `Run chmod 600 ${path}.`,
    });
  }
  return decodeKey(await readFile(path, 'utf8'), path);
}

function decodeKey(text: string, origin: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.byteLength === KEY_BYTES) return key;
  throw new DataSensError('secret-missing', `${origin} does not hold a key of ${KEY_BYTES} bytes in base64`, {
    remedy: 'Restore the key from where it was kept; records sealed with another key cannot be opened.',
  });
}

/** Written aside and linked into place: a key file is whole, and of two processes the first wins. */
async function createKey(folder: string, path: string): Promise<void> {
  if (await stat(path).catch(() => null)) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}
