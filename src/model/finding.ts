// A problem or remark on a document: code, place, evidence; no severity (severity is the policy's).

export const FINDING_CODES = [
  'text-empty', // nothing left to read
  'text-truncated', // longer than the recipe's limit; the rest stays in the record
  'encoding-guessed', // charset was neither declared nor certain
  'encoding-replaced', // bytes with no meaning in the charset were replaced by U+FFFD
  'mojibake-repaired', // double encoding undone; evidence counts the repaired places
  'mojibake-suspected', // looks broken but no safe repair was found
  'html-extracted', // mark-up was turned to text
  'control-removed', // control or invisible characters were removed
  'date-missing',
  'date-unreadable', // a value was given and is no date
  'date-ambiguous', // day and month could be exchanged
  'date-future',
  'language-uncertain',
  'territory-missing',
  'territory-unknown', // a value was given and names no territory
  'scanned-page', // a page of images with (nearly) no text: its words are not read
  'territory-ambiguous', // several communes fit what was given; evidence counts them
  'row-ragged', // more or fewer cells than the header
  'row-quote-repaired', // an unbalanced quote was read as a letter
  'json-repaired',
  'feed-salvaged', // the item came from a broken feed
  'no-answer', // the question was answered by words that decline it (NSP, RAS, -), or by too few
  'mail-history-removed', // earlier messages quoted in this one were left out; evidence counts lines or letters
  'mail-signature-removed',
  'mail-automatic', // an automatic answer, a bounce or a mailing; evidence is the header that says so
  'mail-malformed', // nested or long beyond the limits: only the headers were read
  'attachment-unread', // attachments that no reader takes; evidence is their number and types
  'key-repeated', // the source's own identifier is not unique in its snapshot
  'personal-found', // personal data was found and marked; evidence is the kind and count
  'personal-learned', // of these, names that a learned tagger found and no rule did; evidence is their number and its precision
  'personal-residual', // personal data of a checked form remains after marking
  'injection-suspected', // the text addresses a model or carries formulas or scripts
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly code: FindingCode;
  /** Where: a field name, `text`, or `text:120-134` (UTF-16 offsets). */
  readonly at: string;
  /** What was seen, never a person's words: counts, names of charsets or columns, code points. */
  readonly evidence: string;
}
