// Models at work in this process: a session for each model of the run under way, shared by all of its batches.

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ModelEffects } from '../annotate/model/effects.ts';
import { type ModelSession, type Outcome, openSession } from '../annotate/model/session.ts';
import type { RunId } from '../model/identity.ts';
import { appendAct } from '../store/acts.ts';
import { readSpending, saveUse } from '../store/model-answers.ts';
import type { App } from './app.ts';
import type { ConfiguredModel } from './models.ts';
import { readSecret } from './project.ts';

/** One model at work for one run. */
export interface AtWork {
  readonly model: ConfiguredModel;
  readonly session: ModelSession;
  /** Documents by what became of them in this process. */
  readonly counts: { asked: number; cached: number; failed: number };
  /** Texts that are being asked about: copies of them wait for the same answer. */
  readonly underWay: Map<string, Promise<Outcome>>;
  /** Why nothing more is asked, or null. */
  stopped: 'budget' | 'unreachable' | null;
  /** Keeps how far it is. */
  keep(): Promise<void>;
}

export interface Asking {
  /** The model at work for this run, begun the first time. @throws remote-unavailable, remote-refused, refused, secret-missing */
  begin(app: App, model: ConfiguredModel, run: RunId): Promise<AtWork>;
}

/** Sessions of the run before are let go when another begins. */
export function openAsking(): Asking {
  let current: RunId | null = null;
  let sessions = new Map<string, Promise<AtWork>>();
  return {
    begin(app, model, run) {
      if (run !== current) {
        current = run;
        sessions = new Map();
      }
      const known = sessions.get(model.name);
      if (known !== undefined) return known;
      const begun = beginWork(app, model, run);
      const kept = sessions;
      kept.set(model.name, begun);
      // A server that was not there may come: the next batch tries.
      begun.catch(() => kept.delete(model.name));
      return begun;
    },
  };
}

async function beginWork(app: App, model: ConfiguredModel, run: RunId): Promise<AtWork> {
  const codebook = app.codebook!;
  const version = app.codebookVersion!;
  const { name, config } = model;
  const spent = await app.control.transaction((tx) => readSpending(tx, name, version));
  const approved = app.project.settings.annotate?.models ?? [];
  const session = await openSession({ config, codebook, approved, spent }, effectsOf(app), app.signal);
  const { served, host } = session;
  await app.control.transaction((tx) =>
    appendAct(tx, {
      actor: 'system',
      verb: 'attest',
      object: `model:${served.model}`,
      why: served.facts.approver === undefined ? 'on the list of models' : `approved by ${served.facts.approver}`,
      detail: { run, annotator: name, host, digest: served.digest, constraint: served.constraint, ...served.facts },
    }),
  );
  const id = randomUUID();
  const counts = { asked: 0, cached: 0, failed: 0 };
  const work: AtWork = {
    model,
    session,
    counts,
    underWay: new Map(),
    stopped: null,
    async keep() {
      const { stopped } = work;
      const use = { id, run, annotator: name, codebook: version, model: served.model, host, ...counts, stopped };
      await app.control.transaction((tx) => saveUse(tx, { ...use, busyMs: session.busyMs }));
    },
  };
  return work;
}

function effectsOf(app: App): ModelEffects {
  return {
    // A slow answer is no refusal: headers come when the whole of it does.
    fetch: (url, { timeoutMs, maximumBytes, ...request }) =>
      app.egress.fetch(url, {
        purpose: 'text',
        retries: 0,
        limits: { headersMs: timeoutMs, totalMs: timeoutMs, bodyBytes: maximumBytes },
        ...request,
      }),
    secret: (setting) => readSecret(setting, app.project.root),
    hmac: (text) => app.keyring.hmac(text),
    clock: app.clock,
    now: () => performance.now(),
    wait: (ms, signal) => wait(ms, undefined, { signal }),
    random: Math.random,
  };
}
