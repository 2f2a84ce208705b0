// datasens codebook: read it, see what a new version changes and carries over, check it.

import type { Command } from 'commander';
import type { Codebook } from '../model/codebook.ts';
import type { CodebookDifference, TaskDifference } from '../model/codebook-difference.ts';
import { lookAtCodebook } from '../run/codebook-commands.ts';
import type { CodebookDraft, CodebookView } from '../run/codebook-desk.ts';
import { openProject } from '../run/project.ts';
import { answer, type GlobalOptions } from './command.ts';

export function attach(program: Command): void {
  const codebook = program
    .command('codebook')
    .description('Read the codebook, its versions, and what a new one changes');
  const show = codebook
    .command('show')
    .description('Tasks, categories, and how many documents were given each')
    .action(() =>
      answer(show, async (options) => {
        const view = await viewOf(options);
        return { data: view, text: shown(view), exitCode: view.draft.codebook === null ? 3 : 0 };
      }),
    );
  const diff = codebook
    .command('diff')
    .description('What changed from one version to another; by default, what the file changes of the version before it')
    .argument('[from]', 'a version that is kept, as name@version')
    .argument('[to]', 'a later one; the file where it is left out')
    .action((from?: string, to?: string) =>
      answer(diff, async (options) => {
        if (from !== undefined) {
          const later = to ?? null;
          const difference = await lookAtCodebook(openProject(options.project), (look) => look.compare(from, later));
          return { data: { from, to: later, difference }, text: differenceWords(difference).join('\n') };
        }
        const { path, draft, versions } = await viewOf(options);
        const wrong = draft.mistakes.map(({ line, path: at, message }) => `${path}:${line} ${at}: ${message}`);
        const text = [...wrong, ...(draft.follows === null ? keptWords(draft, versions) : followWords(draft.follows))];
        const data = { follows: draft.follows, mistakes: draft.mistakes };
        return { data, text: text.join('\n'), exitCode: wrong.length > 0 ? 3 : 0 };
      }),
    );
  const check = codebook
    .command('check')
    .description('Say everything that is wrong with the codebook, and what its version would carry over')
    .action(() =>
      answer(check, async (options) => {
        const { path, draft } = await viewOf(options);
        const wrong = draft.mistakes.map(({ line, path: at, message }) => `${path}:${line} ${at}: ${message}`);
        return {
          data: { path, mistakes: draft.mistakes, follows: draft.follows },
          text: [...wrong, ...(draft.follows === null ? [] : followWords(draft.follows))].join('\n') || okWords(draft),
          exitCode: wrong.length > 0 ? 3 : 0,
          nextSteps: wrong.length > 0 || draft.follows === null ? [] : ['datasens annotate'],
        };
      }),
    );
}

const viewOf = (options: GlobalOptions) => lookAtCodebook(openProject(options.project), (look) => look.view());

const okWords = ({ kept }: CodebookDraft) => (kept ? 'Grille inchangée, rien à corriger.' : 'Rien à corriger.');

function shown({ path, draft, counts, versions, left }: CodebookView): string {
  const { codebook } = draft;
  if (codebook === null) return draft.mistakes.map(({ line, message }) => `${path}:${line} ${message}`).join('\n');
  const lines = [`${codebook.title.fr} (${codebook.name}@${codebook.version}, ${path})`];
  for (const task of codebook.tasks) lines.push('', ...taskLines(task, counts));
  lines.push('', `Versions gardées : ${versions.map(({ version }) => version).join(', ') || 'aucune'}`);
  if (left.length > 0) lines.push(`${left.length} jugement(s) de personnes à reprendre.`);
  return lines.join('\n');
}

function taskLines(task: Codebook['tasks'][number], counts: CodebookView['counts']): readonly string[] {
  const count = (label: string, people: boolean) =>
    counts.find((one) => one.task === task.id && one.label === label && one.people === people)?.documents ?? 0;
  const width = Math.max(0, ...task.categories.map(({ id }) => id.length));
  return [
    `${task.title.fr} [${task.id}, ${task.kind}]`,
    ...task.categories.map(
      ({ id, title }) =>
        `  ${id.padEnd(width)}  ${title.fr} — ${count(id, true)} par des personnes, ${count(id, false)} par des machines`,
    ),
  ];
}

function followWords({ from, difference, carry }: NonNullable<CodebookDraft['follows']>): readonly string[] {
  const { judgements, carried, again, lost } = carry;
  const left = Object.entries(lost).filter(([, n]) => n > 0);
  const reasons = left.map(([reason, n]) => `${n} ${LOST[reason as keyof typeof LOST]}`).join(', ');
  return [
    `Depuis ${from} :`,
    ...differenceWords(difference).map((line) => `  ${line}`),
    `${judgements} jugement(s) de personnes : ${carried} repris, ${again} déjà refaits${reasons === '' ? '' : `, à revoir : ${reasons}`}`,
  ];
}

/** What a file that is kept already changed of the version before it. */
function keptWords({ codebook, kept }: CodebookDraft, versions: CodebookView['versions']): readonly string[] {
  if (codebook === null || !kept) return [];
  const at = versions.findIndex(({ version }) => version === `${codebook.name}@${codebook.version}`);
  const [own, before] = [versions[at], versions[at + 1]];
  if (own?.difference == null || before === undefined)
    return [`${codebook.name}@${codebook.version} est gardée telle quelle.`];
  const changes = differenceWords(own.difference).map((line) => `  ${line}`);
  return [`${own.version} est gardée telle quelle. Ce qu’elle a changé de ${before.version} :`, ...changes];
}

const LOST = {
  dropped: 'sans place',
  redefined: 'dont la définition a changé',
  reopened: '« hors » à reconsidérer',
  kind: 'd’une tâche qui juge autrement',
} as const;

function differenceWords({ title, tasks }: CodebookDifference): readonly string[] {
  const lines = [...(title ? ['titre changé'] : []), ...tasks.flatMap(taskWords)];
  return lines.length === 0 ? ['rien n’a changé'] : lines;
}

function taskWords(difference: TaskDifference): readonly string[] {
  const { task, kind, renamed } = difference;
  if (kind !== 'changed') return [`${task} : tâche ${kind === 'added' ? 'ajoutée' : 'retirée'}`];
  const lists = [
    ['ajoutées', difference.added],
    ['retirées', difference.removed],
    ['renommées', renamed.map(({ from, to }) => `${from} → ${to}`)],
    ['titres changés', difference.retitled],
    ['définitions changées', difference.redefined],
    ['exemples ou termes changés', difference.illustrated],
    ['de la tâche', difference.words],
  ] as const;
  return lists.filter(([, list]) => list.length > 0).map(([name, list]) => `${task} : ${name} ${list.join(', ')}`);
}
