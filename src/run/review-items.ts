// Items of the queue as one person sees them: what machines and others said is hidden until they have answered.

import { adjudicates, isGold } from '../model/consensus.ts';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import { isReading, isSkip, type ReviewItem, standingOf } from '../model/review.ts';
import type { Tx } from '../store/database.ts';
import { readBegun } from '../store/review-holds.ts';
import { type Judgement, readMachines, readSaid, readTexts } from '../store/review-judgements.ts';
import { answerOf, shownAnswer, skipOf } from './review-answers.ts';
import type { Conflict, ReviewItemView } from './review-desk.ts';
import type { People } from './review-gold.ts';

/** Longer texts are read by their beginning. */
export const READ_CHARACTERS = 50_000;

/** What the person said and has not taken back, as a reader. */
export function ownOf(judgements: readonly Judgement[], person: string): readonly Judgement[] {
  return judgements.filter((one) => one.annotator === person && (isReading(one) || isGold(one) || isSkip(one)));
}

interface ViewScope {
  readonly codebook: CodebookVersion;
  readonly person: string;
  readonly blind: boolean;
  readonly people: People;
}

/** Views of the documents, in their order; documents that are not stored are left out. */
export async function viewItems(
  tx: Tx,
  documents: readonly { readonly document: DocumentId; readonly item: ReviewItem | null }[],
  { codebook, person, blind, people }: ViewScope,
): Promise<readonly ReviewItemView[]> {
  const ids = documents.map(({ document }) => document);
  const texts = await readTexts(tx, ids, READ_CHARACTERS);
  const machines = await readMachines(tx, codebook, ids);
  const said = await readSaid(tx, { codebook, person }, ids);
  const begun = await readBegun(tx, { codebook, person }, ids);
  return documents.flatMap(({ document, item }) => {
    const text = texts.get(document);
    if (text === undefined) return [];
    const own = ownOf(people.get(document) ?? [], person);
    const count = said.get(document)?.count ?? 0;
    const shown = !blind || count > 0;
    return [
      {
        ...text,
        queue: item?.queue ?? 'chosen',
        double: item?.double ?? false,
        etag: String(count),
        answers: own.filter((one) => !isSkip(one)).map(answerOf),
        skipped: skipOf(own),
        ...begun(document),
        machine: shown ? (machines.get(document) ?? []).map(shownAnswer) : null,
        cause: shown ? (item?.cause ?? null) : null,
      } satisfies ReviewItemView,
    ];
  });
}

/** Items on which readers disagree and that nobody has settled, in the order of the queue; at most `limit`. */
export async function viewConflicts(
  tx: Tx,
  items: readonly ReviewItem[],
  scope: ViewScope & {
    readonly tasks: Parameters<typeof standingOf>[2];
    readonly settles: boolean;
    readonly limit: number;
  },
): Promise<readonly Conflict[]> {
  const found = items
    .map((item) => ({ item, ...standingOf(item.double, scope.people.get(item.document) ?? [], scope.tasks) }))
    .filter(({ state }) => state === 'conflicting')
    .slice(0, scope.limit);
  // Whoever settles sees what was said: what they add is not blind.
  const views = await viewItems(
    tx,
    found.map(({ item }) => ({ document: item.document, item })),
    { ...scope, blind: false },
  );
  const byDocument = new Map(views.map((view) => [view.document, view]));
  const conflicts: Conflict[] = [];
  for (const { item, apart, readers } of found) {
    const view = byDocument.get(item.document);
    if (view === undefined) continue;
    const judgements = scope.people.get(item.document) ?? [];
    const settled = new Set(judgements.filter(adjudicates).map(({ task }) => task));
    const comments = new Map<string, string>();
    for (const reader of readers) {
      const begun = await readBegun(tx, { codebook: scope.codebook, person: reader }, [item.document]);
      comments.set(reader, begun(item.document).comment);
    }
    conflicts.push({
      item: view,
      tasks: apart.filter((task) => !settled.has(task)),
      readings: judgements
        .filter(isReading)
        .sort((a, b) => order(a.annotator, b.annotator) || order(a.task, b.task))
        .map((one) => ({ ...shownAnswer(one), comment: comments.get(one.annotator) ?? '' })),
      open: scope.settles || !readers.includes(scope.person),
    });
  }
  return conflicts;
}

function order(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
