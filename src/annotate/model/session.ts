// Asks one model about documents, one document a request: fits, asks, verifies, tries again, counts. Stores nothing.

import { type Codebook, codebookVersion, type Task } from '../../model/codebook.ts';
import type { JsonObject } from '../../model/json.ts';
import type { AnnotatedDocument } from '../annotator.ts';
import { type AnswerFault, type Judgement, readAnswer } from './answer.ts';
import { openBreaker } from './breaker.ts';
import { type Budget, openBudget, type Spending } from './budget.ts';
import type { AllowedModel } from './catalogue.ts';
import { keyRefused, openClient, type Reply } from './client.ts';
import type { ModelConfig } from './config.ts';
import type { ModelEffects } from './effects.ts';
import { CHARACTERS_PER_TOKEN } from './excerpt.ts';
import { openFitting } from './fitting.ts';
import { delimiterOf, keyOf, madeOf, textHash } from './identity.ts';
import { backoff, openBusyClock, RETRY_TEMPERATURE } from './pacing.ts';
import { isAnswering, probeServer, type Served } from './probe.ts';
import { buildPrompt } from './prompt.ts';
import { answerSchema, askedTasks } from './question.ts';
import { openThrottle, type Throttle } from './throttle.ts';

/** Why a document got no answer that can be taken. */
export type Fault = AnswerFault | 'refused-by-server' | 'malformed' | 'too-long';

