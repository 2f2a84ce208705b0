// What is taken out of a PDF, page by page, before anything is understood of it: pieces of text and where they stand.

/** Words that follow each other on one line, at most a word's width apart. Lengths are points (1/72 inch). */
export interface PdfSegment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Of the baseline, from the top of the page. */
  readonly y: number;
  /** Of the font. */
  readonly size: number;
  /** True for a font whose letters are all as wide: code, columns made of spaces. */
  readonly mono: boolean;
  /** True where dots led from the words to a page number: an entry of a table of contents. */
  readonly leads: boolean;
}

/** From where to where pieces of text go across. */
export function spanOf(pieces: readonly { readonly left: number; readonly right: number }[]) {
  // A loop: a trap of a page has more pieces than a call may have arguments.
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const piece of pieces) {
    left = Math.min(left, piece.left);
    right = Math.max(right, piece.right);
  }
  return { left, right };
}

/** What is written in one direction on a page, turned so that it reads from left to right. */
export interface PdfSheet {
  readonly width: number;
  readonly height: number;
  readonly segments: readonly PdfSegment[];
}

export interface PdfPage {
  /** The one that most of the page is written on first; none where the page has no text. */
  readonly sheets: readonly PdfSheet[];
  /** True for a page of images with (nearly) no text. */
  readonly scanned: boolean;
}

/** The document's own words about itself, as they are written there. */
export interface PdfInfo {
  readonly title: string | null;
  readonly author: string | null;
  /** `D:20260512083000+02'00'` (ISO 32000-1, 7.9.4). */
  readonly created: string | null;
}

export interface PdfHead {
  readonly pageCount: number;
  readonly info: PdfInfo;
}

export interface PdfContent extends PdfHead {
  /** In order; fewer than `pageCount` where reading was cut short. */
  readonly pages: readonly PdfPage[];
  /** Why reading was cut short: a limit, or a page that broke the reader. */
  readonly cut: 'pages' | 'time' | 'memory' | 'broken' | null;
}

/** Why a PDF gives nothing. */
export type PdfFailure = 'password' | 'unreadable' | 'time' | 'memory';
