// What a server is, before it is sent a text: its model, how long a request may be, and whether it keeps to a schema.

import { createHash } from 'node:crypto';
import { DataSensError } from '../../model/error.ts';
import { canonicalJson, type Json, type JsonObject } from '../../model/json.ts';
import { type AllowedModel, findModel, type ModelFacts } from './catalogue.ts';
import { type Client, type Constraint, isObject, type Question, type Reply } from './client.ts';
import type { ModelConfig } from './config.ts';

export interface Served {
  /** The model's own name, where the one in the settings is an alias. */
  readonly model: string;
  readonly facts: ModelFacts;
  readonly constraint: Constraint;
  /** Most tokens of one request; null where the server does not say. */
  readonly contextTokens: number | null;
  /** Hexadecimal sha256 of the chat template, or null. */
  readonly templateSha256: string | null;
  readonly fingerprint: string | null;
  /** Hexadecimal sha256 of all that tells this model, its version and its server's build from others. */
  readonly digest: string;
  /** Counts tokens exactly; null where the server does not. */
  readonly countTokens: ((text: string, signal: AbortSignal) => Promise<number | null>) | null;
}

/**
 * Looks at a server and tries it.
 * @throws remote-refused where it has no such model, does not take the key or does not keep to schemas; refused where its
 *   model is not allowed; remote-unavailable (retryable); egress-refused
 */
export async function probeServer(
  client: Client,
  { config, approved }: { readonly config: ModelConfig; readonly approved: readonly AllowedModel[] },
  signal: AbortSignal,
): Promise<Served> {
  const entry = await findEntry(client, config, signal);
  const model = typeof entry?.id === 'string' ? entry.id : config.model;
  const facts = allowed(model, config, approved);
  const props = await client.read('/props', null, signal).catch(ignoreUnlessAborted(signal));
  const template = isObject(props) && typeof props.chat_template === 'string' ? props.chat_template : null;
  const { constraint, fingerprint } = await tryConstraint(client, config, signal);
  const templateSha256 = template === null ? null : sha256(template);
  const identity = {
    model,
    revision: config.revision ?? null,
    fingerprint,
    templateSha256,
    served: lasting(entry ?? {}),
  };
  return {
    model,
    facts,
    constraint,
    contextTokens: contextOf(entry, props),
    templateSha256,
    fingerprint,
    digest: sha256(canonicalJson(identity)),
    countTokens: await findCounter(client, config, signal),
  };
}

/** The model as the server lists it, under its name or an alias; null where the server lists none. */
async function findEntry(client: Client, config: ModelConfig, signal: AbortSignal): Promise<JsonObject | null> {
  const listed = await client.read('/models', null, signal);
  const entries = isObject(listed) && Array.isArray(listed.data) ? listed.data.filter(isObject) : [];
  if (entries.length === 0) return null;
  const isNamed = ({ id, aliases }: JsonObject) =>
    id === config.model || (Array.isArray(aliases) && aliases.includes(config.model));
  const found = entries.find(isNamed);
  if (found !== undefined) return found;
  const names = entries.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])).slice(0, 10);
  throw new DataSensError('remote-refused', `${client.host} has no model named ${config.model}`, {
    remedy: `name one that it has: ${names.join(', ')}`,
  });
}

function allowed(model: string, config: ModelConfig, approved: readonly AllowedModel[]): ModelFacts {
  for (const name of new Set([model, config.model])) {
    const facts = findModel(name, approved);
    if (facts !== null && facts !== 'alias') return facts;
  }
  throw new DataSensError(
    'refused',
    `the model ${model}, which ${config.model} stands for, is not among those allowed`,
    {
      remedy: 'approve it under annotate.models, with its licence, tuningData, country and approver, or choose another',
    },
  );
}

const WORDS = ['zibeline-47', 'quartzite-83'];

/** Holds no document. */
const trialQuestion = (config: ModelConfig): Question => ({
  messages: [{ role: 'user', content: 'Quelle est la capitale de la France ? Réponds par un seul mot.' }],
  schema: {
    type: 'object',
    properties: { mot: { enum: WORDS } },
    required: ['mot'],
    additionalProperties: false,
  },
  seed: config.seed,
  temperature: config.temperature,
  answerTokens: 64,
});

