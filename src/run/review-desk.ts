// What people do to review documents, as one interface: the API knows nothing of the store behind it.

import type { TaskKind } from '../model/codebook.ts';
import type { Interval } from '../model/indicator.ts';
import type { ItemState, ReviewQueue, SkipReason, UncertaintyCause } from '../model/review.ts';

/** Who reviews. */
export interface Reviewer {
  /** `person:…` */
  readonly person: string;
  /** True where they may settle what they have read themselves; anyone may settle what others have read. */
  readonly settles: boolean;
}

interface Titled {
  readonly id: string;
  readonly title: { readonly fr: string; readonly en: string };
}

export interface GuideCategory extends Titled {
  readonly definition: string;
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
  readonly examples: readonly string[];
}

export interface GuideTask extends Titled {
  readonly kind: TaskKind;
  readonly none: string | null;
  readonly categories: readonly GuideCategory[];
}

export interface GoldTally {
  readonly n: number;
  readonly right: number;
}

export interface Progress {
  readonly total: number;
  readonly states: Readonly<Record<ItemState, number>>;
  readonly random: { readonly total: number; readonly submitted: number };
  /** `left` is what the queue still has for the one who asks. */
  readonly mine: { readonly submitted: number; readonly skipped: number; readonly left: number };
  /** By person, most first; seconds are the median of one item, null where unknown. */
  readonly people: readonly {
    readonly person: string;
    readonly submitted: number;
    readonly skipped: number;
    readonly seconds: number | null;
    /** Texts whose answer was known, and how many they answered alike; `lately`, of their last 20. Null without any. */
    readonly gold: (GoldTally & { readonly interval: Interval; readonly lately: GoldTally }) | null;
  }[];
}

/** How far people agree on a task, of the random items that two of them read. */
export interface TaskAgreement {
  readonly task: string;
  readonly n: number;
  readonly agreeing: number;
  /** Krippendorff's alpha; null where it says nothing. */
  readonly alpha: number | null;
}

export interface ReviewOverview {
  readonly codebook: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly tasks: readonly GuideTask[];
  readonly person: string;
  readonly blind: boolean;
  readonly settles: boolean;
  readonly progress: Progress;
  readonly agreement: readonly TaskAgreement[];
}

export interface Span {
  /** UTF-16 offsets into the item's text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface TaskAnswer {
  readonly task: string;
  /** A category, or `abstention`. */
  readonly label: string;
  readonly labels?: readonly string[] | undefined;
  readonly spans?: readonly Span[] | undefined;
}

export interface ShownAnswer extends TaskAnswer {
  readonly annotator: string;
  readonly score: number;
  readonly provisional: boolean;
  readonly evidence: readonly (Span & { readonly weight: number })[];
}

export interface ReviewItemView {
  readonly document: string;
  readonly title: string | null;
  readonly text: string;
  readonly truncated: boolean;
  readonly language: string;
  readonly source: string;
  readonly published: string | null;
  readonly queue: ReviewQueue;
  readonly double: boolean;
  /** Sent back with an answer: what the person had said by then. */
  readonly etag: string;
  /** What the person has said and not taken back. */
  readonly answers: readonly TaskAnswer[];
  readonly skipped: SkipReason | null;
  readonly comment: string;
  /** What the person has begun: as the screen saved it. */
  readonly draft: unknown;
  /** Null while it is hidden. */
  readonly machine: readonly ShownAnswer[] | null;
  readonly cause: UncertaintyCause | null;
}

export interface GivenAnswer {
  /** UUID of this answer; sent again, it is kept once. */
  readonly id: string;
  readonly document: string;
  readonly etag: string;
  /** One for each task, or none where the item is skipped. */
  readonly answers: readonly TaskAnswer[];
  readonly skipped: SkipReason | null;
  readonly comment: string;
  /** Spent on it; null where unknown. */
  readonly seconds: number | null;
  /** True where it settles what others disagree on. */
  readonly settles: boolean;
}

export interface Answered {
  readonly etag: string;
  /** What machines said, once the person has. */
  readonly machine: readonly ShownAnswer[];
  /** True where the same answer had been received already. */
  readonly repeated: boolean;
}

export interface Conflict {
  readonly item: ReviewItemView;
  readonly tasks: readonly string[];
  readonly readings: readonly (ShownAnswer & { readonly comment: string })[];
  /** False where the one who asks read it and may not settle it. */
  readonly open: boolean;
}

export interface ListedItem {
  readonly document: string;
  readonly excerpt: string;
  readonly queue: ReviewQueue;
  readonly state: ItemState;
  readonly cause: UncertaintyCause | null;
  readonly mine: readonly TaskAnswer[];
  readonly skipped: boolean;
}

export interface ItemFilter {
  readonly state: ItemState | null;
  /** `task:label` of a judgement; items that the person has not read are left out while the review is blind. */
  readonly label: string | null;
  readonly annotator: string | null;
  readonly cause: UncertaintyCause | null;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface BulkFilter {
  readonly q: string;
  readonly source: string | null;
  readonly theme: string | null;
  readonly tone: string | null;
}

export interface BulkGiven {
  readonly id: string;
  readonly filter: BulkFilter;
  readonly answer: TaskAnswer;
  /** How many documents the person was told of, and confirms. */
  readonly confirmed: number;
}

/** Every method throws DataSensError: `not-found` without codebook or document, `locked` where something changed meanwhile. */
export interface ReviewDesk {
  /** Draws the queue where there is none. */
  overview(reviewer: Reviewer): Promise<ReviewOverview>;
  /** Draws the queue again; what was read stays in it. Answers how many items it has. */
  draw(reviewer: Reviewer): Promise<number>;
  /** The next items, kept for the reviewer; those already kept come first. */
  next(reviewer: Reviewer, limit: number): Promise<readonly ReviewItemView[]>;
  item(reviewer: Reviewer, document: string): Promise<ReviewItemView | null>;
  items(
    reviewer: Reviewer,
    filter: ItemFilter,
  ): Promise<{ readonly items: readonly ListedItem[]; readonly nextCursor: string | null }>;
  /** @throws usage where it is no answer of the codebook, locked where the person said something else meanwhile */
  answer(reviewer: Reviewer, given: GivenAnswer): Promise<Answered>;
  /** Takes back what the person said of a document. */
  undo(
    reviewer: Reviewer,
    given: Pick<GivenAnswer, 'id' | 'document' | 'etag' | 'settles'>,
  ): Promise<{ readonly etag: string }>;
  saveDraft(reviewer: Reviewer, document: string, draft: unknown): Promise<void>;
  conflicts(reviewer: Reviewer): Promise<readonly Conflict[]>;
  /** Documents of a filter that no person has judged on this task, copies included. */
  countBulk(reviewer: Reviewer, filter: BulkFilter, task: string): Promise<number>;
  /** @throws locked where there are other than `confirmed` documents by now */
  bulk(reviewer: Reviewer, given: BulkGiven): Promise<number>;
  undoBulk(reviewer: Reviewer, id: string): Promise<number>;
}
