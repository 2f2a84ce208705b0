// Places and the rules that decided of them, in the reader's words.

import type { DocumentAnswer } from '../../../api/documents.ts';
import type { Words } from '../../language.tsx';

type NamedPlace = NonNullable<DocumentAnswer['places'][number]['place']>;

export function nameOf({ kind, code, name }: NamedPlace, { named }: Words): string {
  return `${name ?? code} (${named('placekind', kind)} ${code})`;
}

/** `text:only-bearer`: the words of the text, and how; `postal-code+text`: two that decided together. */
export function ruleOf(rule: string, { named }: Words): string {
  return rule
    .split(/[:+]/)
    .map((part) => named('placerule', part))
    .join(' – ');
}
