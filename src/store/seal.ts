// Records at rest: each encrypted with its own key, which is wrapped by the organisation's. Destroying the wrapped key
// erases the record wherever its bytes were copied. No I/O, so that worker threads may import it.

import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import type { RecordId } from '../model/identity.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface SealedRecord {
  /** Nonce, ciphertext and tag. */
  readonly sealed: Uint8Array;
  /** The record's key, itself nonce, ciphertext and tag under the organisation's key. */
  readonly wrappedKey: Uint8Array;
}

/**
 * Encrypts records (AES-256-GCM, NIST SP 800-38D), each with a fresh key; both ciphertexts are bound to its id. Randomness is
 * drawn once for all: asking the system three times a record cost more than the encryption.
 */
export function sealRecords(
  records: readonly { readonly id: RecordId; readonly bytes: Uint8Array }[],
  organisationKey: Uint8Array,
): readonly SealedRecord[] {
  const wrapping = createSecretKey(organisationKey);
  const each = KEY_BYTES + 2 * NONCE_BYTES;
  const random = randomBytes(records.length * each);
  return records.map(({ id, bytes }, at) => {
    const own = random.subarray(at * each, (at + 1) * each);
    const key = own.subarray(0, KEY_BYTES);
    const nonces = [own.subarray(KEY_BYTES, KEY_BYTES + NONCE_BYTES), own.subarray(KEY_BYTES + NONCE_BYTES)] as const;
    return {
      sealed: encrypt(bytes, createSecretKey(key), nonces[0], `record ${id}`),
      wrappedKey: encrypt(key, wrapping, nonces[1], `key ${id}`),
    };
  });
}

/** Decrypts a record. @throws store-corrupt where a byte, the key or the record's id is not the sealed one */
export function openRecord(
  sealed: Uint8Array,
  wrappedKey: Uint8Array,
  organisationKey: Uint8Array | KeyObject,
  record: RecordId,
): Uint8Array {
  try {
    const wrapping = organisationKey instanceof Uint8Array ? createSecretKey(organisationKey) : organisationKey;
    const key = decrypt(wrappedKey, wrapping, `key ${record}`);
    return decrypt(sealed, createSecretKey(key), `record ${record}`);
  } catch (cause) {
    throw new DataSensError('store-corrupt', `Record ${record} cannot be opened: its bytes or its key were altered`, {
      cause,
      remedy: 'Is this the key folder the records were sealed with? Else restore the pack from a backup.',
    });
  }
}

// Both ciphers are given key objects: finding out that bytes are not one took Node 24 twice as long as the rest.

function encrypt(bytes: Uint8Array, key: KeyObject, nonce: Uint8Array, bound: string): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(bound));
  const encrypted = cipher.update(bytes);
  cipher.final();
  return Buffer.concat([nonce, encrypted, cipher.getAuthTag()]);
}

function decrypt(sealed: Uint8Array, key: KeyObject, bound: string): Uint8Array {
  const end = sealed.byteLength - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(end));
  const bytes = decipher.update(sealed.subarray(NONCE_BYTES, end));
  // Nothing is left to come in this mode; it throws where the tag does not hold.
  decipher.final();
  return bytes;
}
