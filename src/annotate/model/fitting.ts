// Makes a text fit a request: tokens are counted before it is sent, and what is too long loses its last sentences.

import type { AnnotatedDocument } from '../annotator.ts';
import type { ModelConfig } from './config.ts';
import { disarm } from './disarm.ts';
import { CHARACTERS_PER_TOKEN, type Excerpt, excerptOf } from './excerpt.ts';
import type { Served } from './probe.ts';
import type { Prompt } from './prompt.ts';

/** Room that chat templates take besides the words. */
const TEMPLATE_TOKENS = 64;
/** Where neither server nor settings say how long a request may be. */
const CONTEXT_TOKENS = 4096;
/** A text is not cut below this: what is left would say nothing of it. */
const LEAST_CHARACTERS = 100;
const TITLE_CHARACTERS = 500;
/** No token stands for more characters than this, on average. */
const MOST_CHARACTERS_PER_TOKEN = 6;
const LOOKS = 8;

export interface Fitted {
  readonly title: string | null;
  readonly sent: ReturnType<typeof disarm>;
  readonly cut: Excerpt['cut'];
  /** Of the whole request. */
  readonly tokens: number;
}

export interface Fitting {
  /** The text as it is sent; null where not even its beginning fits. */
  fit(document: AnnotatedDocument, signal: AbortSignal): Promise<Fitted | null>;
  /** The server takes less than it said: `said` tokens, where it says how many. */
  shorten(said: number | null): void;
}

export async function openFitting(
  { config, served, prompt }: { readonly config: ModelConfig; readonly served: Served; readonly prompt: Prompt },
  signal: AbortSignal,
): Promise<Fitting> {
  const promptTokens = await countTokens(served, promptWords(prompt), signal);
  let contextTokens = Math.min(
    config.contextTokens ?? Number.POSITIVE_INFINITY,
    served.contextTokens ?? CONTEXT_TOKENS,
  );
  return {
    async fit(document, within) {
      const room = contextTokens - promptTokens - TEMPLATE_TOKENS - config.answerTokens;
      const title = document.title === null ? null : disarm(excerptOf(document.title, TITLE_CHARACTERS).text).text;
      let excerpt = excerptOf(document.text, Math.max(0, Math.floor(room * MOST_CHARACTERS_PER_TOKEN)));
      for (let look = 0; look < LOOKS; look += 1) {
        const sent = disarm(excerpt.text);
        const words = `${title ?? ''}\n${sent.text}`;
        const certain = words.length / CHARACTERS_PER_TOKEN + TEMPLATE_TOKENS < room;
        const tokens = certain
          ? Math.ceil(words.length / CHARACTERS_PER_TOKEN)
          : await countTokens(served, words, within);
        if (tokens <= room) return { title, sent, cut: cutOf(excerpt, document.text), tokens: tokens + promptTokens };
        const length = Math.floor(excerpt.text.length * Math.min(0.9, (room / tokens) * 0.95));
        if (length < LEAST_CHARACTERS) return null;
        excerpt = excerptOf(document.text, length);
      }
      return null;
    },
    shorten(said) {
      contextTokens = said !== null && said < contextTokens ? said : Math.floor(contextTokens * 0.75);
    },
  };
}

/** Tokens of some words: the server's own count, or more than they can be. */
async function countTokens(served: Served, words: string, signal: AbortSignal): Promise<number> {
  const counted = await served.countTokens?.(words, signal).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  return counted ?? Math.ceil(words.length / CHARACTERS_PER_TOKEN);
}

function promptWords(prompt: Prompt): string {
  return prompt
    .messages({ title: '', text: '' }, '0'.repeat(32))
    .map(({ content }) => content)
    .join('\n');
}

function cutOf({ text, cut }: Excerpt, whole: string): Excerpt['cut'] {
  return cut === null ? null : { kept: text.length, of: whole.length };
}
