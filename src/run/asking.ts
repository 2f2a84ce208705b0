// Models at work in this process: a session for each model of the run under way, shared by all of its batches.

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ModelEffects } from '../annotate/model/effects.ts';
import type { Served } from '../annotate/model/probe.ts';
import { type ModelSession, type Outcome, openSession } from '../annotate/model/session.ts';
import type { Egress } from '../egress/egress.ts';
import type { Act } from '../model/act.ts';
import type { Codebook } from '../model/codebook.ts';
import type { CodebookVersion, RunId } from '../model/identity.ts';
import { appendAct } from '../store/acts.ts';
import type { Database } from '../store/database.ts';
import type { Keyring } from '../store/keys.ts';
import { readSpending, saveUse } from '../store/model-answers.ts';
import { modelDoor } from './model-door.ts';
import type { ConfiguredModel } from './models.ts';
import { type Project, readSecret } from './project.ts';

/** What of the app a model needs. */
interface World {
  readonly project: Project;
  readonly control: Database;
  readonly egress: Egress;
  readonly keyring: Keyring;
  readonly codebook: Codebook | null;
  readonly codebookVersion: CodebookVersion | null;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
}

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
  /** What asking a model outside of a run may do. */
  effects(app: Pick<World, 'project' | 'egress' | 'keyring' | 'clock'>): ModelEffects;
  /** The model at work for this run, begun the first time. @throws remote-unavailable, remote-refused, refused, secret-missing */
  begin(app: World, model: ConfiguredModel, run: RunId): Promise<AtWork>;
}

/** @param pauseMs longest of the waits between tries; as long as they are when absent. Sessions of a past run are let go. */
export function openAsking(pauseMs = Number.POSITIVE_INFINITY): Asking {
  let current: RunId | null = null;
  let sessions = new Map<string, Promise<AtWork>>();
  return {
    effects: (app) => effectsOf(app, pauseMs),
    begin(app, model, run) {
      if (run !== current) {
        current = run;
        sessions = new Map();
      }
      const known = sessions.get(model.name);
      if (known !== undefined) return known;
      const begun = beginWork(app, { model, run, pauseMs });
      const kept = sessions;
      kept.set(model.name, begun);
      // A server that was not there may come: the next batch tries.
      begun.catch(() => kept.delete(model.name));
      return begun;
    },
  };
}

interface Begun {
  readonly model: ConfiguredModel;
  readonly run: RunId;
  readonly pauseMs: number;
}

async function beginWork(app: World, { model, run, pauseMs }: Begun): Promise<AtWork> {
  const codebook = app.codebook!;
  const version = app.codebookVersion!;
  const { name, config } = model;
  const spent = await app.control.transaction((tx) => readSpending(tx, name, version));
  const approved = app.project.settings.annotate?.models ?? [];
  const session = await openSession({ config, codebook, approved, spent }, effectsOf(app, pauseMs), app.signal);
  const { served, host } = session;
  await app.control.transaction((tx) => appendAct(tx, attested({ run, annotator: name, host, served })));
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

interface Attested {
  /** Null where no run asked. */
  readonly run: RunId | null;
  readonly annotator: string;
  readonly host: string;
  readonly served: Served;
}

/** The act that says which model is used, and why it may be. */
export function attested({ run, annotator, host, served }: Attested): Act {
  return {
    actor: 'system',
    verb: 'attest',
    object: `model:${served.model}`,
    why: served.facts.approver === undefined ? 'on the list of models' : `approved by ${served.facts.approver}`,
    detail: { run, annotator, host, digest: served.digest, constraint: served.constraint, ...served.facts },
  };
}

function effectsOf(app: Parameters<Asking['effects']>[0], pauseMs: number): ModelEffects {
  return {
    fetch: modelDoor(app.egress),
    secret: (setting) => readSecret(setting, app.project.root),
    hmac: (text) => app.keyring.hmac(text),
    clock: app.clock,
    now: () => performance.now(),
    wait: (ms, signal) => wait(Math.min(ms, pauseMs), undefined, { signal }),
    random: Math.random,
  };
}
