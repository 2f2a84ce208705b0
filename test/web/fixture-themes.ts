// Proposed themes over a fictional consultation, for tests of the API and of the workbench: found, merged and split for real.

import { randomUUID } from 'node:crypto';
import { discoverThemes } from '../../src/annotate/themes/discovery.ts';
import { mergeThemes, splitTheme } from '../../src/annotate/themes/editing.ts';
import { DataSensError } from '../../src/model/error.ts';
import { boardOf, type Theme, type ThemeEdit } from '../../src/model/theme.ts';
import type { ThemeBoard, ThemeChange, ThemeDesk } from '../../src/run/theme-desk.ts';
import { plantThemes } from '../planted-themes.ts';

const LUCIE = { annotator: 'lucie', model: 'OpenLLM-France/Lucie-7B-Instruct-v1.1' };
const AT = '2026-03-02T09:00:00.000Z';
const SIZE = 160;

type Held = Omit<ThemeBoard, 'themes' | 'history'> & { readonly found: readonly Theme[] };

/** Nothing is proposed yet where `proposed` is false. A model named the first theme; what it said of the second was set aside. */
export async function fixtureThemeDesk({ proposed = true } = {}): Promise<ThemeDesk> {
  const { texts } = plantThemes(SIZE, 3);
  const words = Object.fromEntries(texts.map(({ id, text }) => [id, text]));
  let held: Held | null = null;
  let history: ThemeBoard['history'] = [];
  let made = 0;
  const add = (actor: string, edit: ThemeEdit) => {
    history = [...history, { at: AT, actor, edit }];
  };
  const edits = () => history.map(({ edit }) => edit);
  const board = (): ThemeBoard | null => {
    if (held === null) return null;
    const { found, ...rest } = held;
    return { ...rest, history, themes: boardOf(found, edits()) };
  };
  const required = (id: string): ThemeBoard => {
    const now = board();
    if (now?.id === id) return now;
    throw new DataSensError('not-found', 'there is no such proposal of themes', { remedy: 'read the newest again' });
  };
  const themeOf = (now: ThemeBoard, id: string): Theme => {
    const found = now.themes.find((theme) => theme.id === id);
    if (found !== undefined) return found;
    throw new DataSensError('not-found', `there is no theme \`${id}\` in this proposal now`);
  };
  const nextId = () => {
    made += 1;
    return `t${made}`;
  };
  const editOf = (now: ThemeBoard, change: ThemeChange): ThemeEdit => {
    if (change.kind === 'merge') {
      const themes = change.themes.map((id) => themeOf(now, id));
      return { ...change, into: mergeThemes(themes, texts, nextId()) };
    }
    themeOf(now, change.theme);
    if (change.kind !== 'split') return change;
    return { ...change, into: splitTheme(themeOf(now, change.theme), texts, { ids: [nextId(), nextId()], seed: 1 }) };
  };
  const desk: ThemeDesk = {
    board: async () => board(),
    progress: () => null,
    async propose({ sources, seed, count, actor }) {
      const { themes: found, ...discovery } = discoverThemes(texts, { seed, count });
      made = found.length;
      const naming = { ...LUCIE, named: 1, kept: { t2: 'ungrounded' as const }, stopped: 'budget' as const };
      const said = { id: randomUUID(), proposedAt: AT, actor, sources, discovery, naming, texts: words };
      held = { ...said, textsNow: discovery.texts + 12, found };
      history = [];
      const [first] = found;
      const description = `Ce que les gens disent de ${first!.first[0]} dans la commune.`;
      add('lucie', { kind: 'name', theme: 't1', name: 'Ce que dit le modèle', description, by: LUCIE });
      return board()!;
    },
    async change(id, change, actor) {
      add(actor, editOf(required(id), change));
      return board()!;
    },
    async accept(id, actor) {
      const themes = required(id).themes.filter(({ state }) => state === 'selected');
      if (themes.length === 0) throw new DataSensError('usage', 'no theme is selected');
      add(actor, { kind: 'accept', version: 'barometre@2', themes: themes.map((theme) => theme.id) });
      return { version: 'barometre@2', themes: themes.length, settings: 'annotators: [ lexical, themes ]' };
    },
  };
  if (proposed) await desk.propose({ sources: null, seed: 1, count: 7, actor: 'person:1' });
  return desk;
}
