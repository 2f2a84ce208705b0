// Cuts a text that is too long for a model, between sentences, and says by how much.

/** Characters that one token stands for at the least in French, for servers that do not count: one too many costs little. */
export const CHARACTERS_PER_TOKEN = 2.5;

export interface Excerpt {
  readonly text: string;
  /** Characters kept and in all; null where nothing is left out. */
  readonly cut: { readonly kept: number; readonly of: number } | null;
}

const segmenter = () => new Intl.Segmenter('fr', { granularity: 'sentence' });

/** The first whole sentences within `length` UTF-16 units; a first sentence longer than that is cut between characters. */
export function excerptOf(text: string, length: number): Excerpt {
  if (text.length <= length) return { text, cut: null };
  let end = 0;
  for (const { index, segment } of segmenter().segment(text.slice(0, length + 1))) {
    // The last one may go on beyond what was looked at.
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  if (end === 0) end = isLowSurrogate(text, length) ? length - 1 : length;
  return { text: text.slice(0, end), cut: { kept: end, of: text.length } };
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
