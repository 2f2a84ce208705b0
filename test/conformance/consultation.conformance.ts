// Real consultations read as questionnaires: every answer of every row, no more, word for word as an independent reader has it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import consultation from '../../src/collect/collectors/consultation.ts';
import type { Plan } from '../../src/collect/questionnaire-plan.ts';
import { collecting } from '../collecting.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

interface Case {
  readonly file: string;
  readonly delimiter?: string;
  /** Column of the answers, as its publisher describes it. */
  readonly answer: string;
  /** Column that titles each answer, where there is one. */
  readonly title?: string;
  readonly attributes: readonly string[];
}

type Row = Readonly<Record<string, string>>;

const CASES: readonly Case[] = [
  {
    file: 'i-dot-ai-paris/detailed_synthetic_data.json',
    answer: 'response',
    attributes: ['age_group', 'gender'],
  },
  { file: 'i-dot-ai-paris/synthetic_data_nuclear_plant.json', answer: 'response', attributes: ['age_group'] },
  { file: 'polis-brexit-consensus/comments.csv', delimiter: ',', answer: 'comment-body', attributes: ['moderated'] },
  {
    file: 'republique-numerique/arguments.csv',
    delimiter: ';',
    answer: 'Contribution',
    title: 'Titre de la proposition',
    attributes: ['Sens', 'Titre de la proposition'],
  },
  { file: 'republique-numerique/propositions.jsonl', answer: 'texte', title: 'titre', attributes: ['chapitre'] },
];

const conformance: Conformance = async (data) => Promise.all(CASES.map((given) => measure(data, given)));
export default conformance;

async function measure(data: string, { file, delimiter, answer, title, attributes }: Case): Promise<ConformanceLine> {
  const root = join(data, 'consultations');
  const { items, openings } = await collecting(consultation, { path: file }, { root });
  const plan = openings[0]!.context.plan as unknown as Plan;
  const rows = rowsOf(readFileSync(join(root, file), 'utf8'), delimiter).filter((row) => row[answer]?.trim());
  const questions = plan.questions.map(({ column }) => column);
  const found = plan.attributes.map(({ column }) => column);
  const asDescribed = questions.join() === answer && attributes.every((column) => found.includes(column));
  const exact = rows.filter(
    (row, at) =>
      items[at]?.text === row[answer] &&
      (title === undefined || items[at]?.title === row[title]?.trim()) &&
      attributes.every((column) => (items[at]?.attributes?.[column] ?? '') === (row[column] ?? '').trim()),
  );
  const passed = asDescribed && items.length === rows.length ? exact.length : 0;
  const figure = `${items.length} answers, ${items.filter(isDeclined).length} declined; attributes ${found.join(', ')}`;
  return { name: `consultation.${file.split('/').at(-1)}`, passed, total: rows.length, figure };
}

const isDeclined = (item: { readonly findings: readonly { readonly code: string }[] }) =>
  item.findings.some(({ code }) => code === 'no-answer');

function rowsOf(text: string, delimiter: string | undefined): readonly Row[] {
  if (delimiter !== undefined) {
    return Papa.parse<Row>(text.replace(/^\u{feff}/u, ''), { header: true, delimiter, skipEmptyLines: true }).data;
  }
  const values = text.trimStart().startsWith('[')
    ? JSON.parse(text)
    : text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
  return (values as Readonly<Record<string, unknown>>[]).map((value) =>
    Object.fromEntries(Object.entries(value).map(([name, member]) => [name, String(member)])),
  );
}
