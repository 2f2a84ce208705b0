// A kept student of either kind, read back by what its bytes say they are.

import { type LinearHead, type LinearModel, modelIn } from './linear-model.ts';
import { type Unpacked, unpack } from './packing.ts';
import { SEQUENCE_FORMAT, type SequenceHead, type SequenceModel, taggerIn } from './sequence-model.ts';

export type Artefact =
  | { readonly kind: 'labels'; readonly model: LinearModel }
  | { readonly kind: 'spans'; readonly model: SequenceModel };

/** @throws RangeError where the bytes are no student of this version. */
export function decodeArtefact(bytes: Uint8Array): Artefact {
  const kept = unpack<LinearHead | SequenceHead>(bytes);
  return kept.format === SEQUENCE_FORMAT
    ? { kind: 'spans', model: taggerIn(kept as Unpacked<SequenceHead>) }
    : { kind: 'labels', model: modelIn(kept as Unpacked<LinearHead>) };
}
