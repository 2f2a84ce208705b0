// Keeps what people say: an answer once however often it is sent, never over another that its writer has not seen.

import { createHash } from 'node:crypto';
import type { Annotation } from '../model/annotation.ts';
import { type Codebook, codebookVersion } from '../model/codebook.ts';
import { adjudicates } from '../model/consensus.ts';
import { DataSensError } from '../model/error.ts';
import type { DocumentId } from '../model/identity.ts';
import { canonicalJson, type Json } from '../model/json.ts';
import { standingOf } from '../model/review.ts';
import type { Tx } from '../store/database.ts';
import { deleteDraft, releaseItems, saveComment } from '../store/review-holds.ts';
import { addJudgements, lockSaid, readMachines, readPeople, readTexts } from '../store/review-judgements.ts';
import { readItems } from '../store/review-plan.ts';
import { annotationOf, shownAnswer, skipsOf, withdrawalsOf } from './review-answers.ts';
import type { Answered, GivenAnswer, Reviewer } from './review-desk.ts';
import { isKnownTo } from './review-gold.ts';
import { ownOf, READ_CHARACTERS } from './review-items.ts';

const HOUR_SECONDS = 3600;

/** Keeps an answer. @throws usage, not-found, locked, refused */
export async function saveAnswer(
  tx: Tx,
  reviewer: Reviewer,
  {
    given,
    codebook,
    blind,
    gold,
  }: {
    readonly given: GivenAnswer;
    readonly codebook: Codebook;
    readonly blind: boolean;
    /** True where what is known already is mixed into what people read. */
    readonly gold: boolean;
  },
): Promise<Answered> {
  const version = codebookVersion(codebook);
  const { person } = reviewer;
  const document = given.document as DocumentId;
  const place = { codebook: version, document, person };
  const said = (await lockSaid(tx, place, [document])).get(document) ?? { count: 0, answers: new Set<string>() };
  const digest = digestOf(given);
  const machine = async () => ((await readMachines(tx, version, [document])).get(document) ?? []).map(shownAnswer);
  const key = `${given.id}/${digest}`;
  if (said.answers.has(key)) return { etag: String(said.count), machine: await machine(), repeated: true };
  requireUnused(said.answers, given.id);
  requireSeen(said.count, given.etag);
  const text = (await readTexts(tx, [document], READ_CHARACTERS)).get(document);
  if (text === undefined) throw new DataSensError('not-found', 'there is no such document');
  if (given.skipped === null && given.answers.length === 0) {
    throw new DataSensError('usage', 'there is no answer', { remedy: 'answer every task, or skip the item' });
  }
  const item = (await readItems(tx, version)).find((one) => one.document === document) ?? null;
  if (given.settles) await requireConflict(tx, reviewer, { codebook, document, double: item?.double ?? false });
  const known =
    gold &&
    !given.settles &&
    item !== null &&
    isKnownTo(item, (await readPeople(tx, version, [document])).get(document) ?? [], { tasks: codebook.tasks, person });
  const seconds = given.seconds === null ? null : Math.min(HOUR_SECONDS, Math.max(0, given.seconds));
  const made = {
    answer: key,
    queue: given.settles ? 'adjudication' : known ? 'gold' : (item?.queue ?? 'chosen'),
    // Once something was said, machines' answers were shown: what is said next is not blind.
    blind: blind && said.count === 0 && !given.settles,
    ...(seconds === null ? {} : { seconds }),
    ...(item?.double && !given.settles && !known ? { double: true } : {}),
    ...(given.settles ? { adjudicates: true } : {}),
  };
  const context = { codebook, document, person, made };
  const annotations: readonly Annotation[] =
    given.skipped === null
      ? given.answers.map((answer) => annotationOf(answer, text.text.length, context))
      : skipsOf(given.skipped, context);
  if (new Set(annotations.map(({ task }) => task)).size < annotations.length) {
    throw new DataSensError('usage', 'a task is answered twice', { remedy: 'answer each task once' });
  }
  await addJudgements(tx, annotations);
  await saveComment(tx, place, given.comment);
  await deleteDraft(tx, place);
  await releaseItems(tx, place, [document]);
  return { etag: String(said.count + annotations.length), machine: await machine(), repeated: false };
}

/** Takes back what a person said of a document, as a reader or as the one who settles. @throws locked */
export async function saveUndo(
  tx: Tx,
  { person }: Reviewer,
  {
    given,
    codebook,
  }: { readonly given: Pick<GivenAnswer, 'id' | 'document' | 'etag' | 'settles'>; readonly codebook: Codebook },
): Promise<{ readonly etag: string }> {
  const version = codebookVersion(codebook);
  const document = given.document as DocumentId;
  const place = { codebook: version, document, person };
  const said = (await lockSaid(tx, place, [document])).get(document) ?? { count: 0, answers: new Set<string>() };
  if (said.answers.has(given.id)) return { etag: String(said.count) };
  requireSeen(said.count, given.etag);
  const judgements = (await readPeople(tx, version, [document])).get(document) ?? [];
  const standing = given.settles
    ? judgements.filter((one) => one.annotator === person && adjudicates(one))
    : ownOf(judgements, person);
  const made = { answer: given.id, ...(given.settles ? { adjudicates: true } : {}) };
  await addJudgements(tx, withdrawalsOf(standing, { codebook, document, person, made }));
  return { etag: String(said.count + standing.length) };
}

/** Anyone settles what two others read; who read it themselves needs the right to. */
async function requireConflict(
  tx: Tx,
  { person, settles }: Reviewer,
  {
    codebook,
    document,
    double,
  }: { readonly codebook: Codebook; readonly document: DocumentId; readonly double: boolean },
): Promise<void> {
  const judgements = (await readPeople(tx, codebookVersion(codebook), [document])).get(document) ?? [];
  const { apart, readers } = standingOf(double, judgements, codebook.tasks);
  if (apart.length === 0) {
    throw new DataSensError('locked', 'readers do not disagree on this document any more', {
      remedy: 'open the list of disagreements again',
    });
  }
  if (readers.includes(person) && !settles) {
    throw new DataSensError('refused', 'who read a document does not settle it', {
      remedy: 'leave it to a third person, or to one who has the right to settle',
    });
  }
}

function requireSeen(count: number, etag: string): void {
  if (etag === String(count)) return;
  throw new DataSensError('locked', 'this document was answered meanwhile, here or in another tab', {
    remedy: 'open it again: what stands is the answer that came first',
  });
}

function requireUnused(answers: ReadonlySet<string>, id: string): void {
  for (const answer of answers) {
    if (answer !== id && !answer.startsWith(`${id}/`)) continue;
    throw new DataSensError('usage', 'this key was used for another answer', {
      remedy: 'send it with a key of its own',
    });
  }
}

/** Of what is answered: time spent, and what the writer had seen, are no part of it. */
function digestOf({ document, answers, skipped, comment, settles }: GivenAnswer): string {
  const content = { document, answers, skipped, comment, settles } as unknown as Json;
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(content))))
    .digest('hex')
    .slice(0, 16);
}
