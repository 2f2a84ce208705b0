// Digits with the separators people put between them: `06 12 34 56 78`, `2 8 5 0 5 …`, `02.14.11.00.43`.

interface DigitGroup {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

/** Groups of digits, each separated from the next by one to three separators on the same line. */
export interface DigitRun {
  readonly groups: readonly DigitGroup[];
}

/** Consecutive groups of a run, read together. */
export interface DigitWindow {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** Lengths of the groups joined by commas: `2,2,2,2,2`. */
  readonly shape: string;
}

/** Reads the digit runs of a text, in order. */
export function digitRuns(text: string): readonly DigitRun[] {
  const runs: DigitRun[] = [];
  let groups: DigitGroup[] = [];
  for (const match of text.matchAll(/[0-9]+/g)) {
    const start = match.index;
    const previous = groups.at(-1);
    if (previous !== undefined && !areJoined(text, previous.end, start)) {
      runs.push({ groups });
      groups = [];
    }
    groups.push({ start, end: start + match[0].length, digits: match[0] });
  }
  if (groups.length > 0) runs.push({ groups });
  return runs;
}

/** Every sequence of consecutive groups that holds exactly `length` digits, but not cuts of a row of single digits. */
export function windowsOf(run: DigitRun, length: number): readonly DigitWindow[] {
  const windows: DigitWindow[] = [];
  for (let from = 0; from < run.groups.length; from += 1) {
    let digits = 0;
    for (let to = from; to < run.groups.length && digits < length; to += 1) {
      digits += run.groups[to]!.digits.length;
      if (digits === length && !isCutFromRow(run, from, to + 1)) windows.push(windowOf(run, from, to + 1));
    }
  }
  return windows;
}

/** The groups from index `from` to before index `to`, as one window. */
export function windowOf(run: DigitRun, from: number, to: number): DigitWindow {
  const first = run.groups[from]!;
  let digits = first.digits;
  let shape = String(first.digits.length);
  for (let index = from + 1; index < to; index += 1) {
    const group = run.groups[index]!;
    digits += group.digits;
    shape += `,${group.digits.length}`;
  }
  return { start: first.start, end: run.groups[to - 1]!.end, digits, shape };
}

/** Luhn's check (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const SEPARATORS = new Set(' \u00a0\u202f\u2009.-\u2010\u2011\u2013/·_');

function areJoined(text: string, end: number, start: number): boolean {
  if (start - end > 3) return false;
  for (let index = end; index < start; index += 1) if (!SEPARATORS.has(text[index]!)) return false;
  return true;
}

function isCutFromRow(run: DigitRun, from: number, to: number): boolean {
  const isSingle = (index: number) => run.groups[index]?.digits.length === 1;
  return (isSingle(from) && isSingle(from - 1)) || (isSingle(to - 1) && isSingle(to));
}
