// Changes of sources made from the workbench: judged whole, written at once, each kept as an act.

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Collector } from '../collect/collector.ts';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { PersonId } from '../model/person.ts';
import { appendAct } from '../store/acts.ts';
import type { App } from './app.ts';
import type { DraftProblem, SaveResult, SourceDesk, SourceDraft } from './desk.ts';
import { parseSettings, type SettingsProblem, settingsLine } from './settings.ts';
import { sourcesIn, writeSource } from './settings-edit.ts';
import { changedMeanwhile, readSettingsText, replaceSettingsText } from './settings-file.ts';
import { cardProblems, pointerOf, problem, tryProblems } from './source-draft.ts';

export type DeskApp = Pick<App, 'project' | 'database' | 'clock' | 'signal'>;

export interface WriterOptions {
  readonly collectors: ReadonlyMap<string, Collector>;
  /** Called after each change of the settings file. */
  readonly changed?: () => Promise<void>;
}

interface Change {
  readonly name: string;
  readonly verb: 'add' | 'replace' | 'pause' | 'resume' | 'duplicate';
  readonly by: PersonId;
  /** Of the settings that whoever changes them saw; null where it does not matter. */
  readonly etag: string | null;
  /** The source as it becomes, and what is wrong with it. @throws not-found */
  readonly edit: (sources: Readonly<Record<string, JsonObject>>) => Edited;
}

interface Edited {
  readonly source: JsonObject;
  readonly problems: readonly DraftProblem[];
}

/** What a draft says; other words of a source stay as they are. */
const DRAFTED = [
  'collector',
  'with',
  'title',
  'licence',
  'purpose',
  'legalBasis',
  'retention',
  'approver',
  'territory',
  'every',
];

/** The writing part of a SourceDesk. */
export function openSourceWriter(
  app: DeskApp,
  { collectors, changed }: WriterOptions,
): Pick<SourceDesk, 'save' | 'setPaused' | 'duplicate'> {
  const { root } = app.project;

  /** One change at a time, whichever process makes it. */
  function write(change: Change): Promise<SaveResult> {
    return app.database.withLock('settings', async () => {
      const before = await readSettingsText(root);
      if (change.etag !== null && change.etag !== before.etag) throw changedMeanwhile();
      const sources = sourcesIn(before.text);
      const { source, problems: mistakes } = change.edit(sources);
      const text = writeSource(before.text, change.name, source);
      const problems = placed(mistakes, text, change.name);
      if (problems.length > 0) return { kind: 'invalid', problems };
      if (text === before.text) return { kind: 'saved', etag: before.etag };
      const words = wordsChanged(own(sources, change.name) ?? {}, source);
      const after = await app.database.transaction(async (tx) => {
        await appendAct(tx, {
          actor: change.by,
          verb: 'configure',
          object: `source:${change.name}`,
          why: `${change.verb} from the workbench`,
          detail: { change: change.verb, words, settings: createHash('sha256').update(text).digest('hex') },
        });
        return replaceSettingsText(root, text, before.etag);
      });
      await changed?.();
      return { kind: 'saved', etag: after.etag };
    });
  }

  return {
    save: (name, draft, { etag, isNew, by }) =>
      write({
        name,
        by,
        verb: isNew ? 'add' : 'replace',
        etag,
        edit(sources) {
          const existing = own(sources, name);
          const taken =
            isNew && existing !== null ? [problem('taken', ['name'], `there is a source \`${name}\` already`)] : [];
          const wrong = [
            ...taken,
            ...tryProblems(draft, collectors.get(draft.collector), root),
            ...cardProblems(draft),
          ];
          return { source: sourceOf(draft, existing ?? {}), problems: wrong };
        },
      }),
    setPaused: (name, paused, by) =>
      write({
        name,
        by,
        verb: paused ? 'pause' : 'resume',
        etag: null,
        edit(sources) {
          const { paused: _, ...source } = required(sources, name);
          return { source: paused ? { ...source, paused: true } : source, problems: [] };
        },
      }),
    duplicate: (name, copy, by) =>
      write({
        name: copy,
        by,
        verb: 'duplicate',
        etag: null,
        edit(sources) {
          const taken = own(sources, copy) !== null;
          const wrong = taken ? [problem('taken', ['name'], `there is a source \`${copy}\` already`)] : [];
          return { source: { ...required(sources, name), paused: true }, problems: wrong };
        },
      }),
  };
}

/** The source called so, or null; names that every object has are no sources. */
export function own(sources: Readonly<Record<string, JsonObject>>, name: string): JsonObject | null {
  return Object.hasOwn(sources, name) ? (sources[name] ?? null) : null;
}

function required(sources: Readonly<Record<string, JsonObject>>, name: string): JsonObject {
  const source = own(sources, name);
  if (source !== null) return source;
  throw new DataSensError('not-found', `there is no source \`${name}\``, { remedy: 'read the list again' });
}

function sourceOf(draft: SourceDraft, existing: JsonObject): JsonObject {
  const kept = Object.entries(existing).filter(([key]) => !DRAFTED.includes(key));
  const said = Object.entries(draft)
    .map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  const { paused, ...source } = Object.fromEntries([...kept, ...said]) as JsonObject;
  return paused === true ? { ...source, paused } : source;
}

function wordsChanged(before: JsonObject, after: JsonObject): readonly string[] {
  const words = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...words].filter((word) => !isDeepStrictEqual(before[word], after[word]));
}

/** Mistakes of the draft and of the file as it would be written, each at its line. */
function placed(mistakes: readonly DraftProblem[], text: string, name: string): readonly DraftProblem[] {
  const settings = parseSettings(text);
  const found = 'problems' in settings ? settings.problems.map((one) => fieldProblem(one, name)) : [];
  const all = [
    ...mistakes,
    ...found.filter(({ field }) => field === '' || !mistakes.some((one) => one.field === field)),
  ];
  return all.map((one) => {
    const path = one.field.split('/').slice(1);
    return one.line === null ? { ...one, line: settingsLine(text, ['sources', name, ...path]) } : one;
  });
}

function fieldProblem({ line, path, message }: SettingsProblem, name: string): DraftProblem {
  const prefix = `sources.${name}.`;
  if (!path.startsWith(prefix)) return { code: 'settings', field: '', line, message: `${path}: ${message}` };
  const code = message.startsWith('missing') ? 'missing' : message.startsWith('unknown key') ? 'unknown' : 'invalid';
  return { code, field: pointerOf(path.slice(prefix.length).split('.')), line, message };
}
