// The item of one answer: its words, who wrote them as a link only, and the closed answers beside them.

import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import type { RecordOrigin } from './collector.ts';
import { plainItem } from './item-fields.ts';
import type { Row } from './questionnaire-columns.ts';
import type { Plan, Question } from './questionnaire-plan.ts';
import { rowOf } from './questionnaire-row.ts';
import { isDeclined } from './questionnaire-wording.ts';

/** Reads the answer that `from.part` names, by the plan of its snapshot. Pure, never throws; personal columns stay out. */
export function readAnswer(bytes: Uint8Array, from: RecordOrigin): Item {
  const { row, findings } = rowOf(bytes, from);
  const plan = from.context.plan as unknown as Plan | undefined;
  const question = plan?.questions.find(({ part }) => part === from.part);
  // Without a question nothing says which columns may be shown.
  if (plan === undefined || question === undefined) return plainItem('', findings);
  const cell = (column: string | null) => (column === null ? '' : (row.get(column)?.trim() ?? ''));
  const answer = row.get(question.column) ?? '';
  const declined = isDeclined(answer, plan.minimumAnswer);
  const attributes = plan.attributes
    .map(({ column, name }) => [name, cell(column)] as const)
    .filter(([, value]) => value !== '');
  return {
    id: from.key,
    title: cell(question.titleColumn) || question.title,
    text: declined ? '' : answer,
    textFormat: 'auto',
    url: null,
    authors: authorsOf(row, plan),
    publishedAt: cell(plan.date) || null,
    territory: cell(plan.territory) || null,
    fields: [['question', question.title], ...attributes, ...ignoredOf(plan)],
    findings: declined ? [...findings, noAnswer(answer, question)] : findings,
    participant: participantOf(row, plan, `${from.location} ${rowId(row, plan, bytes)}`),
    attributes: Object.fromEntries(attributes),
  };
}

function noAnswer(answer: string, { slug }: Question): Finding {
  return { code: 'no-answer', at: slug, evidence: `${answer.trim().length} characters` };
}

/** What identifies the person, for the keyed pseudonym that replaces it; the row itself where it names nobody. */
function participantOf(row: Row, plan: Plan, place: string): string | null {
  const named = plan.participant.map((column) => row.get(column)?.trim() ?? '').filter((value) => value !== '');
  if (named.length > 0) return named.join(' ');
  return plan.linkRows ? `row ${place}` : null;
}

function rowId(row: Row, { id }: Plan, bytes: Uint8Array): string {
  const given = id === null ? '' : (row.get(id)?.trim() ?? '');
  return given === '' ? createHash('sha256').update(bytes).digest('hex') : given;
}

/** Names as the row gives them, apart and together: answers may be signed with either. */
function authorsOf(row: Row, { names }: Plan): readonly string[] {
  const parts = names.map((column) => row.get(column)?.trim() ?? '').filter((value) => value !== '');
  return parts.length > 1 ? [parts.join(' '), ...parts] : parts;
}

/** Columns that are nowhere else, each with its reason: for whoever checks how the file was read. */
function ignoredOf({ ignored }: Plan): Item['fields'] {
  if (ignored.length === 0) return [];
  return [['ignored columns', ignored.map(({ column, reason }) => `${column} (${reason})`).join('; ')]];
}
