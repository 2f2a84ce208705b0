import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashOf } from '../../test/corpus.ts';
import type { RecordId } from '../model/identity.ts';
import { openKeyring } from './keys.ts';
import { openRecord, sealRecords } from './seal.ts';

const sealRecord = (bytes: Uint8Array, organisationKey: Uint8Array, id: RecordId) =>
  sealRecords([{ id, bytes }], organisationKey)[0]!;

const record = hashOf('record') as RecordId;
const other = hashOf('other') as RecordId;
const key = randomBytes(32);

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-keys-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test('a sealed record opens to its bytes, whatever they are', () => {
  for (const bytes of [new Uint8Array(0), Buffer.from('a'), randomBytes(70_000)]) {
    const { sealed, wrappedKey } = sealRecord(bytes, key, record);
    expect(Buffer.from(openRecord(sealed, wrappedKey, key, record)).equals(bytes)).toBe(true);
    expect(sealed.byteLength).toBe(bytes.byteLength + 28);
  }
});

test('the same bytes sealed twice share nothing', () => {
  const [one, two] = [sealRecord(Buffer.from('même'), key, record), sealRecord(Buffer.from('même'), key, record)];
  expect(Buffer.from(one.sealed).equals(two.sealed)).toBe(false);
  expect(() => openRecord(one.sealed, two.wrappedKey, key, record)).toThrow();
});

test('every altered byte, another key, another record and a cut are found', () => {
  const { sealed, wrappedKey } = sealRecord(Buffer.from('bytes'), key, record);
  const corrupt = expect.objectContaining({ code: 'store-corrupt' });
  const flip = (bytes: Uint8Array, position: number) => {
    const copy = Buffer.from(bytes);
    copy[position]! ^= 1;
    return copy;
  };
  for (let n = 0; n < sealed.byteLength; n += 1) {
    expect(() => openRecord(flip(sealed, n), wrappedKey, key, record)).toThrow(corrupt);
    expect(() => openRecord(sealed.subarray(0, n), wrappedKey, key, record)).toThrow(corrupt);
  }
  for (let n = 0; n < wrappedKey.byteLength; n += 1) {
    expect(() => openRecord(sealed, flip(wrappedKey, n), key, record)).toThrow(corrupt);
  }
  expect(() => openRecord(sealed, wrappedKey, randomBytes(32), record)).toThrow(corrupt);
  expect(() => openRecord(sealed, wrappedKey, key, other)).toThrow(corrupt);
});

test('the key is made once, for its owner alone, by however many ask at once', async () => {
  const folder = join(await newFolder(), 'keys');
  const rings = await Promise.all(Array.from({ length: 8 }, () => openKeyring(folder, {})));
  const [first] = rings;
  expect(first!.organisationKey.byteLength).toBe(32);
  for (const ring of rings) expect(Buffer.from(ring.organisationKey).equals(first!.organisationKey)).toBe(true);
  expect((await stat(join(folder, 'organisation.key'))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(first!.hmac('a')).toBe(rings[1]!.hmac('a'));
  expect(first!.hmac('a')).not.toBe(first!.hmac('b'));
});

test('the key may come from the environment or a file, and must be one', async () => {
  const folder = await newFolder();
  const text = key.toString('base64');
  expect((await openKeyring(folder, { DATASENS_KEY: text })).organisationKey).toEqual(key);
  const path = join(folder, 'elsewhere.key');
  await writeFile(path, text, { mode: 0o600 });
  expect((await openKeyring(folder, { DATASENS_KEY_FILE: path })).organisationKey).toEqual(key);
  const refused = expect.objectContaining({ code: 'secret-missing' });
  await chmod(path, 0o644);
  await expect(openKeyring(folder, { DATASENS_KEY_FILE: path })).rejects.toEqual(refused);
  await expect(openKeyring(folder, { DATASENS_KEY: 'court' })).rejects.toEqual(refused);
  await expect(openKeyring(folder, { DATASENS_KEY_FILE: join(folder, 'none') })).rejects.toEqual(refused);
  await expect(readFile(join(folder, 'organisation.key'))).rejects.toThrow();
});
