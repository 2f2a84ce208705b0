// What an answer depends on, and what it says of how it came to be. Texts are told by keyed hashes, never by words.

import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../../model/json.ts';
import type { AnnotatedDocument } from '../annotator.ts';
import { judgingConfig, type ModelConfig } from './config.ts';
import { judgedText } from './disarm.ts';
import type { ModelEffects } from './effects.ts';
import type { Served } from './probe.ts';
import type { Prompt } from './prompt.ts';

type Words = Pick<AnnotatedDocument, 'title' | 'text'>;

export interface Asked {
  readonly config: ModelConfig;
  readonly prompt: Prompt;
  readonly served: Served;
  readonly effects: Pick<ModelEffects, 'hmac'>;
  readonly version: string;
}

/** Hexadecimal: the same key, the same answer. */
export function keyOf(asked: Asked, document: AnnotatedDocument): string {
  const { config, prompt, served, effects, version } = asked;
  const key = {
    text: textHash(effects, document),
    codebook: version,
    prompt: prompt.sha256,
    model: served.digest,
    constraint: served.constraint,
    parameters: judgingConfig(config),
  };
  return createHash('sha256').update(canonicalJson(key)).digest('hex');
}

/** Written on every annotation. */
export function madeOf({ config, prompt, served, version }: Asked, text: string): JsonObject {
  return {
    model: served.model,
    asked: config.model,
    digest: served.digest,
    revision: config.revision ?? null,
    template: served.templateSha256,
    prompt: prompt.sha256,
    codebook: version,
    text,
    constraint: served.constraint,
    answerTokens: config.answerTokens,
  };
}

/** Nobody without the project's key can try texts against it. */
export function textHash(effects: Pick<ModelEffects, 'hmac'>, document: Words): string {
  return effects.hmac(`judged\0${judgedText(document)}`);
}

/** The same for the same text, so that a question can be asked again word for word; unguessable without the project's key. */
export function delimiterOf(effects: Pick<ModelEffects, 'hmac'>, document: Words): string {
  const words = judgedText(document);
  for (let turn = 0; ; turn += 1) {
    const delimiter = effects.hmac(`delimiter\0${turn}\0${words}`).slice(0, 32);
    if (!words.includes(delimiter)) return delimiter;
  }
}
