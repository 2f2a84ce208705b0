// The document that is stored: personal data replaced by marks in text, title and attributes, then looked for again.

import type { Document, Refined } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { PersonalKind, PersonalSpan } from '../model/personal.ts';
import type { Recipe } from '../model/recipe.ts';
import { Marks } from './marks.ts';
import { readLanguages } from './passages.ts';
import { findCheckedForms, findPersonal, LEARNED } from './personal.ts';
import type { RefineContext } from './refine.ts';
import { signatureOf } from './signature.ts';

type Pseudonymised = Pick<
  Document,
  'title' | 'text' | 'passages' | 'attributes' | 'personal' | 'bands' | 'fingerprint' | 'findings'
>;

/**
 * Replaces the personal data of a refined item, the kinds that the recipe keeps apart. The same value has the same mark
 * in title, text and attributes. `findings` holds those of `refined` and what was found here. Pure, never throws.
 */
export function pseudonymise(
  refined: Refined,
  attributes: Readonly<Record<string, string>>,
  recipe: Pick<Recipe, 'keepPersonal'>,
  { findNames }: Pick<RefineContext, 'findNames'> = {},
): Pseudonymised {
  const kept = new Set<PersonalKind>(recipe.keepPersonal);
  const marks = new Marks();
  const findings: Finding[] = [...refined.findings];
  const counts = new Map<PersonalKind, number>();
  // A person named in the text is known by that name in the title and the columns too.
  const named = refined.personal
    .filter((span) => span.kind === 'person')
    .map((span) => refined.text.slice(span.start, span.end));
  const hints = { authors: [...new Set([...refined.authors, ...named])] };

  const replace = (text: string, spans: readonly PersonalSpan[], at: string): string => {
    const replaced = spans.filter((span) => !kept.has(span.kind));
    if (replaced.length === 0) return text;
    const marked = marks.replace(text, replaced);
    for (const span of replaced) counts.set(span.kind, (counts.get(span.kind) ?? 0) + 1);
    findings.push({ code: 'personal-found', at, evidence: kindsOf(replaced) });
    const learned = replaced.filter(({ detector }) => detector === LEARNED);
    if (learned.length > 0) findings.push({ code: 'personal-learned', at, evidence: scoreOf(learned) });
    const residual = findCheckedForms(marked).filter((span) => !kept.has(span.kind));
    if (residual.length > 0) findings.push({ code: 'personal-residual', at, evidence: kindsOf(residual) });
    return marked;
  };

  // Columns are short and many are places: the tagger, which learned from sentences, does not read them.
  const inTitle = refined.title === null ? [] : findPersonal(refined.title, { ...hints, findNames });
  const title = refined.title === null ? null : replace(refined.title, inTitle, 'title');
  const text = replace(refined.text, refined.personal, 'text');
  const marked = Object.entries(attributes).map(
    ([name, value]) => [name, replace(value, findPersonal(value, hints), name)] as const,
  );
  const { bands, fingerprint } = signatureOf(text);
  return {
    title,
    text,
    passages: passagesOf(refined, text),
    attributes: Object.fromEntries(marked),
    personal: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    bands,
    fingerprint,
    findings,
  };
}

/** Marks move what comes after them: passages, which few texts have, are looked for again. */
function passagesOf({ passages, text, language }: Refined, marked: string): Document['passages'] {
  if (passages.length === 0 || marked === text) return passages;
  return readLanguages(marked).passages.filter((passage) => passage.language !== language);
}

/** `student 2, 0.76`: detector, names and how often it is right. */
function scoreOf(spans: readonly PersonalSpan[]): string {
  const score = Math.min(...spans.map((span) => span.score ?? 0));
  return `${LEARNED} ${spans.length}, ${score.toFixed(2)}`;
}

/** `email 2, phone 1`: kinds and counts, never words. */
function kindsOf(spans: readonly PersonalSpan[]): string {
  const counts = Map.groupBy(spans, (span) => span.kind);
  return [...counts].map(([kind, found]) => `${kind} ${found.length}`).join(', ');
}
