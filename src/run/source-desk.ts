// The SourceDesk of a real project: datasens.yaml is the one truth, the store says how its sources fare.

import { DataSensError } from '../model/error.ts';
import type { SourceName } from '../model/identity.ts';
import { type JsonObject, textIn } from '../model/json.ts';
import type { Tx } from '../store/database.ts';
import { listRefusals } from '../store/refusals.ts';
import { readAttempts, readFetchedBytes, readSourceFacts } from '../store/source-health.ts';
import type { Attempt, Estimate, Invalid, SourceCard, SourceDesk, TestResult, TriedDraft } from './desk.ts';
import { nextTimes, parseRhythm } from './rhythm.ts';
import { sourcesIn } from './settings-edit.ts';
import { readSettingsText } from './settings-file.ts';
import { catalogueOf, listInputs } from './source-catalogue.ts';
import { tryProblems } from './source-draft.ts';
import { attemptOf, estimable, estimateOf, healthOf, JUDGED_ATTEMPTS } from './source-health.ts';
import { previewSource } from './source-preview.ts';
import { collectBriefly, failureOf, type Trial } from './source-trial.ts';
import { type DeskApp, openSourceWriter, own, type WriterOptions } from './source-writer.ts';

const TEST_LIMIT_MS = 15_000;
const PREVIEW_LIMIT_MS = 30_000;
const LETTERS = 50;

/** The desk over the project that `app` is open on. Sources are read from the file at each call. */
export function openSourceDesk(app: DeskApp, options: WriterOptions): SourceDesk {
  const { root } = app.project;
  const nextRuns = (every: string, from: Date) => nextTimes(every, from, { timeZone: app.project.settings.timeZone });
  const writer = openSourceWriter(app, options);

  /** Words of the settings, and what the store knows of those sources, newest attempts first. */
  async function readCards(tx: Tx, sources: Readonly<Record<string, JsonObject>>) {
    const names = Object.keys(sources);
    const facts = new Map((await readSourceFacts(tx, names)).map((fact) => [fact.source, fact]));
    const attempts = Map.groupBy(await readAttempts(tx, names, JUDGED_ATTEMPTS), ({ source }) => source);
    return names.map((name) => {
      const history = (attempts.get(name) ?? []).map(attemptOf);
      const settings = sources[name]!;
      const [every, paused] = [textIn(settings, 'every'), settings.paused === true];
      const standing = { facts: facts.get(name), attempts: history, paused, every };
      const health = healthOf(standing, { nextRuns, now: app.clock() });
      const next = every === null || paused ? [] : upcoming(every);
      return { card: cardOf(name, settings, { next, health, records: facts.get(name)?.records ?? 0 }), history };
    });
  }

  function upcoming(every: string): readonly string[] {
    return nextRuns(every, app.clock()).map((instant) => instant.toISOString());
  }

  function tried(draft: TriedDraft, signal: AbortSignal, limitMs: number): Trial | Invalid {
    const collector = options.collectors.get(draft.collector);
    const problems = tryProblems(draft, collector, root);
    if (collector === undefined || problems.length > 0) return { kind: 'invalid', problems };
    return {
      collector,
      settings: draft.with,
      config: collector.config.parse(draft.with),
      root,
      contact: app.project.settings.contact ?? null,
      clock: app.clock,
      signal: AbortSignal.any([signal, app.signal]),
      limitMs,
    };
  }

  return {
    catalogue: async () => catalogueOf(options.collectors),
    inputs: () => listInputs(root),
    rhythm(every) {
      const rhythm = parseRhythm(every);
      return rhythm.kind === 'problem'
        ? { next: [], problem: rhythm.message }
        : { next: upcoming(every), problem: null };
    },
    async list() {
      const { text, etag } = await readSettingsText(root);
      const cards = await app.database.transaction((tx) => readCards(tx, sourcesIn(text)));
      return { etag, sources: cards.map(({ card }) => card) };
    },
    async get(name) {
      const { text, etag } = await readSettingsText(root);
      const settings = own(sourcesIn(text), name);
      if (settings === null) return null;
      return app.database.transaction(async (tx) => {
        const { card, history } = (await readCards(tx, { [name]: settings }))[0]!;
        const config = (settings.with ?? {}) as JsonObject;
        return { ...card, config, history, estimate: await readEstimate(tx, name, history), etag };
      });
    },
    async test(draft, signal) {
      const trial = tried(draft, signal, TEST_LIMIT_MS);
      return 'kind' in trial ? trial : testSource(trial);
    },
    async preview(draft, signal) {
      const trial = tried(draft, signal, PREVIEW_LIMIT_MS);
      return 'kind' in trial ? trial : previewSource(trial, draft.territory ?? null);
    },
    save: writer.save,
    setPaused: writer.setPaused,
    duplicate: writer.duplicate,
    async refusals(name, { open, cursor }) {
      if (cursor !== null && !/^\d{1,18}$/.test(cursor)) throw new DataSensError('usage', 'this cursor is not ours');
      const page = { open, before: cursor, limit: LETTERS };
      const items = await app.database.transaction((tx) => listRefusals(tx, name as SourceName, page));
      return { items, nextCursor: items.length < LETTERS ? null : (items.at(-1)?.id ?? null) };
    },
  };
}

async function testSource(trial: Trial): Promise<TestResult> {
  const startedAt = performance.now();
  let location: string | null = null;
  let records = 0;
  const refused: { value: Extract<TestResult, { readonly kind: 'failed' }> | null } = { value: null };
  try {
    const settled = await collectBriefly(trial, (event) => {
      if (event.kind === 'opening') location = event.opening.location;
      if (event.kind === 'record') records += 1;
      if (event.kind === 'refusal') {
        refused.value ??= { kind: 'failed', code: event.code, message: event.message, remedy: null };
      }
      return event.kind !== 'record';
    });
    if (records === 0 && refused.value !== null) return refused.value;
    if (!settled) throw tooSlow(trial.limitMs);
    return { kind: 'answered', records, location, seconds: (performance.now() - startedAt) / 1000 };
  } catch (error) {
    trial.signal.throwIfAborted();
    return failureOf(error);
  }
}

function tooSlow(limitMs: number): DataSensError {
  return new DataSensError('remote-unavailable', `no record came within ${limitMs / 1000} seconds`, {
    retryable: true,
    remedy: 'the source may still be good: preview it, or ask it for less',
  });
}

async function readEstimate(tx: Tx, name: string, history: readonly Attempt[]): Promise<Estimate | null> {
  const past = estimable(history);
  const sizes: number[] = [];
  for (const { at, seconds } of past) {
    const from = new Date(Date.parse(at) - (seconds + 1) * 1000).toISOString();
    sizes.push(await readFetchedBytes(tx, name, [from, at]));
  }
  return estimateOf(past, sizes);
}

interface Known {
  readonly next: readonly string[];
  readonly health: SourceCard['health'];
  readonly records: number;
}

function cardOf(name: string, settings: JsonObject, { next, health, records }: Known): SourceCard {
  return {
    name,
    title: textIn(settings, 'title'),
    collector: textIn(settings, 'collector') ?? '',
    licence: textIn(settings, 'licence') ?? '',
    purpose: textIn(settings, 'purpose') ?? '',
    legalBasis: textIn(settings, 'legalBasis') ?? '',
    retention: textIn(settings, 'retention') ?? '',
    approver: textIn(settings, 'approver'),
    territory: textIn(settings, 'territory'),
    every: textIn(settings, 'every'),
    paused: settings.paused === true,
    nextRuns: next,
    records,
    health,
  };
}
