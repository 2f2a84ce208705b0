// The ThemeDesk: themes proposed from the corpus, what people make of them, and their acceptance into the codebook.

import { randomUUID } from 'node:crypto';
import { fold } from '../annotate/folding.ts';
import { codebookVersion } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import {
  type BoardTheme,
  boardOf,
  type Discovery,
  type Theme,
  type ThemeEdit,
  type ThemeNaming,
} from '../model/theme.ts';
import { appendAct } from '../store/acts.ts';
import {
  appendEdit,
  countThemeTexts,
  insertProposal,
  readEdits,
  readProposal,
  readTexts,
  readThemeTexts,
  type StoredEdit,
} from '../store/theme-proposals.ts';
import type { App } from './app.ts';
import { openCodebookDesk } from './codebook-desk.ts';
import { keptVersions } from './codebook-keeping.ts';
import { acceptThemes, missingLine } from './theme-acceptance.ts';
import { type NamingApp, nameThemes } from './theme-naming.ts';

export interface ThemeBoard {
  readonly id: string;
  readonly proposedAt: string;
  readonly actor: string;
  readonly sources: readonly string[] | null;
  readonly discovery: Omit<Discovery, 'themes'>;
  /** Texts that would be read now: another number than `discovery.texts` where the corpus changed since. */
  readonly textsNow: number;
  /** What a model made of the names; null where none was asked. */
  readonly naming: ThemeNaming | null;
  readonly themes: readonly BoardTheme[];
  /** Texts that the themes name, personal data replaced; those erased since are absent. Cut at 600 characters. */
  readonly texts: Readonly<Record<string, string>>;
  readonly history: readonly StoredEdit[];
}

/** What a person asks for; the desk works out what it makes. */
export type ThemeChange =
  | Extract<ThemeEdit, { readonly kind: 'rename' | 'drop' | 'select' | 'unselect' }>
  | { readonly kind: 'merge'; readonly themes: readonly string[] }
  | { readonly kind: 'split'; readonly theme: string };

export interface Proposing {
  /** Only these sources; all where null. */
  readonly sources: readonly string[] | null;
  readonly seed: number;
  /** How many themes; null lets the texts say. */
  readonly count: number | null;
  readonly actor: string;
  readonly progress?: (part: number) => void;
}

export interface Accepted {
  readonly version: string;
  readonly themes: number;
  /** The line that the settings lack, under `annotate`, before the themes are assigned; null where they name `themes`. */
  readonly settings: string | null;
}

export interface ThemeDesk {
  /** The proposal, or the newest; null where there is none. */
  board(id: string | null): Promise<ThemeBoard | null>;
  /** Reads the corpus and proposes. @throws locked while another proposal is made, not-found where there are too few texts */
  propose(proposing: Proposing): Promise<ThemeBoard>;
  /** How far the proposal that this process makes is, in [0, 1]; null where it makes none. */
  progress(): number | null;
  /** @throws not-found, usage where the change makes no sense for the theme as it stands */
  change(id: string, change: ThemeChange, actor: string): Promise<ThemeBoard>;
  /** Writes the selected themes into the codebook as a new version. @throws usage where none is selected */
  accept(id: string, actor: string): Promise<Accepted>;
}

export interface ThemeDeskOptions {
  /** Called after the codebook was written. */
  readonly changed?: () => Promise<void>;
}

/** Texts read at most: figures of larger corpora are those of a sample this large. */
const READ_TEXTS = 50_000;
const FEWEST_TEXTS = 20;
/** Part of a proposal that reading the texts is, where a model names the themes afterwards. */
const READING = 0.7;
const SHOWN_CHARACTERS = 600;
const LONGEST_NAME = 120;

type DeskApp = NamingApp & Pick<App, 'database' | 'threads' | 'recipes' | 'sources'>;

