// The work of a worker thread on themes: finding them, splitting one, reading texts by those that people made.

import type { MessagePort } from 'node:worker_threads';
import type { ReadText } from '../annotate/themes/assessment.ts';
import { discoverThemes } from '../annotate/themes/discovery.ts';
import { mergeThemes, splitTheme } from '../annotate/themes/editing.ts';
import type { Discovery, Theme } from '../model/theme.ts';

export interface DiscoverTask {
  readonly texts: readonly ReadText[];
  readonly seed: number;
  readonly count: number | null;
  /** Told how far it is, in [0, 1]. */
  readonly port: MessagePort;
}

export interface MergeTask {
  readonly texts: readonly ReadText[];
  readonly themes: readonly Theme[];
  readonly id: string;
}

export interface SplitTask {
  readonly texts: readonly ReadText[];
  readonly theme: Theme;
  readonly ids: readonly [string, string];
  readonly seed: number;
}

export function discover({ texts, seed, count, port }: DiscoverTask): Discovery {
  return discoverThemes(texts, { seed, count, progress: (part) => port.postMessage(part) });
}

export function merge({ texts, themes, id }: MergeTask): Theme {
  return mergeThemes(themes, texts, id);
}

export function split({ theme, texts, ids, seed }: SplitTask): readonly Theme[] {
  return splitTheme(theme, texts, { ids, seed });
}