/** What came of a document, without its words: kept, so that the same text is never asked twice. */
export interface KeptAnswer {
  readonly judgements: readonly Judgement[];
  /** Tasks that have no judgement, and why. */
  readonly faults: Readonly<Record<string, Fault>>;
  /** How it came to be: written on every annotation. */
  readonly made: JsonObject;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type Outcome =
  | { readonly kind: 'judged'; readonly answer: KeptAnswer }
  /** The server failed on it each time: it is asked again another day. */
  | { readonly kind: 'failed' }
  /** Nothing more is asked, of this document or others. */
  | { readonly kind: 'stopped'; readonly reason: 'budget' | 'unreachable' };

export interface ModelSession {
  readonly served: Served;
  readonly host: string;
  /** What an answer depends on, hexadecimal: text (keyed), codebook, prompt, model, parameters. */
  keyOf(document: AnnotatedDocument): string;
  /** Never throws on any text. @throws remote-refused where the key is taken back, or the signal's reason */
  judge(document: AnnotatedDocument, signal: AbortSignal): Promise<Outcome>;
  readonly spent: Spending;
  /** Milliseconds during which this session asked, so far. */
  readonly busyMs: number;
  /** Requests allowed at once now. */
  readonly limit: number;
}

export interface SessionOptions {
  readonly config: ModelConfig;
  readonly codebook: Codebook;
  readonly approved: readonly AllowedModel[];
  /** What earlier sessions spent under this codebook version. */
  readonly spent: Spending;
}

/** Tries the server and begins. @throws as `probeServer` */
export async function openSession(
  { config, codebook, approved, spent }: SessionOptions,
  effects: ModelEffects,
  signal: AbortSignal,
): Promise<ModelSession> {
  const client = openClient(config, effects);
  const served = await probeServer(client, { config, approved }, signal);
  const tasks = askedTasks(codebook, config.tasks);
  const prompt = buildPrompt(codebook, tasks);
  const schema = answerSchema(tasks);
  const throttle = openThrottle(config.concurrency, effects);
  const breaker = openBreaker({
    wait: effects.wait,
    trial: (within) => isAnswering(client, { config, constraint: served.constraint }, within),
  });
  const clock = openBusyClock(effects.now);
  const budget = openBudget(config, { before: spent, busyMs: clock.ms });
  const asked = { config, tasks, prompt, served, effects, version: codebookVersion(codebook) };
  const fitting = await openFitting({ config, served, prompt }, signal);

  async function judge(document: AnnotatedDocument, within: AbortSignal): Promise<Outcome> {
    const text = textHash(effects, document);
    const delimiter = delimiterOf(effects, document);
    const used = { input: 0, output: 0 };
    let best: { answer: ReturnType<typeof taken>; attempt: number } | null = null;
    let fault: Fault = 'too-long';
    let fitted = await fitting.fit(document, within);
    let failures = 0;
    let waits = 0;
    for (let attempt = 1; fitted !== null && attempt <= config.attempts; ) {
      if (!(await breaker.pass(within))) return { kind: 'stopped', reason: 'unreachable' };
      const reserved = budget.reserve({ input: fitted.tokens, output: config.answerTokens });
      if (reserved === null) return { kind: 'stopped', reason: 'budget' };
      const question = {
        messages: prompt.messages({ title: fitted.title, text: fitted.sent.text }, delimiter),
        schema,
        seed: config.seed + attempt - 1,
        temperature: attempt === 1 ? config.temperature : Math.max(config.temperature, RETRY_TEMPERATURE),
        answerTokens: config.answerTokens,
      };
      const reply = await ask(question, within, reserved.settle, fitted.tokens);
      if (reply.kind === 'answered') {
        used.input += reply.tokens?.input ?? fitted.tokens;
        used.output += reply.tokens?.output ?? Math.ceil(reply.content.length / CHARACTERS_PER_TOKEN);
        const quoted = { title: fitted.title, text: fitted.sent.text, originalOffset: fitted.sent.originalOffset };
        const read = reply.cut ? 'truncated' : readAnswer(reply.content, tasks, quoted);
        const answer = taken(read, { reply, question });
        if (best === null || answer.judgements.length > best.answer.judgements.length) best = { answer, attempt };
        if (Object.keys(answer.faults).length === 0) break;
        fault = typeof read === 'string' ? read : fault;
        attempt += 1;
      } else if (reply.kind === 'busy') {
        // A busy server judges nothing: the document keeps its attempts, and the throttle its distance.
        waits += 1;
        if (waits > 20) return { kind: 'failed' };
        if (reply.retryAfterMs === null) await effects.wait(backoff(waits, effects.random), within);
      } else if (reply.kind === 'unavailable') {
        failures += 1;
        if (failures >= config.attempts) return { kind: 'failed' };
        await effects.wait(backoff(failures, effects.random), within);
      } else if (reply.kind === 'overflow') {
        fault = 'too-long';
        fitting.shorten(reply.contextTokens);
        fitted = await fitting.fit(document, within);
        attempt += 1;
      } else {
        if (reply.kind === 'refused' && (reply.status === 401 || reply.status === 403)) {
          throw keyRefused(client.host, config.key);
        }
        fault = reply.kind === 'refused' ? 'refused-by-server' : 'malformed';
        attempt += 1;
      }
    }
    const answer = best?.answer ?? { judgements: [], faults: all(tasks, fault), made: {} };
    const made = {
      ...madeOf(asked, text),
      ...answer.made,
      ...(fitted?.cut ? { truncated: { ...fitted.cut } } : {}),
      attempt: best?.attempt ?? 0,
      tokens: { ...used },
    };
    const { judgements, faults } = answer;
    return {
      kind: 'judged',
      answer: { judgements, faults, made, inputTokens: used.input, outputTokens: used.output },
    };
  }

  /** One request, with what throttle, breaker and budget learn of it. */
  async function ask(
    question: Parameters<typeof client.ask>[0],
    within: AbortSignal,
    settle: (used: { input: number; output: number }) => void,
    expected: number,
  ): Promise<Reply> {
    const leave = await throttle.enter(within).catch((error: unknown) => {
      settle({ input: 0, output: 0 });
      throw error;
    });
    const startedAt = effects.now();
    clock.begin();
    let reply: Reply = { kind: 'unavailable', detail: '' };
    try {
      reply = await client.ask(question, served.constraint, within);
      return reply;
    } finally {
      clock.end();
      if (reply.kind === 'answered') settle(reply.tokens ?? { input: expected, output: question.answerTokens });
      else settle({ input: 0, output: 0 });
      if (reply.kind === 'busy') leave(reply);
      else if (reply.kind === 'unavailable') leave({ kind: 'failed' });
      else leave({ kind: 'answered', ms: effects.now() - startedAt });
      if (reply.kind === 'unavailable') breaker.failed();
      else if (reply.kind !== 'busy') breaker.succeeded();
    }
  }

  function taken(
    read: ReturnType<typeof readAnswer>,
    { reply, question }: { reply: Reply & { kind: 'answered' }; question: { seed: number; temperature: number } },
  ) {
    const { judgements, faults } = typeof read === 'string' ? { judgements: [], faults: all(tasks, read) } : read;
    const made: JsonObject = {
      fingerprint: reply.fingerprint,
      seed: question.seed,
      temperature: question.temperature,
    };
    return { judgements, faults: faults as Readonly<Record<string, Fault>>, made };
  }

  return {
    served,
    host: client.host,
    keyOf: (document) => keyOf(asked, document),
    judge,
    get spent() {
      return budget.spent;
    },
    get busyMs() {
      return clock.ms();
    },
    get limit() {
      return throttle.limit;
    },
  } satisfies ModelSession & { readonly spent: Budget['spent']; readonly limit: Throttle['limit'] };
}

function all(tasks: readonly Task[], fault: Fault): Readonly<Record<string, Fault>> {
  return Object.fromEntries(tasks.map(({ id }) => [id, fault]));
}
