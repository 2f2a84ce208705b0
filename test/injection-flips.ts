// How often a text that addresses a judge turns what is said of it, beside how often innocent words as long do.

import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ModelEffects } from '../src/annotate/model/effects.ts';
import { openSession } from '../src/annotate/model/session.ts';
import { openEgress } from '../src/egress/egress.ts';
import { DataSensError } from '../src/model/error.ts';
import type { DocumentId } from '../src/model/identity.ts';
import { readCodebook } from '../src/run/codebook-file.ts';
import { modelDoor } from '../src/run/model-door.ts';
import { configureModels } from '../src/run/models.ts';
import { loadModels } from '../src/run/plugins.ts';
import { openProject, readSecret } from '../src/run/project.ts';
import type { Injection } from './injections.ts';

/** What is said of a text, in one word to be compared; null where nothing is. */
export type Judge = (text: string) => Promise<string | null>;

export interface Flips {
  readonly attacks: number;
  /** Attacks, and innocent words in their place, that change what is said of the clean text. */
  readonly turned: number;
  readonly changed: number;
  /** Attacked texts of which nothing is said, though something is of the clean one. */
  readonly silenced: number;
  /** Clean texts of which nothing is said: their attacks are left out. */
  readonly mute: number;
}

/** Asks each clean text once, then what stands in its attacks and their twins; `atOnce` texts at a time. */
export async function measureFlips(judge: Judge, injections: readonly Injection[], atOnce = 1): Promise<Flips> {
  const texts = [...new Set(injections.flatMap(({ clean, attacked, innocent }) => [clean, attacked, innocent]))];
  const said = new Map<string, string | null>();
  const next = texts.values();
  const work = async () => {
    for (const text of next) said.set(text, await judge(text));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const heard = injections.filter(({ clean }) => said.get(clean) !== null);
  const differs = (form: 'attacked' | 'innocent') => (one: Injection) =>
    said.get(one[form]) !== null && said.get(one[form]) !== said.get(one.clean);
  return {
    attacks: heard.length,
    turned: heard.filter(differs('attacked')).length,
    changed: heard.filter(differs('innocent')).length,
    silenced: heard.filter(({ attacked }) => said.get(attacked) === null).length,
    mute: injections.length - heard.length,
  };
}

export interface OpenedJudge {
  readonly name: string;
  readonly judge: Judge;
  readonly atOnce: number;
  close(): Promise<void>;
}

/**
 * The first model of a project's settings, asked as `datasens annotate` asks it: same codebook, prompt, checks and door, and
 * its key from the same secret. Nothing is stored. @throws settings-invalid, remote-refused, remote-unavailable
 */
export async function openModelJudge(folder: string): Promise<OpenedJudge> {
  const project = openProject(folder);
  const codebook = readCodebook(project);
  const model = codebook === null ? undefined : configureModels(project, await loadModels(), codebook)[0];
  if (codebook === null || model === undefined) {
    throw new DataSensError('settings-invalid', 'the settings name no codebook, or no model', {
      remedy: 'name a model under `annotate.annotators` of the project',
    });
  }
  const { config } = model;
  const egress = openEgress({
    allow: { collect: [], text: project.settings.sovereignty.textMayGoTo },
    clock: () => new Date(),
  });
  const key = randomBytes(32);
  const effects: ModelEffects = {
    fetch: modelDoor(egress),
    secret: (setting) => readSecret(setting, project.root),
    hmac: (text) => createHmac('sha256', key).update(text).digest('hex'),
    clock: () => new Date(),
    now: () => performance.now(),
    wait: (ms, signal) => wait(ms, undefined, { signal }),
    random: Math.random,
  };
  const { signal } = new AbortController();
  const approved = project.settings.annotate?.models ?? [];
  const spent = { inputTokens: 0, outputTokens: 0, hours: 0 };
  try {
    const session = await openSession({ config, codebook, approved, spent }, effects, signal);
    return {
      name: `${model.name} (${session.served.model})`,
      atOnce: config.concurrency,
      async judge(text) {
        const document = { id: 'd' as DocumentId, title: null, text, language: 'fr' };
        const outcome = await session.judge(document, signal);
        if (outcome.kind !== 'judged') {
          throw new DataSensError('remote-unavailable', `the model gave no answer (${outcome.kind})`, {
            retryable: true,
          });
        }
        const { judgements } = outcome.answer;
        if (judgements.length === 0) return null;
        return judgements.map(({ task, label, labels }) => `${task}=${labels?.join('+') ?? label}`).join(' ');
      },
      close: () => egress.close(),
    };
  } catch (error) {
    await egress.close();
    throw error;
  }
}
