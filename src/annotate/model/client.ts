// The requests that a model's server is sent, and what its answers mean. Never quotes what a server says: it may be a text.

import { DataSensError } from '../../model/error.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { ModelConfig } from './config.ts';
import type { ModelEffects, ModelResponse } from './effects.ts';
import type { Message } from './prompt.ts';

/** How the server is made to keep to a schema. */
export type Constraint =
  | 'response_format' // OpenAI's, on /chat/completions
  | 'completion'; // llama.cpp's own /completion, for models whose template defeats the former

export interface Question {
  readonly messages: readonly Message[];
  readonly schema: JsonObject;
  readonly seed: number;
  readonly temperature: number;
  readonly answerTokens: number;
}

export type Reply =
  | {
      readonly kind: 'answered';
      readonly content: string;
      /** True where the answer was cut at its longest. */
      readonly cut: boolean;
      readonly tokens: { readonly input: number; readonly output: number } | null;
      readonly fingerprint: string | null;
    }
  | { readonly kind: 'busy'; readonly retryAfterMs: number | null }
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** The text and the answer do not fit. */
  | { readonly kind: 'overflow'; readonly contextTokens: number | null }
  /** A 4xx that is not one of those. */
  | { readonly kind: 'refused'; readonly status: number }
  /** 200, and not what the protocol says. */
  | { readonly kind: 'malformed'; readonly detail: string };

const MAXIMUM_BYTES = 1024 * 1024;

export interface Client {
  ask(question: Question, constraint: Constraint, signal: AbortSignal): Promise<Reply>;
  /** JSON of another address of the server; null where it has none there, or it is not JSON. @throws remote-refused where the key is not taken */
  read(path: string, body: JsonObject | null, signal: AbortSignal): Promise<Json | null>;
  /** Host and port, for messages and records. */
  readonly host: string;
}

export function openClient(config: ModelConfig, effects: ModelEffects): Client {
  const base = config.endpoint.replace(/\/+$/, '');
  const root = base.replace(/\/v1$/, '');
  const host = new URL(base).host;
  const key = config.key === undefined ? null : effects.secret(config.key);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  const timeoutMs = config.timeoutSeconds * 1000;

  function send(url: string, body: JsonObject | null, signal: AbortSignal): Promise<ModelResponse> {
    const request = { headers, signal, timeoutMs, maximumBytes: MAXIMUM_BYTES };
    if (body === null) return effects.fetch(url, { method: 'GET', ...request });
    return effects.fetch(url, { method: 'POST', body: JSON.stringify(body), ...request });
  }

  async function post(url: string, body: JsonObject, signal: AbortSignal): Promise<JsonObject | Reply> {
    try {
      const response = await send(url, body, signal);
      const { status } = response;
      if (status === 429 || status === 503) {
        await discard(response);
        return { kind: 'busy', retryAfterMs: retryAfter(response, effects.clock()) };
      }
      if (status >= 500) {
        const said = parseObject(await textOf(response).catch(() => ''));
        return isUnparsed(said)
          ? { kind: 'malformed', detail: 'cut' }
          : { kind: 'unavailable', detail: `HTTP ${status}` };
      }
      const isJson = /^application\/(?:[a-z0-9.+-]+\+)?json\b/i.test(response.headers['content-type'] ?? '');
      const text = await textOf(response);
      const answer = isJson ? parseObject(text) : null;
      if (status >= 400) return refusalOf(status, answer);
      if (status !== 200 || answer === null) return { kind: 'malformed', detail: isJson ? 'no JSON' : 'content type' };
      return answer;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!(error instanceof DataSensError)) throw error;
      if (error.code === 'input-too-large') return { kind: 'malformed', detail: 'too large' };
      if (error.code === 'remote-unavailable') return { kind: 'unavailable', detail: 'no answer' };
      if (error.code === 'input-unreadable' || error.code === 'input-unsupported') {
        return { kind: 'malformed', detail: 'encoding' };
      }
      throw error;
    }
  }

  const ask: Record<Constraint, (question: Question, signal: AbortSignal) => Promise<Reply>> = {
    async response_format({ messages, schema, ...asked }, signal) {
      const body = {
        model: config.model,
        messages: messages.map(({ role, content }) => ({ role, content })),
        temperature: asked.temperature,
        seed: asked.seed,
        max_tokens: asked.answerTokens,
        response_format: { type: 'json_schema', json_schema: { name: 'annotation', strict: true, schema } },
      };
      const answer = await post(`${base}/chat/completions`, body, signal);
      return isReply(answer) ? answer : chatReply(answer);
    },
    async completion({ messages, schema, ...asked }, signal) {
      const spoken = { messages: messages.map(({ role, content }) => ({ role, content })) };
      const template = await post(`${root}/apply-template`, spoken, signal);
      if (isReply(template)) return template;
      if (typeof template.prompt !== 'string') return { kind: 'malformed', detail: 'no template' };
      const body = {
        prompt: template.prompt,
        json_schema: schema,
        temperature: asked.temperature,
        seed: asked.seed,
        n_predict: asked.answerTokens,
        cache_prompt: true,
      };
      const answer = await post(`${root}/completion`, body, signal);
      return isReply(answer) ? answer : completionReply(answer);
    },
  };

  return {
    host,
    ask: (question, constraint, signal) => ask[constraint](question, signal),
    async read(path, body, signal) {
      const response = await send(path === '/models' ? `${base}${path}` : `${root}${path}`, body, signal);
      if (response.status === 401 || response.status === 403) {
        await discard(response);
        throw keyRefused(host, config.key);
      }
      if (response.status !== 200) {
        await discard(response);
        return null;
      }
      return parseObject(await textOf(response));
    },
  };
}

