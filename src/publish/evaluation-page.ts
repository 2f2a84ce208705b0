// The report of an evaluation as one page: no script, no request, fit for print. No text of any document is in it.

import type { Codebook, Task } from '../model/codebook.ts';
import {
  FIGURE_SMALL,
  type Figure,
  type KeptEvaluation,
  type MachineMeasures,
  type TaskMeasures,
} from '../model/evaluation.ts';
import type { Withheld } from '../model/release.ts';
import { EVALUATION_WORDS as WORDS } from './evaluation-words.ts';

export interface EvaluationPage {
  readonly organisation: string;
  readonly evaluation: KeptEvaluation;
  readonly codebook: Codebook | null;
  readonly withheld: readonly (Withheld & { readonly release: string })[];
  readonly generator: string;
}

const STYLE = `
:root{color-scheme:light dark;--line:light-dark(#c9ced6,#454c57);--faint:light-dark(#555d69,#a9b1bd)}
body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1.5rem;overflow-wrap:anywhere}
h1,h2,h3{line-height:1.25}table{border-collapse:collapse;margin:.75rem 0 1.5rem;font-size:.9rem}
caption{text-align:start;font-weight:600;padding-block:.35rem}th,td{border-block-end:1px solid var(--line);padding:.3rem .7rem .3rem 0;text-align:start;vertical-align:top}
td{font-variant-numeric:tabular-nums}.scroll{overflow-x:auto}.faint{color:var(--faint)}.notice{border-inline-start:.3rem solid currentColor;padding:.1rem 1rem}
@media print{body{max-width:none;padding:0;font-size:10.5pt}section{break-inside:auto}table{break-inside:avoid}}`;

