// Asks one model what to call themes, one theme a request: fits, asks, verifies, tries again, counts. Stores nothing.

import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../../model/json.ts';
import type { NamingFault } from '../../model/theme.ts';
import { type NamingSubject, readNaming, type ThemeName } from '../themes/naming.ts';
import { openBudget, type Spending } from './budget.ts';
import type { AllowedModel } from './catalogue.ts';
import { keyRefused, openClient, type Reply } from './client.ts';
import { judgingConfig, type ModelConfig } from './config.ts';
import type { ModelEffects } from './effects.ts';
import { CHARACTERS_PER_TOKEN } from './excerpt.ts';
import { delimiterOf, textHash } from './identity.ts';
import { NAMING_PROMPT, NAMING_SCHEMA, namingMessages, shownOf } from './naming-prompt.ts';
import { backoff, LONGEST_WAIT_MS, openBusyClock, RETRY_TEMPERATURE } from './pacing.ts';
import { probeServer, type Served } from './probe.ts';

export type NamingOutcome =
  | {
      readonly kind: 'answered';
      readonly naming: ThemeName | NamingFault;
      /** How it came to be, without words. */
      readonly made: JsonObject;
      readonly inputTokens: number;
      readonly outputTokens: number;
    }
  /** Nothing more is asked. */
  | { readonly kind: 'stopped'; readonly reason: 'budget' | 'unreachable' };

export interface NamingSession {
  readonly served: Served;
  readonly host: string;
  /** What an answer depends on, hexadecimal: terms and texts (keyed), prompt, model, parameters. */
  keyOf(subject: NamingSubject): string;
  /** @throws remote-refused where the key is not taken, or the signal's reason */
  name(subject: NamingSubject, check: NamingCheck, signal: AbortSignal): Promise<NamingOutcome>;
  /** Milliseconds during which this session asked. */
  readonly busyMs: number;
}

export interface NamingCheck {
  /** Names of other themes. */
  readonly taken: readonly string[];
  /** True where words hold what tells a person. */
  readonly isPersonal: (words: string) => boolean;
}

interface NamingOptions {
  readonly config: ModelConfig;
  readonly approved: readonly AllowedModel[];
  readonly spent: Spending;
}

/** A name and a sentence are shorter; a model that goes on is cut. */
const ANSWER_TOKENS = 256;
const TEMPLATE_TOKENS = 64;
/** Where neither server nor settings say how long a request may be. */
const CONTEXT_TOKENS = 4096;
const MOST_WAITS = 20;

/** Tries the server and begins. @throws as `probeServer` */
export async function openNaming(
  { config, approved, spent }: NamingOptions,
  effects: ModelEffects,
  signal: AbortSignal,
): Promise<NamingSession> {
  const client = openClient(config, effects);
  const served = await probeServer(client, { config, approved }, signal);
  const clock = openBusyClock(effects.now);
  const budget = openBudget(config, { before: spent, busyMs: clock.ms });
  const answerTokens = Math.min(config.answerTokens, ANSWER_TOKENS);
  const context = Math.min(config.contextTokens ?? Number.POSITIVE_INFINITY, served.contextTokens ?? CONTEXT_TOKENS);

  /** As many of the texts as fit; null where not even the terms do. */
  function fitting({ terms, texts }: NamingSubject, most: number): { shown: string; tokens: number } | null {
    for (let kept = Math.min(most, texts.length); kept >= 0; kept -= 1) {
      const shown = shownOf({ terms, texts: texts.slice(0, kept) });
      const tokens = tokensOf(shown);
      if (tokens + answerTokens <= context) return { shown, tokens };
    }
    return null;
  }

  async function ask(shown: string, attempt: number, within: AbortSignal): Promise<Reply> {
    const delimiter = delimiterOf(effects, { title: null, text: shown });
    clock.begin();
    try {
      const question = {
        messages: namingMessages(shown, delimiter),
        schema: NAMING_SCHEMA,
        seed: config.seed + attempt - 1,
        temperature: attempt === 1 ? config.temperature : Math.max(config.temperature, RETRY_TEMPERATURE),
        answerTokens,
      };
      return await client.ask(question, served.constraint, within);
    } finally {
      clock.end();
    }
  }

  async function name(subject: NamingSubject, check: NamingCheck, within: AbortSignal): Promise<NamingOutcome> {
    const used = { input: 0, output: 0 };
    let naming: ThemeName | NamingFault = 'form';
    let most = subject.texts.length;
    let waits = 0;
    let failures = 0;
    let attempt = 1;
    while (attempt <= config.attempts) {
      const fitted = fitting(subject, most);
      if (fitted === null) break;
      const reserved = budget.reserve({ input: fitted.tokens, output: answerTokens });
      if (reserved === null) return { kind: 'stopped', reason: 'budget' };
      const nothing = { input: 0, output: 0 };
      const reply = await ask(fitted.shown, attempt, within).catch((error: unknown) => {
        reserved.settle(nothing);
        throw error;
      });
      const spent =
        reply.kind === 'answered' ? (reply.tokens ?? { input: fitted.tokens, output: answerTokens }) : nothing;
      reserved.settle(spent);
      used.input += spent.input;
      used.output += spent.output;
      if (reply.kind === 'answered') {
        naming = reply.cut ? 'form' : read(reply.content, subject, check);
        if (typeof naming !== 'string') break;
      } else if (reply.kind === 'busy') {
        waits += 1;
        if (waits > MOST_WAITS) return { kind: 'stopped', reason: 'unreachable' };
        await effects.wait(Math.min(LONGEST_WAIT_MS, reply.retryAfterMs ?? backoff(waits, effects.random)), within);
        continue;
      } else if (reply.kind === 'unavailable') {
        failures += 1;
        if (failures >= config.attempts) return { kind: 'stopped', reason: 'unreachable' };
        await effects.wait(backoff(failures, effects.random), within);
        continue;
      } else if (reply.kind === 'overflow') {
        most = Math.min(most, subject.texts.length) - 1;
        if (most < 0) break;
      } else if (reply.kind === 'refused' && (reply.status === 401 || reply.status === 403)) {
        throw keyRefused(client.host, config.key);
      }
      attempt += 1;
    }
    const made = {
      model: served.model,
      digest: served.digest,
      prompt: NAMING_PROMPT,
      constraint: served.constraint,
      attempt: Math.min(attempt, config.attempts),
    };
    return { kind: 'answered', naming, made, inputTokens: used.input, outputTokens: used.output };
  }

  return {
    served,
    host: client.host,
    keyOf(subject) {
      const parameters = judgingConfig(config);
      const text = textHash(effects, { title: null, text: shownOf(subject) });
      const key = {
        theme: text,
        prompt: NAMING_PROMPT,
        model: served.digest,
        constraint: served.constraint,
        parameters,
      };
      return createHash('sha256').update(canonicalJson(key)).digest('hex');
    },
    name,
    get busyMs() {
      return clock.ms();
    },
  };
}

/** Tokens of a request that shows this, rather too many than too few. */
export function tokensOf(shown: string): number {
  const words = namingMessages(shown, '0'.repeat(32)).reduce((sum, { content }) => sum + content.length, 0);
  return Math.ceil(words / CHARACTERS_PER_TOKEN) + TEMPLATE_TOKENS;
}

function read(content: string, subject: NamingSubject, { taken, isPersonal }: NamingCheck): ThemeName | NamingFault {
  const naming = readNaming(content, subject, taken);
  if (typeof naming === 'string') return naming;
  return isPersonal(naming.name) || isPersonal(naming.description) ? 'personal' : naming;
}
