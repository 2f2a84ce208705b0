// Takes people's judgements from one codebook version to the next, and says what people have to look at again.

import type { Annotation } from '../model/annotation.ts';
import { type Carried, carry, LOST_REASONS, type LostReason } from '../model/carry.ts';
import { type Codebook, codebookVersion } from '../model/codebook.ts';
import { standing } from '../model/consensus.ts';
import type { DocumentId } from '../model/identity.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import type { Tx } from '../store/database.ts';
import { readJudgedByPeople, readPeopleJudgements } from '../store/people-judgements.ts';

const ANNOTATIONS_PER_INSERT = 1000;

export interface CarryCounts {
  /** Judgements of people that still stand under the earlier version. */
  readonly judgements: number;
  readonly carried: number;
  /** Of these, judged by their author under the new version already: theirs is kept. */
  readonly again: number;
  readonly lost: Readonly<Record<LostReason, number>>;
}

export interface LostJudgement {
  readonly document: DocumentId;
  readonly task: string;
  readonly label: string;
  readonly annotator: string;
  readonly reason: LostReason;
}

export interface CarryPlan {
  readonly counts: CarryCounts;
  readonly annotations: readonly Annotation[];
  /** What is left for people to judge again, in the order in which it was judged. */
  readonly lost: readonly LostJudgement[];
}

/** What carrying from `before` to `after` does now. Writes nothing; the same after it was done lists what is still left. */
export async function planCarry(tx: Tx, before: Codebook, after: Codebook): Promise<CarryPlan> {
  const judgements = standing(await readPeopleJudgements(tx, codebookVersion(before)));
  const known = await readJudgedByPeople(tx, codebookVersion(after));
  const annotations: Annotation[] = [];
  const left: LostJudgement[] = [];
  const lost = Object.fromEntries(LOST_REASONS.map((reason) => [reason, 0])) as Record<LostReason, number>;
  let again = 0;
  for (const { id, at: _, ...annotation } of judgements) {
    const { annotator, document, task, label } = annotation;
    if (known.has(`${annotator}\0${document}\0${task}`)) {
      again += 1;
      continue;
    }
    const outcome: Carried = carry({ id, annotation }, before, after);
    if (outcome.kind === 'carried') {
      annotations.push(outcome.annotation);
    } else {
      lost[outcome.reason] += 1;
      left.push({ document, task, label, annotator, reason: outcome.reason });
    }
  }
  const counts = { judgements: judgements.length, carried: annotations.length, again, lost };
  return { counts, annotations, lost: left };
}

/** Carries over what can be, within the transaction that keeps the new version. */
export async function carryOver(tx: Tx, before: Codebook, after: Codebook): Promise<CarryCounts> {
  const { counts, annotations } = await planCarry(tx, before, after);
  for (let start = 0; start < annotations.length; start += ANNOTATIONS_PER_INSERT) {
    await insertAnnotations(tx, annotationRows(annotations.slice(start, start + ANNOTATIONS_PER_INSERT)));
  }
  return counts;
}
