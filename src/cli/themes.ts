// datasens themes: propose them from the corpus, say what stands, make one of several or two of one, accept.

import type { Command } from 'commander';
import { DataSensError } from '../model/error.ts';
import type { NamingFault, ThemeEdit, ThemeNaming } from '../model/theme.ts';
import { type Accepted, openThemeDesk, type ThemeBoard, type ThemeChange, type ThemeDesk } from '../run/theme-desk.ts';
import { answer, type GlobalOptions, withApp } from './command.ts';
import type { Answer } from './output.ts';

/** There are no accounts on the command line: whoever sits at this machine. */
const ACTOR = 'person:terminal';

export function attach(program: Command): void {
  const themes = program.command('themes').description('Propose themes from the corpus; people keep those they want');
  const propose = themes
    .command('propose')
    .description('Read the texts and propose themes, each with its terms, its share and how steady it is')
    .option('--source <name...>', 'only these sources')
    .option('--seed <number>', 'where chance begins: the same number proposes the same themes', '1')
    .option('--count <number>', 'how many themes; the texts say where it is left out')
    .action(({ source, seed, count }: { source?: string[]; seed: string; count?: string }) =>
      act(propose, async (desk, options) => {
        const board = await desk.propose({
          sources: source ?? null,
          seed: whole(seed, 'seed', 0),
          count: count === undefined ? null : whole(count, 'count', 1),
          actor: ACTOR,
          progress: options.quiet ? () => undefined : tell,
        });
        return { ...boardAnswer(board), nextSteps: ['datasens themes select t1 t2 …', 'datasens themes accept'] };
      }),
    );
  const list = themes
    .command('list')
    .description('Themes of the newest proposal, as they stand')
    .action(() => act(list, async (desk) => boardAnswer(await newest(desk))));
  const history = themes
    .command('history')
    .description('Who did what to the newest proposal, in order')
    .action(() => act(history, async (desk) => historyAnswer(await newest(desk))));
  for (const [kind, description] of [
    ['select', 'Keep these themes for acceptance'],
    ['unselect', 'Leave these themes out again'],
    ['drop', 'Set these themes aside'],
  ] as const) {
    const command = themes
      .command(kind)
      .description(description)
      .argument('<theme...>', 'ids, as `list` shows them')
      .action((ids: readonly string[]) =>
        act(command, (desk) =>
          changes(
            desk,
            ids.map((theme) => ({ kind, theme })),
          ),
        ),
      );
  }
  const rename = themes
    .command('rename')
    .description('Give a theme another name')
    .argument('<theme>', 'its id')
    .argument('<name>', 'its name')
    .action((theme: string, name: string) => act(rename, (desk) => changes(desk, [{ kind: 'rename', theme, name }])));
  const merge = themes
    .command('merge')
    .description('Make one theme of several')
    .argument('<theme...>', 'their ids')
    .action((ids: readonly string[]) => act(merge, (desk) => changes(desk, [{ kind: 'merge', themes: ids }])));
  const split = themes
    .command('split')
    .description('Make two themes of one')
    .argument('<theme>', 'its id')
    .action((theme: string) => act(split, (desk) => changes(desk, [{ kind: 'split', theme }])));
  const accept = themes
    .command('accept')
    .description('Write the selected themes into the codebook, as a new version')
    .action(() =>
      act(accept, async (desk) => {
        const accepted = await desk.accept((await newest(desk)).id, ACTOR);
        return acceptedAnswer(accepted);
      }),
    );
}

function act(command: Command, work: (desk: ThemeDesk, options: GlobalOptions) => Promise<Answer>): Promise<void> {
  return answer(command, (options, signal) =>
    withApp(options, signal, (app) => work(openThemeDesk(app, { changed: () => app.reload() }), options)),
  );
}

async function newest(desk: ThemeDesk): Promise<ThemeBoard> {
  const board = await desk.board(null);
  if (board !== null) return board;
  throw new DataSensError('not-found', 'no themes were proposed yet', { remedy: 'run `datasens themes propose`' });
}

/** All of the changes or, where a theme is not there, none; what they made is shown. */
async function changes(desk: ThemeDesk, list: readonly ThemeChange[]): Promise<Answer> {
  let board = await newest(desk);
  const before = board;
  const named = list.flatMap((change) => (change.kind === 'merge' ? change.themes : [change.theme]));
  const unknown = named.filter((id) => !board.themes.some((theme) => theme.id === id));
  if (unknown.length > 0) {
    throw new DataSensError('not-found', `there is no theme ${unknown.join(', ')} in the newest proposal`, {
      remedy: '`datasens themes list` shows those that stand',
    });
  }
  for (const change of list) board = await desk.change(board.id, change, ACTOR);
  const touched = board.themes.filter(({ id }) => named.includes(id) || !before.themes.some((one) => one.id === id));
  return { data: board, text: touched.map(themeLine).join('\n') };
}

