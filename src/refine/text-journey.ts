// What became of a text, step by step, as it can be shown: with marks for personal data from the first step on.

import type { Refined } from '../model/document.ts';
import type { Item } from '../model/item.ts';
import type { PersonalKind } from '../model/personal.ts';
import type { Recipe } from '../model/recipe.ts';
import { truncateText } from './clean.ts';
import { type KnownValue, openMasker } from './masking.ts';
import { findPersonal } from './personal.ts';
import { pseudonymise } from './pseudonymise.ts';
import { type RefineContext, refine, stepsOfText } from './refine.ts';
import { diffWords, type ExcerptPart, excerptOf } from './word-diff.ts';

export const TEXT_STEPS = ['received', 'repaired', 'extracted', 'repaired-again', 'cleaned', 'cut', 'marked'] as const;
export type TextStepName = (typeof TEXT_STEPS)[number];

export interface TextStep {
  readonly name: TextStepName;
  /** UTF-16 units before the step and after it. */
  readonly before: number;
  readonly after: number;
  /** What the step changed, with marks for personal data on both sides; empty for the first and the last. */
  readonly parts: readonly ExcerptPart[];
  /** True where it cannot be shown without a risk for somebody's data. */
  readonly withheld: boolean;
}

export interface TextJourney {
  /** Steps that changed something, the first (the text as it was read) and the last (marks) included. */
  readonly steps: readonly TextStep[];
  /** The text as it ends, marks and all: what is stored, where nothing else changed since. */
  readonly text: string;
  /** Marks in the text, by kind. */
  readonly marks: Readonly<Partial<Record<PersonalKind, number>>>;
}

const EXCERPT = { around: 80, maximum: 3000 };
/** Longest text whose steps are looked at, in UTF-16 units. */
const MAXIMUM_LENGTH = 200_000;

/** Goes through the steps of `refine` again, for people to see. Pure, never throws. */
export function traceText(item: Item, recipe: Recipe, context: RefineContext): TextJourney {
  const refined = refine(item, recipe, context);
  const marked = pseudonymise(refined, {}, recipe, context);
  const { first, extracted, second, clean } = stepsOfText(item.text, item.textFormat);
  const texts = {
    received: item.text,
    repaired: first.text,
    extracted,
    'repaired-again': second.text,
    cleaned: clean.text,
    cut: truncateText(clean.text, recipe.maximumTextLength),
  };
  const spans = refined.personal.filter(({ kind }) => !recipe.keepPersonal.includes(kind));
  const values = [...titleValues(refined, context), ...spans.map((span) => knownOf(refined.text, span))];
  const masker = openMasker({ values, authors: refined.authors, kept: new Set(recipe.keepPersonal) });
  const isMarkup = extracted !== first.text;
  const masked = new Map<string, string | null>();
  const shownOf = (text: string): string | null => {
    const known = masked.get(text);
    if (known !== undefined) return known;
    const shown =
      text === refined.text
        ? marked.text
        : masker.mask(text.slice(0, MAXIMUM_LENGTH), isMarkup && (text === item.text || text === first.text));
    masked.set(text, shown);
    return shown;
  };
  const steps: TextStep[] = [];
  let before = item.text;
  for (const name of ['received', 'repaired', 'extracted', 'repaired-again', 'cleaned', 'cut'] as const) {
    const text = texts[name];
    if (name !== 'received' && text === before) continue;
    steps.push(stepOf(name, { before, after: text }, shownOf));
    before = text;
  }
  steps.push({ name: 'marked', before: before.length, after: marked.text.length, parts: [], withheld: false });
  const counts = Map.groupBy(spans, ({ kind }) => kind);
  const marks = Object.fromEntries([...counts].map(([kind, found]) => [kind, found.length]));
  return { steps, text: marked.text, marks };
}

function stepOf(
  name: TextStepName,
  { before, after }: { readonly before: string; readonly after: string },
  shownOf: (text: string) => string | null,
): TextStep {
  const [was, is] = [shownOf(before), shownOf(after)];
  const sizes = { name, before: before.length, after: after.length };
  if (was === null || is === null) return { ...sizes, parts: [], withheld: true };
  if (name === 'received') return { ...sizes, parts: beginningOf(is), withheld: false };
  return { ...sizes, parts: excerptOf(diffWords(was, is), EXCERPT), withheld: false };
}

function beginningOf(text: string): readonly ExcerptPart[] {
  const { maximum } = EXCERPT;
  if (text.length <= maximum) return text === '' ? [] : [{ kind: 'same', text }];
  return [
    { kind: 'same', text: text.slice(0, maximum).toWellFormed() },
    { kind: 'skipped', length: text.length - maximum },
  ];
}

/** The title is marked first: its values have the first numbers. */
function titleValues({ title, authors }: Refined, { findNames }: RefineContext): readonly KnownValue[] {
  return title === null ? [] : findPersonal(title, { authors, findNames }).map((span) => knownOf(title, span));
}

function knownOf(text: string, { start, end, kind }: { start: number; end: number; kind: PersonalKind }): KnownValue {
  return { kind, value: text.slice(start, end) };
}