export function keyRefused(host: string, key: string | undefined): DataSensError {
  return new DataSensError('remote-refused', `${host} does not take the key of the model`, {
    remedy: key === undefined ? 'give the model its `key`' : 'check the secret that `key` names',
  });
}

function chatReply(answer: JsonObject): Reply {
  const [choice] = Array.isArray(answer.choices) ? answer.choices : [];
  if (!isObject(choice)) return { kind: 'malformed', detail: 'no choice' };
  const content = isObject(choice.message) ? choice.message.content : undefined;
  if (typeof content !== 'string') return { kind: 'malformed', detail: 'no content' };
  const usage = isObject(answer.usage) ? answer.usage : {};
  return {
    kind: 'answered',
    content,
    cut: choice.finish_reason === 'length',
    tokens: tokensOf(usage.prompt_tokens, usage.completion_tokens),
    fingerprint: typeof answer.system_fingerprint === 'string' ? answer.system_fingerprint : null,
  };
}

function completionReply(answer: JsonObject): Reply {
  if (typeof answer.content !== 'string') return { kind: 'malformed', detail: 'no content' };
  return {
    kind: 'answered',
    content: answer.content,
    cut: answer.stop_type === 'limit' || answer.truncated === true,
    tokens: tokensOf(answer.tokens_evaluated, answer.tokens_predicted),
    fingerprint: null,
  };
}

function tokensOf(input: Json | undefined, output: Json | undefined) {
  return isCount(input) && isCount(output) ? { input, output } : null;
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 100_000_000;
}

/** llama.cpp says `exceed_context_size_error` with `n_ctx`; vLLM and OpenAI speak of the maximum context length. */
function refusalOf(status: number, answer: JsonObject | null): Reply {
  const error = isObject(answer?.error) ? answer.error : (answer ?? {});
  const message = typeof error.message === 'string' ? error.message : '';
  const isOverflow =
    error.type === 'exceed_context_size_error' ||
    error.code === 'context_length_exceeded' ||
    (status === 400 && /maximum context length|context size/i.test(message.slice(0, 500)));
  if (!isOverflow) return { kind: 'refused', status };
  return { kind: 'overflow', contextTokens: isCount(error.n_ctx) ? error.n_ctx : null };
}

/** llama.cpp answers 500 where the model was cut before its JSON ended: the server is well, the answer is not. */
function isUnparsed(answer: JsonObject | null): boolean {
  const message = isObject(answer?.error) ? answer.error.message : null;
  return typeof message === 'string' && message.includes('output that does not match the expected');
}

function isReply(answer: JsonObject | Reply): answer is Reply {
  return 'kind' in answer && typeof answer.kind === 'string' && REPLIES.has(answer.kind) && !('choices' in answer);
}

const REPLIES = new Set(['busy', 'unavailable', 'overflow', 'refused', 'malformed']);

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfter({ headers }: ModelResponse, now: Date): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

async function textOf({ body }: ModelResponse): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function discard(response: ModelResponse): Promise<void> {
  await textOf(response).catch(() => undefined);
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