/** A whole HTML document in French, the language of those who answer for the figures. */
export function evaluationPage(page: EvaluationPage): string {
  const { evaluation, organisation } = page;
  const title = `${WORDS.title} – ${organisation}`;
  const body = [
    `<h1>${escaped(title)}</h1>`,
    paragraph(WORDS.lead(evaluation.documents, evaluation.codebook, evaluation.at.slice(0, 10))),
    withheldSection(page),
    ...evaluation.tasks.map((task) => taskSection(task, taskOf(page.codebook, task.task))),
    section(WORDS.silent, `<ul>${WORDS.silences.map((words) => `<li>${escaped(words)}</li>`).join('')}</ul>`),
    section(WORDS.method, WORDS.methods.map(paragraph).join('')),
    `<p class="faint">${escaped(WORDS.made(page.generator, evaluation.id))}</p>`,
  ];
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main>
${body.join('\n')}
</main></body></html>
`;
}

function withheldSection({ withheld, codebook }: EvaluationPage): string {
  if (withheld.length === 0) return '';
  const rows = withheld.map((kept) => {
    const task = taskOf(codebook, kept.task);
    return [
      kept.release,
      task?.title.fr ?? kept.task,
      kept.label === null ? WORDS.every : labelOf(task, kept.label),
      WORDS.reasons[kept.reason],
      kept.measured === null ? '–' : decimal(kept.measured),
      decimal(kept.bar),
      String(kept.n),
      kept.missing === null ? '–' : String(kept.missing),
    ];
  });
  return section(WORDS.withheld, table(WORDS.withheld, WORDS.withheldHead, rows));
}

function taskSection(measures: TaskMeasures, task: Task | null): string {
  const { people, machines, wanted } = measures;
  const title = task?.title.fr ?? measures.task;
  const unread =
    people.read.random === 0 ? `<div class="notice">${paragraph(WORDS.unread(wanted.within10))}</div>` : '';
  const rows = [
    [WORDS.alpha(people.metric), spell(people.alpha)],
    ...(people.jaccard === null ? [] : [[WORDS.jaccard, spell(people.jaccard)]]),
    [WORDS.kappa, spell(people.kappa)],
    [WORDS.same, spell(people.same)],
  ];
  const labels = people.labels.map((one) => [labelOf(task, one.label), spell(one.alpha), spell(one.share)]);
  return section(
    title,
    [
      unread,
      paragraph(WORDS.readings(people, wanted)),
      table(WORDS.between, [WORDS.measure, WORDS.value], rows),
      labels.length === 0 ? '' : table(WORDS.betweenLabels, [WORDS.label, WORDS.alphaShort, WORDS.share], labels),
      ...machines.map((machine) => machineSection(machine, task)),
    ].join('\n'),
  );
}

function machineSection(machine: MachineMeasures, task: Task | null): string {
  const { annotator, versions, labels, confusion, calibration, slices, prevalence, drift } = machine;
  const whole = [
    [WORDS.accuracy, spell(machine.accuracy)],
    [WORDS.elsewhere, spell(machine.elsewhere)],
    [WORDS.macroF1, spell(machine.macroF1)],
    ...(machine.exactF1 === null ? [] : [[WORDS.exactF1, spell(machine.exactF1)]]),
    [WORDS.coverage, spell(machine.coverage)],
    [WORDS.alphaPerson, spell(machine.alpha)],
    [WORDS.kappaPerson, spell(machine.kappa)],
    ...(calibration?.expectedError == null ? [] : [[WORDS.calibration, decimal(calibration.expectedError)]]),
  ];
  const perLabel = labels.map((one) => [
    labelOf(task, one.label),
    spell(one.precision),
    spell(one.recall),
    spell(one.f1),
    String(one.support),
  ]);
  const bins = (calibration?.bins ?? [])
    .filter(({ n }) => n > 0)
    .map(({ from, to, n, said, right }) => [
      `${decimal(from)}–${decimal(to)}`,
      decimal(said!),
      decimal(right!),
      String(n),
    ]);
  return [
    `<h3>${escaped(annotator)}${versions.length === 0 ? '' : ` <span class="faint">${escaped(versions.join(', '))}</span>`}</h3>`,
    table(WORDS.against(annotator), [WORDS.measure, WORDS.value], whole),
    table(WORDS.byLabel(annotator), [WORDS.label, WORDS.precision, WORDS.recall, 'F1', WORDS.support], perLabel),
    confusion === null
      ? ''
      : table(
          WORDS.confusion(annotator),
          [WORDS.said, ...confusion.labels.map((label) => labelOf(task, label)), WORDS.abstains],
          confusion.counts.map((row, position) => [
            labelOf(task, confusion.labels[position]!),
            ...row.map(String),
            String(confusion.abstained[position]),
          ]),
        ),
    bins.length === 0 ? '' : table(WORDS.reliability(annotator), WORDS.reliabilityHead, bins),
    table(
      WORDS.prevalence(annotator),
      WORDS.prevalenceHead,
      prevalence.map(({ label, raw, corrected, refused, method }) => [
        labelOf(task, label),
        `${percent(raw.share)} (n = ${raw.n})`,
        corrected === null ? WORDS.refusals[refused ?? 'no-reference'] : spell({ ...corrected, n: raw.n }, percent),
        corrected === null ? '–' : WORDS.methodNames[method],
      ]),
    ),
    slices.length === 0
      ? ''
      : table(
          WORDS.slices(annotator),
          WORDS.slicesHead,
          slices.map(({ by, value, accuracy, coverage, apart }) => [
            WORDS.parts[by],
            value,
            spell(accuracy),
            spell(coverage),
            apart ? WORDS.apart : '',
          ]),
        ),
    drift === null
      ? ''
      : table(
          WORDS.drift(annotator, drift.at.slice(0, 10), drift.codebook),
          WORDS.driftHead,
          drift.changes.map(({ figure, label, was, difference, interval }) => [
            label === null ? WORDS.figures[figure] : `${WORDS.figures[figure]}, ${labelOf(task, label)}`,
            decimal(was),
            `${signed(difference)} [${signed(interval.low)} ; ${signed(interval.high)}]`,
          ]),
        ),
  ].join('\n');
}

function taskOf(codebook: Codebook | null, id: string): Task | null {
  return codebook?.tasks.find((task) => task.id === id) ?? null;
}

function labelOf(task: Task | null, id: string): string {
  return task?.categories.find((category) => category.id === id)?.title.fr ?? id;
}

function spell({ value, n, interval }: Figure, number: (value: number) => string = decimal): string {
  if (value === null) return WORDS.noFigure(n);
  const range = interval === null ? '' : ` [${number(interval.low)} ; ${number(interval.high)}]`;
  return `${number(value)}${range}, n = ${n}${n < FIGURE_SMALL ? `, ${WORDS.few}` : ''}`;
}

const decimal = (value: number) => value.toFixed(2).replace('.', ',').replace('-', '−');
const signed = (value: number) => `${value > 0 ? '+' : ''}${decimal(value)}`;
const percent = (value: number) => `${(value * 100).toFixed(1).replace('.', ',')} %`;

function section(title: string, body: string): string {
  return `<section><h2>${escaped(title)}</h2>${body}</section>`;
}

function paragraph(words: string): string {
  return `<p>${escaped(words)}</p>`;
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((words) => `<th scope="col">${escaped(words)}</th>`).join('');
  const lines = rows.map(
    ([first, ...cells]) =>
      `<tr><th scope="row">${escaped(first!)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

/** Names come from settings and codebooks: foreign text. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