/** The desk over the project that `app` is open on. */
export function openThemeDesk(app: DeskApp, { changed }: ThemeDeskOptions = {}): ThemeDesk {
  let part: number | null = null;

  const scopeOf = (sources: readonly string[] | null) => ({ recipes: app.recipes, sources, limit: READ_TEXTS });
  const textsOf = (sources: readonly string[] | null) =>
    app.database.transaction((tx) => readThemeTexts(tx, scopeOf(sources)));

  async function board(id: string | null): Promise<ThemeBoard | null> {
    return app.database.transaction(async (tx) => {
      const proposal = await readProposal(tx, id);
      if (proposal === null) return null;
      const history = await readEdits(tx, proposal.id);
      const { themes: proposed, ...discovery } = proposal.discovery;
      const themes = boardOf(
        proposed,
        history.map(({ edit }) => edit),
      );
      const named = themes.flatMap(({ figures }) => [...figures.representative, ...figures.divergent]);
      const found = await readTexts(tx, [...new Set(named)]);
      const texts = Object.fromEntries([...found].map(([key, text]) => [key, cut(text)]));
      const { proposedAt, actor, sources, naming } = proposal;
      const textsNow = await countThemeTexts(tx, scopeOf(sources));
      return { id: proposal.id, proposedAt, actor, sources, discovery, textsNow, naming, themes, texts, history };
    });
  }

  async function required(id: string): Promise<ThemeBoard> {
    const found = await board(id);
    if (found !== null) return found;
    throw new DataSensError('not-found', 'there is no such proposal of themes', { remedy: 'read the newest again' });
  }

  async function record(id: string, edit: ThemeEdit, actor: string): Promise<void> {
    await app.database.transaction(async (tx) => {
      await appendEdit(tx, id, { actor, edit });
      const verb = edit.kind === 'accept' ? 'accept' : 'annotate';
      const why = `${edit.kind} of proposed themes`;
      await appendAct(tx, { actor, verb, object: `themes:${id}`, why, detail: detailOf(edit) });
    });
  }

  return {
    board,
    progress: () => part,
    async propose({ sources, seed, count, actor, progress = () => undefined }) {
      if (part !== null) throw new DataSensError('locked', 'themes are being proposed already', { retryable: true });
      part = 0;
      try {
        requireSources(app, sources);
        const texts = await textsOf(sources);
        if (texts.length < FEWEST_TEXTS) {
          throw new DataSensError('not-found', `${texts.length} different text(s) in French are too few for themes`, {
            remedy: `collect and refine more: at least ${FEWEST_TEXTS} are needed`,
          });
        }
        const tell = (done: number) => {
          part = done;
          progress(done);
        };
        const reading = app.models.length === 0 ? 1 : READING;
        const watch = { signal: app.signal, progress: (done: number) => tell(done * reading) };
        const found = await app.threads.discoverThemes({ texts, seed, count }, watch);
        const named = await nameThemes(app, found, {
          texts,
          progress: (done) => tell(reading + (1 - reading) * done),
        });
        tell(1);
        const id = randomUUID();
        await app.database.transaction(async (tx) => {
          await insertProposal(tx, { id, actor, discovery: found, sources, naming: named?.naming ?? null });
          for (const edit of named?.edits ?? []) await appendEdit(tx, id, { actor: edit.by.annotator, edit });
          const detail = { seed, texts: found.texts, themes: found.themes.length, named: named?.naming.named ?? 0 };
          await appendAct(tx, { actor, verb: 'annotate', object: `themes:${id}`, why: 'themes proposed', detail });
        });
        return await required(id);
      } finally {
        part = null;
      }
    },
    async change(id, change, actor) {
      const now = await required(id);
      const edit = await editOf(now, change);
      await record(id, edit, actor);
      return required(id);
    },
    async accept(id, actor) {
      const now = await required(id);
      const themes = now.themes.filter(({ state }) => state === 'selected');
      if (themes.length === 0) {
        throw new DataSensError('usage', 'no theme is selected', { remedy: 'select the themes to keep, then accept' });
      }
      const codebooks = openCodebookDesk(app, changed);
      const { text, etag, draft } = await codebooks.view();
      const current = draft.codebook;
      if (current === null || draft.mistakes.length > 0) {
        throw new DataSensError('refused', 'the codebook has mistakes: nothing can be added to it', {
          remedy: '`datasens codebook check` names them',
        });
      }
      const kept = await app.database.transaction((tx) => keptVersions(tx, current.name));
      const written = acceptThemes(text, { current, latest: kept[0]?.version ?? 0, themes });
      if (written === null) {
        throw new DataSensError('refused', `${codebookVersion(current)} holds these themes already`, {
          remedy: 'nothing is to be written; `datasens annotate` assigns them',
        });
      }
      const saved = await codebooks.save(written, { etag, actor });
      if (saved.kind === 'invalid') {
        const list = saved.mistakes.map(({ line, path, message }) => `  ${line} ${path}: ${message}`).join('\n');
        throw new DataSensError('refused', `the codebook would have mistakes:\n${list}`, {
          remedy: 'rename the themes that these lines name',
        });
      }
      await record(id, { kind: 'accept', version: saved.version, themes: themes.map((theme) => theme.id) }, actor);
      return { version: saved.version, themes: themes.length, settings: missingLine(app) };
    },
  };

  async function editOf(now: ThemeBoard, change: ThemeChange): Promise<ThemeEdit> {
    const own = (theme: string) => requireTheme(now, theme);
    if (change.kind === 'merge') {
      const themes = [...new Set(change.themes)].map(own);
      if (themes.length < 2) {
        throw new DataSensError('usage', 'two themes at least are needed to make one', {
          remedy: 'name two of them, by their ids',
        });
      }
      const into = await app.threads.mergeThemes({ texts: await textsOf(now.sources), themes, id: nextId(now, 0) });
      return { kind: 'merge', themes: themes.map(({ id }) => id), into };
    }
    if (change.kind === 'split') {
      const theme = own(change.theme);
      const ids = [nextId(now, 0), nextId(now, 1)] as const;
      const texts = await textsOf(now.sources);
      const into = await app.threads.splitTheme({ texts, theme, ids, seed: now.discovery.seed });
      if (into.length > 0) return { kind: 'split', theme: theme.id, into };
      throw new DataSensError('refused', 'the texts of this theme do not fall into two', {
        remedy: 'rename it, merge it or drop it',
      });
    }
    own(change.theme);
    return change.kind === 'rename' ? { ...change, name: requireName(now, change) } : change;
  }
}

