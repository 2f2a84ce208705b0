// Takes from a text what a server would read as its own marks (turns, system, ends): the words stay, and stay findable.

import type { AnnotatedDocument } from '../annotator.ts';

/** A text as it is sent, and where its characters are in the stored one. */
export interface SentText {
  readonly text: string;
  /** UTF-16 offset in the stored text of an offset in the sent one. */
  originalOffset(sent: number): number;
}

/** Marks of chat templates (ChatML, Llama, Mistral, SentencePiece). A space after the first character unmakes them. */
const MARK =
  /<\|[a-z_]{1,40}\|>|<\/?s>|<(?:unk|pad|bos|eos)>|\[\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS)\]|<<\/?SYS>>|<0x[0-9a-f]{2}>/gi;

/** Pure; `length` UTF-16 units of the text at most are sent. */
export function disarm(text: string): SentText {
  const inserted: number[] = [];
  let sent = '';
  let from = 0;
  for (const { index } of text.matchAll(MARK)) {
    sent += `${text.slice(from, index + 1)} `;
    inserted.push(sent.length - 1);
    from = index + 1;
  }
  sent += text.slice(from);
  return {
    text: sent,
    originalOffset(offset) {
      let before = 0;
      while (before < inserted.length && inserted[before]! < offset) before += 1;
      return offset - before;
    },
  };
}

/** What a document's judgement depends on, in one string. */
export function judgedText({ title, text }: Pick<AnnotatedDocument, 'title' | 'text'>): string {
  return `${title ?? ''}\0${text}`;
}
