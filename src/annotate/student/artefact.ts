// A kept student of either kind, read back by what its bytes say they are.

import { gunzipSync } from 'node:zlib';
import { decodeModel, type LinearModel } from './linear-model.ts';
import { decodeSequence, SEQUENCE_FORMAT, type SequenceModel } from './sequence-model.ts';

export type Artefact =
  | { readonly kind: 'labels'; readonly model: LinearModel }
  | { readonly kind: 'spans'; readonly model: SequenceModel };

/** @throws RangeError where the bytes are no student of this version. */
export function decodeArtefact(bytes: Uint8Array): Artefact {
  const whole = gunzipSync(bytes, { maxOutputLength: 1 << 30 });
  const { format } = JSON.parse(whole.toString('utf8', 4, 4 + whole.readUInt32LE(0))) as { readonly format: string };
  return format === SEQUENCE_FORMAT
    ? { kind: 'spans', model: decodeSequence(bytes) }
    : { kind: 'labels', model: decodeModel(bytes) };
}