function requireTheme(board: ThemeBoard, id: string): Theme {
  const found = board.themes.find((theme) => theme.id === id);
  if (found === undefined) {
    throw new DataSensError('not-found', `there is no theme \`${id}\` in this proposal now`, {
      remedy: 'read the proposal again: somebody may have merged or split it',
    });
  }
  const { state: _, description: __, namedBy: ___, ...theme } = found;
  return theme;
}

/** @throws usage where a name is empty, too long, or that of another theme that is not set aside */
function requireName(board: ThemeBoard, { theme, name }: { readonly theme: string; readonly name: string }): string {
  const given = name.trim().replace(/\s+/g, ' ');
  if (given === '' || given.length > LONGEST_NAME) {
    throw new DataSensError('usage', `a name has 1 to ${LONGEST_NAME} characters; this one has ${given.length}`, {
      remedy: 'give the theme a short name',
    });
  }
  const same = board.themes.find(
    (other) => other.id !== theme && other.state !== 'dropped' && fold(other.name) === fold(given),
  );
  if (same === undefined) return given;
  throw new DataSensError('usage', `the theme ${same.id} has this name already`, {
    remedy: `choose another name, or merge ${theme} and ${same.id}`,
  });
}

function requireSources({ sources: known }: Pick<App, 'sources'>, asked: readonly string[] | null): void {
  const unknown = asked?.find((name) => !known.some((source) => source.name === name));
  if (unknown === undefined) return;
  throw new DataSensError('not-found', `the settings have no source \`${unknown}\``, {
    remedy: `name some of: ${known.map(({ name }) => name).join(', ')}`,
  });
}

/** `t` and the first number that no theme of the proposal, nor of what was made of it, ever had. */
function nextId({ themes, history }: ThemeBoard, after: number): string {
  const made = history.flatMap(({ edit }) =>
    edit.kind === 'merge' ? [edit.into.id, ...edit.themes] : edit.kind === 'split' ? edit.into.map(({ id }) => id) : [],
  );
  const numbers = [...themes.map(({ id }) => id), ...made].map((id) => Number(id.slice(1)));
  return `t${Math.max(0, ...numbers) + 1 + after}`;
}

/** Ids and counts only. */
function detailOf(edit: ThemeEdit): JsonObject {
  if (edit.kind === 'merge') return { kind: edit.kind, themes: edit.themes, into: edit.into.id };
  if (edit.kind === 'split') return { kind: edit.kind, theme: edit.theme, into: edit.into.map(({ id }) => id) };
  if (edit.kind === 'accept') return { kind: edit.kind, version: edit.version, themes: edit.themes };
  return { kind: edit.kind, theme: edit.theme };
}

const cut = (text: string) => (text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS).trimEnd()}…` : text);
