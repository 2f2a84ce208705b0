// How the voices of one document and task become a label, labels, a place on a scale, or pieces of the text.

import { ABSTAINED, type Annotation, type Consensus, type Evidence } from './annotation.ts';
import { byCodeUnits } from './order.ts';

export type Ruling = Pick<Consensus, 'label' | 'labels' | 'spans' | 'score' | 'agreement' | 'provisional'>;
type Voice = Pick<Annotation, 'label' | 'labels' | 'score' | 'provisional' | 'evidence'>;

/** Voices, at least one, of which none abstained. The label with most votes wins; a tie goes to the higher mean score, then to the first label. */
export function decideSingle(voices: readonly Voice[]): Ruling {
  const [winner] = candidatesOf(voices, ({ label }) => [label]);
  return rulingOf(winner!, voices);
}

/**
 * The label that more than half gave, else the median: of two in the middle, the one with the higher mean score, then the first
 * on the scale. A label that is not on the scale only counts where all are such.
 */
export function decideOnScale(voices: readonly Voice[], scale: readonly string[]): Ruling {
  const candidates = candidatesOf(voices, ({ label }) => [label]);
  const placed = voices.map(({ label }) => scale.indexOf(label)).filter((place) => place >= 0);
  if (candidates[0]!.given.length * 2 > voices.length || placed.length === 0) return rulingOf(candidates[0]!, voices);
  placed.sort((left, right) => left - right);
  const middle = [placed[(placed.length - 1) >> 1]!, placed[placed.length >> 1]!].map((place) => scale[place]!);
  const [first, second] = middle.map((label) => candidates.find((candidate) => candidate.label === label)!);
  return rulingOf(second!.score - first!.score > 1e-9 ? second! : first!, voices);
}

/**
 * Every label that at least half gave. `label` is the one of them with most votes, as in `decideSingle`. The category for texts
 * that fit none stands alone: it goes where another label has as many votes, and they go where it has more. Where no label
 * reaches half the decision is `abstention`, without labels.
 * Agreement is the mean, over the labels that anyone gave, of the share of voices that were of the decision's side.
 */
export function decideSeveral(voices: readonly Voice[], none: string | null): Ruling {
  const candidates = candidatesOf(voices, ({ label, labels }) => labels ?? [label]);
  const half = candidates.filter(({ given }) => given.length * 2 >= voices.length);
  const decided = half.length > 1 ? withoutNone(half, none) : half;
  const sides = candidates.map((candidate) => {
    const share = candidate.given.length / voices.length;
    return decided.includes(candidate) ? share : 1 - share;
  });
  const agreement = add(sides) / sides.length;
  const [first] = decided;
  if (first === undefined)
    return { label: ABSTAINED, labels: [], score: 0, agreement, provisional: allProvisional(voices) };
  const given = voices.filter((voice) => decided.some((candidate) => candidate.given.includes(voice)));
  const labels = decided.map(({ label }) => label).sort(byCodeUnits);
  return { label: first.label, labels, score: meanScore(given), agreement, provisional: allProvisional(given) };
}

function withoutNone(half: readonly Candidate[], none: string | null): readonly Candidate[] {
  const others = half.filter(({ label }) => label !== none);
  const alone = half.find(({ label }) => label === none);
  const wins = alone !== undefined && others.every(({ given }) => given.length < alone.given.length);
  return wins ? [alone] : others;
}

/** The label as in `decideSingle`; of the pieces of text, those that at least half marked alike. */
export function decideSpans(voices: readonly Voice[]): Ruling {
  const marked = Map.groupBy(
    voices.flatMap(({ evidence }) => distinctSpans(evidence)),
    ([spelled]) => spelled,
  );
  const spans = [...marked.values()]
    .filter((same) => same.length * 2 >= voices.length)
    .map((same) => same[0]![1])
    .sort((left, right) => left.start - right.start || left.end - right.end || byCodeUnits(left.label, right.label));
  return { ...decideSingle(voices), spans };
}

function distinctSpans(
  evidence: readonly Evidence[],
): readonly (readonly [string, NonNullable<Ruling['spans']>[number]])[] {
  return [
    ...new Map(evidence.map(({ start, end, label }) => [`${start} ${end} ${label}`, { start, end, label }])).entries(),
  ];
}

interface Candidate {
  readonly label: string;
  readonly given: readonly Voice[];
  readonly score: number;
}

/** Best first: votes, then mean score, then code unit order. */
function candidatesOf(voices: readonly Voice[], labelsOf: (voice: Voice) => readonly string[]): readonly Candidate[] {
  const votes = voices.flatMap((voice) => [...new Set(labelsOf(voice))].map((label) => ({ label, voice })));
  return [...Map.groupBy(votes, ({ label }) => label)]
    .map(([label, same]) => {
      const given = same.map(({ voice }) => voice);
      return { label, given, score: meanScore(given) };
    })
    .sort(
      (left, right) =>
        right.given.length - left.given.length ||
        // Scores that differ by rounding are a tie.
        (Math.abs(right.score - left.score) > 1e-9 ? right.score - left.score : 0) ||
        byCodeUnits(left.label, right.label),
    );
}

function rulingOf({ label, given, score }: Candidate, voices: readonly Voice[]): Ruling {
  return { label, score, agreement: given.length / voices.length, provisional: allProvisional(given) };
}

/** True where no measured annotator is among them. */
const allProvisional = (voices: readonly Voice[]) => voices.every(({ provisional }) => provisional);

const meanScore = (voices: readonly Voice[]) => add(voices.map(({ score }) => score)) / voices.length;

/** Sorted before adding, so that rounding does not depend on the order of arrival. */
const add = (values: readonly number[]) => [...values].sort((left, right) => left - right).reduce((a, b) => a + b, 0);
