// The CodebookDesk: what the codebook says, what was judged under it, its versions, and the next one before it is written.

import { readCodebookText } from '../annotate/codebook.ts';
import { type CodebookMistake, codebookLine } from '../annotate/codebook-mistakes.ts';
import { type Codebook, codebookVersion } from '../model/codebook.ts';
import { type CodebookDifference, differenceOf } from '../model/codebook-difference.ts';
import { originOf, successionProblems } from '../model/codebook-succession.ts';
import { appendAct } from '../store/acts.ts';
import { countLabels, type LabelCount, listCodebooks } from '../store/codebooks.ts';
import type { Database, Tx } from '../store/database.ts';
import type { App } from './app.ts';
import { type CarryCounts, type LostJudgement, planCarry } from './carry.ts';
import { requireCodebookPath } from './codebook-file.ts';
import { changedMeanwhile, readTaggedText, replaceTaggedText } from './settings-file.ts';

export interface CodebookView {
  /** Path of the file, its text and the tag of this text. */
  readonly path: string;
  readonly text: string;
  readonly etag: string;
  readonly draft: CodebookDraft;
  /** How many documents were given each label of the version in the file, by people and by machines. */
  readonly counts: readonly LabelCount[];
  /** Versions kept, the latest number first, each with what it changed of the one before. */
  readonly versions: readonly CodebookVersionView[];
  /** People's judgements of the version before that could not be carried, as they stand now; at most 200. */
  readonly left: readonly LostJudgement[];
}

interface CodebookVersionView {
  readonly version: string;
  readonly savedAt: string;
  readonly difference: CodebookDifference | null;
}

/** A text of a codebook, judged. */
export interface CodebookDraft {
  /** Null where it has mistakes. */
  readonly codebook: Codebook | null;
  /** Of the text itself, or of what it may not do to the versions that are kept; each at its line. */
  readonly mistakes: readonly CodebookMistake[];
  /** From the version whose annotations it takes over; null for a first one, and for one that is kept already. */
  readonly follows: {
    readonly from: string;
    readonly difference: CodebookDifference;
    readonly carry: CarryCounts;
  } | null;
  /** True where this version is kept, word for word. */
  readonly kept: boolean;
}

export type CodebookSaved =
  | { readonly kind: 'saved'; readonly etag: string; readonly version: string }
  | { readonly kind: 'invalid'; readonly mistakes: readonly CodebookMistake[] };

export interface CodebookDesk {
  /** @throws not-found where the settings name no codebook, settings-missing where its file is gone */
  view(): Promise<CodebookView>;
  /** What this text would be as a new version. Writes nothing. */
  preview(text: string): Promise<CodebookDraft>;
  /** Writes the file, where it is still that of the tag. @throws locked */
  save(text: string, change: { readonly etag: string; readonly actor: string }): Promise<CodebookSaved>;
}

const LEFT = 200;

type DeskApp = Pick<App, 'project' | 'database'>;

/** The desk over the file that the settings name. `changed` is called after each change of it. */
export function openCodebookDesk(app: DeskApp, changed: () => Promise<void> = async () => undefined): CodebookDesk {
  const place = () => ({ root: app.project.root, file: requireCodebookPath(app.project) });
  return {
    async view() {
      const { root, file } = place();
      const { text, etag } = await readTaggedText(root, file);
      return app.database.transaction(async (tx) => {
        const draft = await judgeDraft(tx, text);
        const kept = await versionsOf(tx, draft.codebook?.name ?? null);
        const latest = kept[0]?.codebook;
        const counts = latest === undefined ? [] : await countLabels(tx, codebookVersion(latest));
        const origin =
          latest === undefined
            ? null
            : originOf(
                latest,
                kept.map(({ codebook }) => codebook),
              );
        const left = origin === null ? [] : (await planCarry(tx, origin, latest!)).lost.slice(0, LEFT);
        return { path: file, text, etag, draft, counts, versions: kept.map(({ view }) => view), left };
      });
    },
    preview: (text) => app.database.transaction((tx) => judgeDraft(tx, text)),
    save: (text, { etag, actor }) =>
      app.database.withLock('codebook', async () => {
        const { root, file } = place();
        if ((await readTaggedText(root, file)).etag !== etag) throw changedMeanwhile(file);
        const draft = await app.database.transaction((tx) => judgeDraft(tx, text));
        const { codebook } = draft;
        if (codebook === null || draft.mistakes.length > 0) return { kind: 'invalid', mistakes: draft.mistakes };
        const version = codebookVersion(codebook);
        const after = await app.database.transaction(async (tx) => {
          const from = draft.follows?.from ?? null;
          await appendAct(tx, {
            actor,
            verb: 'configure',
            object: `codebook:${version}`,
            why: 'written from the workbench',
            detail: { from },
          });
          return replaceTaggedText({ root, file }, text, etag);
        });
        await changed();
        return { kind: 'saved', etag: after.etag, version };
      }),
  };
}

/** Judges a text against itself and against what is kept. */
export async function judgeDraft(tx: Tx, text: string): Promise<CodebookDraft> {
  const codebook = readCodebookText(text);
  if ('mistakes' in codebook) return { codebook: null, mistakes: codebook.mistakes, follows: null, kept: false };
  const kept = (await versionsOf(tx, codebook.name)).map((one) => one.codebook);
  const mistakes = successionProblems(codebook, kept)
    .map(({ path, message }) => ({ line: codebookLine(text, path), path: path.join('.'), message }))
    .sort((left, right) => left.line - right.line);
  const isKept = kept.some(({ version }) => version === codebook.version);
  // What changed under the same number is told against that number: it is what a new version would change.
  const origin = isKept
    ? (mistakes.length > 0 && kept.find(({ version }) => version === codebook.version)) || null
    : originOf(codebook, kept);
  if (origin === null) return { codebook, mistakes, follows: null, kept: isKept && mistakes.length === 0 };
  const next = isKept ? { ...codebook, version: kept[0]!.version + 1 } : codebook;
  const { counts } = await planCarry(tx, origin, next);
  const follows = { from: codebookVersion(origin), difference: differenceOf(origin, codebook), carry: counts };
  return { codebook, mistakes, follows, kept: false };
}

/** One kept version, or null. */
export async function readVersion(database: Database, version: string): Promise<Codebook | null> {
  const stored = await database.transaction((tx) => listCodebooks(tx));
  const found = stored.find((one) => one.version === version);
  return found === undefined ? null : (found.body as unknown as Codebook);
}

async function versionsOf(tx: Tx, name: string | null) {
  const stored = (await listCodebooks(tx)).map(({ body, savedAt }) => ({
    codebook: body as unknown as Codebook,
    savedAt,
  }));
  const own = stored
    .filter(({ codebook }) => name === null || codebook.name === name)
    .sort((left, right) => right.codebook.version - left.codebook.version);
  return own.map(({ codebook, savedAt }, at) => {
    const before = own.slice(at + 1).find((one) => one.codebook.name === codebook.name);
    const view: CodebookVersionView = {
      version: codebookVersion(codebook),
      savedAt: savedAt.toISOString(),
      difference: before === undefined ? null : differenceOf(before.codebook, codebook),
    };
    return { codebook, view };
  });
}
