// Groups of copies as the workbench shows them.

export const COPY_KINDS = ['near', 'partial'] as const;
/** `near`: texts that are the same but for small changes. `partial`: texts that fill in one form letter, each in its own words. */
export type CopyKind = (typeof COPY_KINDS)[number];

export const COPY_FILTERS = ['campaign', ...COPY_KINDS] as const;
export type CopyFilter = (typeof COPY_FILTERS)[number];

export interface CopyGroup {
  /** `near-` or `partial-`, then the id of the document whose text stands for the group. */
  readonly id: string;
  readonly kind: CopyKind;
  readonly document: string;
  /** True where there are so many that they look organised. */
  readonly campaign: boolean;
  readonly documents: number;
  /** Ways its text is written: punctuation, case and accents apart. */
  readonly wordings: number;
  readonly sources: number;
  /** Median part of its words that a document has in common with the group's text, 0 to 1. */
  readonly share: number;
  /** Documents whose day is known; the days below are among theirs, `YYYY-MM-DD`. */
  readonly dated: number;
  readonly firstOn: string | null;
  readonly lastOn: string | null;
  readonly peakOn: string | null;
  readonly peakDocuments: number;
  /** First of the seven days in which most came, and how many did. */
  readonly densestOn: string | null;
  readonly densestDocuments: number;
  /** Documents by equal parts of the time from the first to the last day. */
  readonly timeline: readonly number[];
  readonly title: string | null;
  readonly language: string;
  /** The beginning of its text. */
  readonly excerpt: string;
}

export interface CopyQuery {
  readonly only: CopyFilter | null;
  readonly cursor: string | null;
  /** 1 to 100. */
  readonly limit: number;
}

export interface CopyGroups {
  readonly totals: {
    readonly clusters: number;
    /** Documents that are a near copy of another: what deduplicated figures leave out. */
    readonly copies: number;
    readonly models: number;
    readonly campaigns: number;
  };
  /** Largest first. */
  readonly items: readonly CopyGroup[];
  readonly nextCursor: string | null;
}

export interface CopyWording {
  readonly documents: number;
  /** True for the text that stands for the group: the others are compared with it. */
  readonly reference: boolean;
  /** Part of its words that stand in passages of the group's text, 0 to 1. */
  readonly share: number;
  readonly text: string;
  readonly language: string;
  /** True where only the beginning of a very long text is here. */
  readonly truncated: boolean;
  /** What the group's text does not have: UTF-16 offsets into `text`, sorted, apart. */
  readonly distinct: readonly { readonly start: number; readonly end: number }[];
  /** At most 20. */
  readonly copies: readonly {
    readonly id: string;
    readonly title: string | null;
    readonly source: string;
    readonly published: string | null;
  }[];
}

export interface CopyGroupPage extends CopyGroup {
  readonly text: string;
  readonly truncated: boolean;
  /** Those of most documents first. */
  readonly members: readonly CopyWording[];
  readonly nextCursor: string | null;
}

export interface CopiesReader {
  /** Throws DataSensError `usage` for a cursor that it did not give. */
  clusters(query: CopyQuery): Promise<CopyGroups>;
  /** Null where there is no such group (any more: a group is named after a document). */
  cluster(id: string, page: { readonly cursor: string | null; readonly limit: number }): Promise<CopyGroupPage | null>;
}
