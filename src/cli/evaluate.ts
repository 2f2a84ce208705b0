// datasens evaluate

import type { Command } from 'commander';
import type { Figure, TaskMeasures } from '../model/evaluation.ts';
import type { Withheld } from '../model/release.ts';
import { evaluateCorpus } from '../run/evaluate.ts';
import { withheldOfAll } from '../run/evaluation-desk.ts';
import { writeReport } from '../run/evaluation-report.ts';
import { answer, withApp } from './command.ts';

const QUALITY_GATE = 7;

export function attach(program: Command): void {
  const command = program
    .command('evaluate')
    .description('Measure the labels against what people read, and people against each other')
    .option('--report <folder>', 'also write a report there: HTML, JSON and the schema of the JSON');
  command.action(() =>
    answer(command, (options, signal) =>
      withApp(options, signal, async (app) => {
        const evaluation = await evaluateCorpus(app);
        const withheld = withheldOfAll(app, evaluation);
        const { report } = command.opts<{ report?: string }>();
        const files = report === undefined ? [] : await writeReport(app, { evaluation, withheld, folder: report });
        const unread = evaluation.tasks.every(({ people }) => people.read.random === 0);
        return {
          data: { evaluation, withheld, files },
          text: [...evaluation.tasks.map(describeTask), ...withheld.map(describeWithheld), ...files].join('\n'),
          warnings: unread
            ? ['aucun document tiré au hasard n’a été relu : rien ne dit ce que valent les étiquettes']
            : [],
          nextSteps: ['datasens serve'],
          exitCode: withheld.length > 0 ? QUALITY_GATE : 0,
        };
      }),
    ),
  );
}

function describeTask({ task, people, machines, wanted }: TaskMeasures): string {
  const { random, other } = people.read;
  const head = `${task} : ${random} lus au hasard (${wanted.within10} pour ±10 points, ${wanted.within5} pour ±5), ${other} autrement ; alpha entre personnes ${spell(people.alpha)}`;
  const lines = machines.map(
    ({ annotator, accuracy, macroF1, alpha, coverage }) =>
      `  ${annotator} : exactitude ${spell(accuracy)}, F1 moyen ${spell(macroF1)}, alpha avec les personnes ${spell(alpha)}, couverture ${spell(coverage)}`,
  );
  return [head, ...lines].join('\n');
}

function describeWithheld(kept: Withheld & { readonly release: string }): string {
  const what = `${kept.release} : ${kept.task}${kept.label === null ? '' : ` « ${kept.label} »`} n’est pas publié`;
  const missing = kept.missing === null ? '' : ` ; il manque ${kept.missing} relectures pour conclure`;
  const measured = kept.measured === null ? `n = ${kept.n}` : `${kept.measured.toFixed(2)} (n = ${kept.n})`;
  return `${what} (${REASONS[kept.reason]} : ${measured}, barre ${kept.bar}${missing})`;
}

const REASONS: Readonly<Record<Withheld['reason'], string>> = {
  people: 'trop peu de relectures au hasard',
  agreement: 'accord entre personnes',
  precision: 'précision',
  unmeasured: 'trop peu de cas mesurés',
};

function spell({ value, n, interval }: Figure): string {
  if (value === null) return `– (n = ${n})`;
  const range = interval === null ? '' : ` [${interval.low.toFixed(2)} ; ${interval.high.toFixed(2)}]`;
  return `${value.toFixed(2)}${range} (n = ${n})`;
}
