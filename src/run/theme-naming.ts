// Proposed themes, named by the first model of the settings: through its door, within its budget, each answer kept.

import { randomUUID } from 'node:crypto';
import { eurosOf } from '../annotate/model/budget.ts';
import { shownOf } from '../annotate/model/naming-prompt.ts';
import { type NamingCheck, type NamingSession, openNaming, tokensOf } from '../annotate/model/naming-session.ts';
import { faultOf, type NamingSubject, type ThemeName } from '../annotate/themes/naming.ts';
import { DataSensError } from '../model/error.ts';
import type { CodebookVersion } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Discovery, NamingFault, ThemeEdit, ThemeNaming } from '../model/theme.ts';
import { findPersonal } from '../refine/personal.ts';
import { appendAct } from '../store/acts.ts';
import { type ModelSpending, readAnswers, readSpending, saveAnswer, saveUse } from '../store/model-answers.ts';
import type { ThemeText } from '../store/theme-proposals.ts';
import type { App } from './app.ts';
import { attested } from './asking.ts';
import type { ConfiguredModel } from './models.ts';

export type NamingApp = Pick<
  App,
  'project' | 'control' | 'models' | 'asking' | 'egress' | 'keyring' | 'codebookVersion' | 'clock' | 'signal'
>;

type Naming = Extract<ThemeEdit, { readonly kind: 'name' }>;

export interface Named {
  readonly naming: ThemeNaming;
  readonly edits: readonly Naming[];
}

/** A longer answer than this is not waited for in an estimate. */
const ANSWER_TOKENS = 256;
/** What models spend for a project that has no codebook yet is counted under this. */
const NO_CODEBOOK = 'none' as CodebookVersion;
/** What ends the naming but not the proposal: the server, its key or its model. */
const SERVER_TROUBLES: ReadonlySet<string> = new Set([
  'remote-unavailable',
  'remote-refused',
  'refused',
  'egress-refused',
  'secret-missing',
]);

/**
 * Names for the themes found; null where the settings have no model. Whatever the model's server does, the themes stand.
 * @param progress told how far it is, in [0, 1]
 */
export async function nameThemes(
  app: NamingApp,
  { themes }: Discovery,
  { texts, progress }: { readonly texts: readonly ThemeText[]; readonly progress: (part: number) => void },
): Promise<Named | null> {
  const [model] = app.models;
  if (model === undefined) return null;
  const known = new Map(texts.map(({ id, text }) => [id, text]));
  const subjects = themes.map(({ id, name, first, figures }) => ({
    id,
    own: name,
    terms: first,
    texts: figures.representative.flatMap((document) => known.get(document) ?? []),
  }));
  const told = { annotator: model.name, model: null, named: 0, kept: {} };
  const version = app.codebookVersion ?? NO_CODEBOOK;
  const spent = await app.control.transaction((tx) => readSpending(tx, model.name, version));
  if (isAboveBars(app, model, { subjects, spent })) {
    return { naming: { ...told, stopped: 'unconfirmed' }, edits: [] };
  }
  try {
    const approved = app.project.settings.annotate?.models ?? [];
    const session = await openNaming({ config: model.config, approved, spent }, app.asking.effects(app), app.signal);
    return await askAll(app, { model, session, version, subjects, progress });
  } catch (error) {
    if (app.signal.aborted || !(error instanceof DataSensError) || !SERVER_TROUBLES.has(error.code)) throw error;
    const stopped = error.code === 'remote-unavailable' ? 'unreachable' : 'refused';
    return { naming: { ...told, stopped }, edits: [] };
  }
}

interface Subject extends NamingSubject {
  readonly id: string;
  /** The name that its terms give it. */
  readonly own: string;
}

interface Work {
  readonly model: ConfiguredModel;
  readonly session: NamingSession;
  readonly version: CodebookVersion;
  readonly subjects: readonly Subject[];
  readonly progress: (part: number) => void;
}