function acceptedAnswer(accepted: Accepted): Answer {
  const { version, themes, settings } = accepted;
  const written = `${themes} ${themes === 1 ? 'thème écrit' : 'thèmes écrits'} dans ${version}.`;
  if (settings === null) return { data: accepted, text: written, nextSteps: ['datasens annotate'] };
  const text = `${written}
Rien ne les attribue encore. Dans datasens.yaml, sous « annotate: », la ligne des annotateurs doit être :
  ${settings}
Écrivez-la, puis annotez.`;
  return { data: accepted, text, nextSteps: ['datasens annotate'] };
}

function boardAnswer(board: ThemeBoard): Answer {
  const { themes, discovery, textsNow } = board;
  const { texts, unassigned, agreement, repeats } = discovery;
  const lines = [
    `${texts} textes différents, ${unassigned} sans thème ; accord entre ${repeats} répétitions : ${agreement.toFixed(2)} (indice de Rand ajusté)`,
  ];
  if (textsNow !== texts) lines.push(`Le corpus a changé depuis (${textsNow} textes) : proposez à nouveau.`);
  return { data: board, text: [...lines, ...namingLines(board.naming), ...themes.map(themeLine)].join('\n') };
}

function themeLine({ id, name, figures, stability, state, minority, ...theme }: ThemeBoard['themes'][number]): string {
  const { share, interval, texts: n } = figures;
  const { description, namedBy } = theme;
  const steady = stability === null ? 'fait main' : `stabilité ${stability.toFixed(2)}`;
  const mark = { candidate: ' ', selected: '✓', dropped: '✗' }[state];
  const range = `${percent(share)} (${percent(interval.low)} à ${percent(interval.high)}, n = ${n})`;
  const marks = `${minority ? ', opinion minoritaire' : ''}${namedBy === null ? '' : `, nommé par ${namedBy.annotator}`}`;
  const line = `${mark} ${id.padEnd(4)} ${name} — ${range}, ${steady}${marks}`;
  return description === null ? line : `${line}\n       ${description}`;
}

function historyAnswer({ id, proposedAt, actor, history }: ThemeBoard): Answer {
  const lines = history.map(({ at, actor: who, edit }) => `${at} ${who} ${EDITS[edit.kind]} ${editWords(edit)}`);
  const text = [`${proposedAt} ${actor} a proposé`, ...lines].join('\n');
  return { data: { id, proposedAt, actor, history }, text };
}

const EDITS: Readonly<Record<ThemeEdit['kind'], string>> = {
  name: 'a nommé',
  rename: 'a renommé',
  merge: 'a réuni',
  split: 'a scindé',
  drop: 'a écarté',
  select: 'a retenu',
  unselect: 'ne retient plus',
  accept: 'a accepté',
};

function editWords(edit: ThemeEdit): string {
  if (edit.kind === 'merge') return `${edit.themes.join(', ')} → ${edit.into.name} (${edit.into.id})`;
  if (edit.kind === 'split') return `${edit.theme} → ${edit.into.map(({ id, name }) => `${name} (${id})`).join(' + ')}`;
  if (edit.kind === 'accept') return `${edit.themes.join(', ')} → ${edit.version}`;
  return edit.kind === 'rename' || edit.kind === 'name' ? `${edit.theme} → ${edit.name}` : edit.theme;
}

const STOPPED: Readonly<Record<NonNullable<ThemeNaming['stopped']>, string>> = {
  unconfirmed: 'n’a pas été interrogé : ce serait plus que annotate.confirmAbove ne permet',
  budget: 's’est arrêté à son budget',
  unreachable: 'ne répond pas',
  refused: 'est refusé : `datasens doctor` dit pourquoi',
};

const FAULTS: Readonly<Record<NamingFault, string>> = {
  form: 'réponse hors du format',
  ungrounded: 'aucun mot du thème',
  copied: 'description recopiée d’un texte',
  personal: 'donnée personnelle',
  duplicate: 'nom déjà pris',
};

/** What a model made of the names, and which themes keep the name of their terms. */
function namingLines(naming: ThemeNaming | null): readonly string[] {
  if (naming === null) return [];
  const { annotator, model, named, kept, stopped } = naming;
  const who = model === null ? annotator : `${annotator} (${model})`;
  const lines =
    stopped === null ? [] : [`${who} ${STOPPED[stopped]} ; les autres thèmes gardent le nom de leurs termes.`];
  if (named > 0) lines.unshift(`${who} a nommé ${named} thème${named === 1 ? '' : 's'} : relisez, renommez.`);
  const why = Object.entries(kept).map(([theme, fault]) => `${theme} (${FAULTS[fault]})`);
  if (why.length > 0)
    lines.push(`Gardent le nom de leurs termes, la réponse du modèle étant écartée : ${why.join(', ')}.`);
  return lines;
}

const percent = (share: number) => `${(share * 100).toFixed(1).replace('.', ',')} %`;

function tell(part: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rThèmes : ${Math.round(part * 100)} %${part >= 1 ? '\n' : ''}`);
}

function whole(text: string, name: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= 1_000_000) return value;
  throw new DataSensError('usage', `--${name} ${text} is no such number`, {
    remedy: `give a whole number from ${least}`,
  });
}