/** True where the server answers a question that holds no document, whatever it says. @throws the signal's reason */
export async function isAnswering(
  client: Client,
  { config, constraint }: { readonly config: ModelConfig; readonly constraint: Constraint },
  signal: AbortSignal,
): Promise<boolean> {
  return (await client.ask(trialQuestion(config), constraint, signal)).kind !== 'unavailable';
}

/** A server that ignores the schema answers the question; one that keeps to it cannot. */
async function tryConstraint(client: Client, config: ModelConfig, signal: AbortSignal) {
  const question = trialQuestion(config);
  for (const constraint of ['response_format', 'completion'] as const) {
    const reply = await client.ask(question, constraint, signal);
    if (reply.kind === 'answered') {
      if (!keeps(reply.content, WORDS)) throw unconstrained(client.host);
      return { constraint, fingerprint: reply.fingerprint };
    }
    // llama.cpp answers 400 where the template and the schema do not go together; its own address then does.
    if (constraint === 'response_format' && reply.kind === 'refused' && reply.status === 400) continue;
    throw troubled(reply, client.host);
  }
  throw unconstrained(client.host);
}

function keeps(content: string, words: readonly string[]): boolean {
  try {
    const value: unknown = JSON.parse(content);
    return isObject(value) && Object.keys(value).length === 1 && words.includes(String(value.mot));
  } catch {
    return false;
  }
}

function unconstrained(host: string): DataSensError {
  return new DataSensError('remote-refused', `${host} does not keep to the schema it is given`, {
    remedy: 'use a server that enforces `response_format: json_schema` (vLLM, llama.cpp, Ollama on your own machine)',
  });
}

/** A failed trial, as the error that says what to do. */
function troubled(reply: Exclude<Reply, { kind: 'answered' }>, host: string): DataSensError {
  if (reply.kind === 'busy' || reply.kind === 'unavailable') {
    return new DataSensError('remote-unavailable', `${host} does not answer`, {
      retryable: true,
      remedy: 'start the model’s server, then run the same command again: it goes on from what is stored',
    });
  }
  const detail = reply.kind === 'refused' ? `HTTP ${reply.status}` : reply.kind;
  return new DataSensError('remote-refused', `${host} refuses what a model is asked (${detail})`, {
    remedy: 'check endpoint, model and key; /chat/completions with response_format must work there',
  });
}

/** What a server says of its model that stays the same from one start to the next. */
function lasting(entry: JsonObject): Json {
  const { created, permission, status, ...rest } = entry;
  return rest;
}

/** llama.cpp says it for one request in /props; vLLM and Albert beside the model. */
function contextOf(entry: JsonObject | null, props: Json | null): number | null {
  const defaults =
    isObject(props) && isObject(props.default_generation_settings) ? props.default_generation_settings : {};
  const meta = isObject(entry?.meta) ? entry.meta : {};
  const said = [defaults.n_ctx, entry?.max_model_len, entry?.max_context_length, meta.n_ctx, meta.n_ctx_train];
  return said.find((value): value is number => typeof value === 'number' && value > 0) ?? null;
}

/** llama.cpp takes `content`, vLLM `prompt`. */
async function findCounter(client: Client, config: ModelConfig, signal: AbortSignal): Promise<Served['countTokens']> {
  const count = async (text: string, within: AbortSignal): Promise<number | null> => {
    const answer = await client.read('/tokenize', { model: config.model, content: text, prompt: text }, within);
    if (!isObject(answer)) return null;
    if (Array.isArray(answer.tokens)) return answer.tokens.length;
    return typeof answer.count === 'number' ? answer.count : null;
  };
  const tried = await count('Bonjour à toutes et à tous.', signal).catch(ignoreUnlessAborted(signal));
  return tried === null || tried === 0 ? null : count;
}

/** What a server does not have is no failure. */
function ignoreUnlessAborted(signal: AbortSignal): (error: unknown) => null {
  return (error) => {
    if (signal.aborted) throw error;
    return null;
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