async function askAll(app: NamingApp, work: Work): Promise<Named> {
  const { model, session, version, subjects, progress } = work;
  const { served, host } = session;
  const annotator = model.name;
  const keys = subjects.map((subject) => session.keyOf(subject));
  const kept = await app.control.transaction(async (tx) => {
    await appendAct(tx, attested({ run: null, annotator, host, served }));
    return readAnswers(tx, keys);
  });
  const names = new Map(subjects.map(({ id, own }) => [id, own]));
  const edits: Naming[] = [];
  const faults: Record<string, NamingFault> = {};
  const counts = { asked: 0, cached: 0, failed: 0 };
  let stopped: ThemeNaming['stopped'] = null;
  try {
    for (const [at, subject] of subjects.entries()) {
      progress(at / subjects.length);
      const taken = [...names].flatMap(([id, name]) => (id === subject.id ? [] : [name]));
      const known = kept.get(keys[at]!)?.naming;
      let naming: ThemeName | NamingFault;
      if (known !== undefined && known !== null) {
        naming = recalled(known, subject, taken);
        counts.cached += 1;
      } else {
        const outcome = await session.name(subject, { taken, isPersonal }, app.signal);
        if (outcome.kind === 'stopped') {
          stopped = outcome.reason;
          break;
        }
        naming = outcome.naming;
        counts.asked += 1;
        await keep(app, { ...outcome, key: keys[at]!, annotator, version, characters: shownOf(subject).length });
      }
      if (typeof naming === 'string') {
        faults[subject.id] = naming;
        continue;
      }
      names.set(subject.id, naming.name);
      edits.push({ kind: 'name', theme: subject.id, ...naming, by: { annotator, model: served.model } });
    }
  } finally {
    const use = { id: randomUUID(), run: null, annotator, codebook: version, model: served.model, host, ...counts };
    const ended = stopped === 'budget' || stopped === 'unreachable' ? stopped : null;
    await app.control.transaction((tx) => saveUse(tx, { ...use, busyMs: session.busyMs, stopped: ended }));
  }
  return { naming: { annotator, model: served.model, named: edits.length, kept: faults, stopped }, edits };
}

interface Kept {
  readonly key: string;
  readonly annotator: string;
  readonly version: CodebookVersion;
  readonly characters: number;
  readonly naming: ThemeName | NamingFault;
  readonly made: JsonObject;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

async function keep(app: NamingApp, { naming, made, inputTokens, outputTokens, version, ...origin }: Kept) {
  const said: JsonObject = typeof naming === 'string' ? { fault: naming } : { ...naming };
  const answer = { judgements: [], faults: {}, made, inputTokens, outputTokens, naming: said };
  await app.control.transaction((tx) => saveAnswer(tx, answer, { ...origin, codebook: version, run: null }));
}

/** A kept answer, checked again: other themes may have its name by now. */
function recalled(
  { name, description, fault }: JsonObject,
  subject: NamingSubject,
  taken: readonly string[],
): ThemeName | NamingFault {
  if (typeof name !== 'string' || typeof description !== 'string') return fault as NamingFault;
  return faultOf({ name, description }, subject, taken) ?? { name, description };
}

/** The settings' bars hold for names too; hours are those of past answers. */
function isAboveBars(
  app: NamingApp,
  { config }: ConfiguredModel,
  { subjects, spent }: { readonly subjects: readonly Subject[]; readonly spent: ModelSpending },
): boolean {
  const bars = app.project.settings.annotate?.confirmAbove;
  if (bars === undefined) return false;
  const inputTokens = subjects.reduce((sum, subject) => sum + tokensOf(shownOf(subject)), 0);
  const hours = spent.documents === 0 ? 0 : (spent.hours / spent.documents) * subjects.length;
  const euros = eurosOf({ inputTokens, outputTokens: subjects.length * ANSWER_TOKENS, hours }, config);
  return subjects.length > bars.documents || euros > bars.euros || hours > bars.hours;
}

/** What refinement would mark in a text may not be in a name either. */
const isPersonal: NamingCheck['isPersonal'] = (words) => findPersonal(words).length > 0;
