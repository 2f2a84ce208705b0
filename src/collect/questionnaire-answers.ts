// A questionnaire's rows as answers: one record for each open question that a row answers, and what was left aside.

import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import type { Collected } from './collector.ts';
import { foldName } from './column-words.ts';
import type { ConsultationConfig } from './consultation-config.ts';
import type { Mapping } from './mapping.ts';
import type { Row } from './questionnaire-columns.ts';
import { type Plan, planOf, type Question } from './questionnaire-plan.ts';
import { presetName } from './questionnaire-platforms.ts';
import { rowOf } from './questionnaire-row.ts';
import { isDeclined } from './questionnaire-wording.ts';

/** Rows that the plan is made from, and the bytes of records that wait for it at most. */
const SAMPLE_ROWS = 1000;
const SAMPLE_BYTES = 8 * 2 ** 20;

type CollectedRecord = Extract<Collected, { kind: 'record' }>;
type Closing = Extract<Collected, { kind: 'closing' }>;

/** What became of a question's cells; `answers` are records, `declined` those among them that say that there is none. */
interface Tally {
  answers: number;
  declined: number;
  blank: number;
  repeated: number;
}

interface Reading {
  readonly opening: SnapshotOpening;
  readonly plan: Plan;
  readonly tallies: ReadonlyMap<Question, Tally>;
  rows: number;
  rowsWithoutAnswer: number;
}

/** Turns the records of files, in order, into answers. Each snapshot has its own plan; one without question is refused. */
export async function* answersOf(
  files: AsyncIterable<readonly Collected[]>,
  config: ConsultationConfig,
): AsyncIterable<Collected> {
  let waiting: { readonly opening: SnapshotOpening; readonly events: Collected[]; bytes: number } | null = null;
  let reading: Reading | null = null;
  let read = 0;
  for await (const events of files) {
    for (const event of events) {
      if (event.kind === 'opening') waiting = { opening: event.opening, events: [], bytes: 0 };
      else if (waiting !== null && event.kind !== 'closing') {
        waiting.events.push(event);
        if (event.kind !== 'record') continue;
        waiting.bytes += event.bytes.byteLength;
        if (waiting.events.length >= SAMPLE_ROWS || waiting.bytes >= SAMPLE_BYTES) yield* begin();
      } else if (event.kind === 'closing') {
        if (waiting !== null) yield* begin();
        yield* close(event);
      } else if (event.kind !== 'record') yield event;
      else if (reading !== null) yield* answers(event, reading);
    }
  }

  function* begin(): Iterable<Collected> {
    const { opening, events } = waiting!;
    waiting = null;
    const records = events.filter((event): event is CollectedRecord => event.kind === 'record');
    try {
      reading = readingOf(opening, records, config);
      yield { kind: 'opening', opening: reading.opening };
    } catch (error) {
      if (!(error instanceof DataSensError)) throw error;
      const { location } = opening;
      yield { kind: 'refusal', location, at: '', code: 'input-unreadable', message: error.message };
    }
    for (const event of events) {
      if (event.kind !== 'record') yield event;
      else if (reading !== null) yield* answers(event, reading);
    }
  }

  function* close(event: Closing): Iterable<Collected> {
    if (reading !== null) {
      read += 1;
      yield evidenceOf(reading);
      yield event;
    } else if (read > 0 && event.state !== null) {
      // Another sheet of the same file was read: the file is known all the same.
      yield { kind: 'state', ...event.state };
    }
    reading = null;
  }
}

function readingOf(opening: SnapshotOpening, records: readonly CollectedRecord[], config: ConsultationConfig): Reading {
  const rows = records.map((record) => rowOf(record.bytes, opening).row);
  const { columns: placed, mapping } = opening.context as { readonly columns?: readonly string[]; mapping?: Mapping };
  if (mapping === undefined) {
    throw new DataSensError('input-unreadable', `${opening.location} is a page, not the answers of a questionnaire`);
  }
  const columns = placed ?? [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const plan = planOf({ location: opening.location, columns, placed: placed !== undefined, mapping, rows }, config);
  if (plan.questions.length === 0 && rows.length > 0) {
    throw new DataSensError(
      'input-unreadable',
      `${opening.location} has no column of free answers; name them in \`questions\``,
    );
  }
  const context = { ...opening.context, plan: plan as unknown as JsonObject };
  const tallies = new Map(
    plan.questions.map((question) => [question, { answers: 0, declined: 0, blank: 0, repeated: 0 }]),
  );
  return { opening: { ...opening, context }, plan, tallies, rows: 0, rowsWithoutAnswer: 0 };
}

function* answers({ bytes }: CollectedRecord, reading: Reading): Iterable<Collected> {
  const { plan, tallies, opening } = reading;
  const { row } = rowOf(bytes, opening);
  const id = plan.id === null ? '' : (row.get(plan.id)?.trim() ?? '');
  const repeats = repeatsProposal(row, plan);
  let answered = 0;
  for (const [question, tally] of tallies) {
    const answer = row.get(question.column)?.trim() ?? '';
    if (answer === '') tally.blank += 1;
    else if (repeats && !presetName(question.column).includes('comment')) tally.repeated += 1;
    else {
      tally.answers += 1;
      if (isDeclined(answer, plan.minimumAnswer)) tally.declined += 1;
      answered += 1;
      yield { kind: 'record', bytes, key: id === '' ? null : `${id}#${question.slug}`, part: question.part };
    }
  }
  reading.rows += 1;
  if (answered === 0) reading.rowsWithoutAnswer += 1;
}

/** Rows of votes, comments and reports repeat the cells of the proposal that they are about. */
function repeatsProposal(row: Row, { rowKind }: Plan): boolean {
  const kind = rowKind === null ? '' : foldName(row.get(rowKind) ?? '');
  return /vote|comment|report|signalement|news|actualite|reaction|follow/.test(kind);
}

/** How the snapshot was read and what became of every cell: rows × questions = answers + blank + repeated. */
function evidenceOf({ opening, plan, tallies, rows, rowsWithoutAnswer }: Reading): Collected {
  const { platform, id, participant, date, territory, ignored } = plan;
  const detail = {
    platform,
    id,
    participant,
    date,
    territory,
    rows,
    rowsWithoutAnswer,
    questions: [...tallies].map(([{ column, title }, tally]) => ({ column, title, ...tally })),
    attributes: plan.attributes.map(({ column, name }) => ({ column, name })),
    ignored: ignored.map(({ column, reason }) => ({ column, reason })),
  };
  return { kind: 'evidence', subject: opening.location, why: 'how the questionnaire was read', detail };
}
