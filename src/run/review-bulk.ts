// One answer for every document of a filter. Said to be so, and never counted in what is measured.

import { type Codebook, codebookVersion } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { DocumentId } from '../model/identity.ts';
import { appendAct } from '../store/acts.ts';
import type { Tx } from '../store/database.ts';
import { addJudgements, documentsOfAnswer, lockSaid, readPeople } from '../store/review-judgements.ts';
import { matchingDocuments } from '../store/search.ts';
import type { App } from './app.ts';
import { annotationOf, requireTask, withdrawalsOf } from './review-answers.ts';
import type { BulkFilter, BulkGiven, Reviewer } from './review-desk.ts';

const LIMIT = 5000;

/** Documents of the filter that no person has judged on the task. @throws refused where there are too many */
export async function bulkDocuments(
  app: App,
  tx: Tx,
  { codebook, filter, task }: { readonly codebook: Codebook; readonly filter: BulkFilter; readonly task: string },
): Promise<readonly DocumentId[]> {
  requireTask(codebook, task);
  const found = await matchingDocuments(tx, { ...filter, recipes: app.recipes, fold: false }, LIMIT + 1);
  if (found.length > LIMIT) {
    throw new DataSensError('refused', `more than ${LIMIT} documents match`, { remedy: 'narrow the filter' });
  }
  const people = await readPeople(tx, codebookVersion(codebook), found);
  return found.filter((document) => !(people.get(document) ?? []).some((one) => one.task === task));
}

/** @returns how many documents were judged. @throws locked where they are other than confirmed */
export async function saveBulk(
  app: App,
  tx: Tx,
  {
    given,
    codebook,
    reviewer,
  }: { readonly given: BulkGiven; readonly codebook: Codebook; readonly reviewer: Reviewer },
): Promise<number> {
  const { person } = reviewer;
  const version = codebookVersion(codebook);
  await lockSaid(tx, { codebook: version, person }, []);
  const before = await documentsOfAnswer(tx, { codebook: version, person }, given.id);
  if (before.length > 0) return before.length;
  if (requireTask(codebook, given.answer.task).kind === 'spans') {
    throw new DataSensError('usage', 'pieces of text cannot be marked in bulk', { remedy: 'choose another task' });
  }
  const documents = await bulkDocuments(app, tx, { codebook, filter: given.filter, task: given.answer.task });
  if (documents.length !== given.confirmed) {
    throw new DataSensError('locked', `${documents.length} document(s) match now, ${given.confirmed} were confirmed`, {
      remedy: 'count them again, then confirm',
    });
  }
  const made = { answer: given.id, queue: 'bulk', blind: false };
  await addJudgements(
    tx,
    documents.map((document) => annotationOf(given.answer, 0, { codebook, document, person, made })),
  );
  await appendAct(tx, {
    actor: person,
    verb: 'annotate',
    object: `review:${version}`,
    why: 'one answer for every document of a filter',
    detail: { answer: given.id, task: given.answer.task, label: given.answer.label, documents: documents.length },
  });
  return documents.length;
}

/** Takes back a bulk answer, where the person has not said something else since. @returns how many documents */
export async function undoBulk(
  tx: Tx,
  { id, codebook, reviewer }: { readonly id: string; readonly codebook: Codebook; readonly reviewer: Reviewer },
): Promise<number> {
  const { person } = reviewer;
  const version = codebookVersion(codebook);
  await lockSaid(tx, { codebook: version, person }, []);
  const documents = await documentsOfAnswer(tx, { codebook: version, person }, id);
  const people = await readPeople(tx, version, documents);
  const made = { answer: `${id}/undo`, queue: 'bulk' };
  const standing = [...people.values()].flat().filter((one) => one.annotator === person && one.made?.answer === id);
  await addJudgements(
    tx,
    standing.flatMap((one) => withdrawalsOf([one], { codebook, document: one.document, person, made })),
  );
  return standing.length;
}
