// Themes proposed from a corpus, what people make of them, and what is known of each.

import type { DocumentId } from './identity.ts';
import type { Interval } from './indicator.ts';

export interface ThemeFigures {
  /** Different texts (one for each group of copies) that have the theme. */
  readonly texts: number;
  /** Documents that these stand for. */
  readonly documents: number;
  /** Of the texts read. */
  readonly share: number;
  /** Wilson 95 %, of the share. */
  readonly interval: Interval;
  /** Texts that speak of it most, and texts that barely do. */
  readonly representative: readonly DocumentId[];
  readonly divergent: readonly DocumentId[];
}

export interface Theme {
  /** `t1`, …; a theme made by people from others has a new one. */
  readonly id: string;
  /** Two to four terms, or what people call it. */
  readonly name: string;
  /** Terms by weight. A text whose terms add up to 1 has the theme. */
  readonly terms: Readonly<Record<string, number>>;
  /** Its surest terms, the surest first. */
  readonly first: readonly string[];
  /** Mean part of its texts found again from other beginnings, in [0, 1]; null where people made the theme. */
  readonly stability: number | null;
  /** How much its first terms keep together, in [-1, 1] (mean NPMI); null where people made the theme. */
  readonly coherence: number | null;
  /** Few texts, that keep together all the same. */
  readonly minority: boolean;
  readonly figures: ThemeFigures;
}

/** How steady a number of themes is, among those tried. */
export interface CountTried {
  readonly count: number;
  /** Mean adjusted Rand index of the partition by main theme with those learned from samples of the texts. */
  readonly stability: number;
}

export interface Discovery {
  readonly seed: number;
  /** Different texts read, documents they stand for, and texts that no theme was given. */
  readonly texts: number;
  readonly documents: number;
  readonly unassigned: number;
  readonly tried: readonly CountTried[];
  /** Over repeats from other seeds and orders: mean adjusted Rand index of the partitions by main theme. */
  readonly agreement: number;
  readonly repeats: number;
  readonly themes: readonly Theme[];
}

/** Why what a model called a theme is not taken. */
export type NamingFault =
  | 'form' // not what was asked for: too long, unprintable, cut, no JSON
  | 'ungrounded' // no word of the name, or of the description, is in the theme's terms or texts
  | 'copied' // the description is what somebody wrote
  | 'personal' // it tells a person, or bears the mark of one
  | 'duplicate'; // another theme has this name

/** What came of asking a model to name the themes of a proposal. */
export interface ThemeNaming {
  readonly annotator: string;
  /** As its server calls it; null where the server was not reached. */
  readonly model: string | null;
  readonly named: number;
  /** Themes that keep the name of their terms because of what was answered. */
  readonly kept: Readonly<Record<string, NamingFault>>;
  /** Why the others were not asked about; null where all were. */
  readonly stopped: 'unconfirmed' | 'budget' | 'unreachable' | 'refused' | null;
}

/** A model that named a theme. */
export interface Namer {
  readonly annotator: string;
  readonly model: string;
}

/** What people, and a model once at the start, do to proposed themes, in order; nothing is forgotten. */
export type ThemeEdit =
  | {
      readonly kind: 'name';
      readonly theme: string;
      readonly name: string;
      readonly description: string;
      readonly by: Namer;
    }
  | { readonly kind: 'rename'; readonly theme: string; readonly name: string }
  | { readonly kind: 'merge'; readonly themes: readonly string[]; readonly into: Theme }
  | { readonly kind: 'split'; readonly theme: string; readonly into: readonly Theme[] }
  | { readonly kind: 'drop'; readonly theme: string }
  | { readonly kind: 'select'; readonly theme: string }
  | { readonly kind: 'unselect'; readonly theme: string }
  | { readonly kind: 'accept'; readonly version: string; readonly themes: readonly string[] };

export interface BoardTheme extends Theme {
  readonly state: 'candidate' | 'selected' | 'dropped';
  /** One sentence, from a model; null where none was asked. */
  readonly description: string | null;
  /** The model that gave the name; null for the terms' own names and for those of people. */
  readonly namedBy: Namer | null;
}

/** What stands once the edits are made, in the order of the proposal; what was merged or split gives way. Pure. */
export function boardOf(themes: readonly Theme[], edits: readonly ThemeEdit[]): readonly BoardTheme[] {
  let board: readonly BoardTheme[] = themes.map((theme) => fresh(theme, 'candidate'));
  const change = (id: string, partial: Partial<BoardTheme>) => {
    board = board.map((theme) => (theme.id === id ? { ...theme, ...partial } : theme));
  };
  for (const edit of edits) {
    if (edit.kind === 'name') {
      change(edit.theme, { name: edit.name, description: edit.description, namedBy: edit.by });
    } else if (edit.kind === 'rename') change(edit.theme, { name: edit.name, namedBy: null });
    else if (edit.kind === 'drop') change(edit.theme, { state: 'dropped' });
    else if (edit.kind === 'select') change(edit.theme, { state: 'selected' });
    else if (edit.kind === 'unselect') change(edit.theme, { state: 'candidate' });
    else if (edit.kind === 'merge') board = replaced(board, edit.themes, [edit.into]);
    else if (edit.kind === 'split') board = replaced(board, [edit.theme], edit.into);
  }
  return board;
}

function replaced(board: readonly BoardTheme[], gone: readonly string[], by: readonly Theme[]): readonly BoardTheme[] {
  const at = board.findIndex(({ id }) => gone.includes(id));
  const selected = board.some((theme) => gone.includes(theme.id) && theme.state === 'selected');
  const made = by.map((theme) => fresh(theme, selected ? 'selected' : 'candidate'));
  const kept = board.map((theme) => (gone.includes(theme.id) ? [] : [theme]));
  return kept.flatMap((theme, place) => (place === at ? [...made, ...theme] : theme));
}

function fresh(theme: Theme, state: BoardTheme['state']): BoardTheme {
  return { ...theme, state, description: null, namedBy: null };
}
