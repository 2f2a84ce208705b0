// From judgements of a task of spans to the texts a tagger learns from: what people marked, nothing included, else models.

import type { MarkedText } from '../annotate/student/sequence-training.ts';
import { spellSpan } from '../annotate/student/sequence-training.ts';
import { ABSTAINED, isPerson } from '../model/annotation.ts';
import type { Task } from '../model/codebook.ts';
import { type Arrived, consensus, marksNothing, standing } from '../model/consensus.ts';
import type { JudgedText } from '../store/judged-texts.ts';
import { READ_CHARACTERS } from './review-items.ts';
import { keyReader, remember, teaches, type Voices } from './training-examples.ts';

interface Reading {
  readonly task: Task;
  /** Texts that people judged, by source. */
  readonly sources: ReadonlyMap<string, number>;
  /** Filled on the way. */
  readonly voices: Voices;
}

/** One a text that somebody read for it; who did not know, and who named a label without marking words, teach nothing. */
export async function* markedTextsOf(texts: AsyncIterable<JudgedText>, reading: Reading): AsyncIterable<MarkedText> {
  const { task, sources, voices } = reading;
  const keysOf = keyReader(sources);
  for await (const judged of texts) {
    const { document } = judged;
    const judgements = standing(judged.judgements.map((one) => ({ ...one, document, task: task.id })));
    const people = decided(judgements.filter(isReading), task);
    const spans = people ?? decided(judgements.filter(isModel), task);
    if (spans === null) continue;
    if (people !== null) hear(judgements, voices);
    // People are shown no more of a text than this.
    const text = people === null ? judged.text : judged.text.slice(0, READ_CHARACTERS).toWellFormed();
    yield { id: document, text, spans, keys: keysOf(judged), person: people !== null };
  }
}

const isReading = (one: Arrived) => isPerson(one.annotator) && (hasWords(one) || marksNothing(one));

/** A model that marks nothing abstains: it has no other word for it. */
const isModel = (one: Arrived) => teaches(one.annotator) && (hasWords(one) || one.label === ABSTAINED);

const hasWords = ({ label, evidence }: Arrived) => label !== ABSTAINED && evidence.length > 0;

/** Null where nobody read it for the task. */
function decided(voices: readonly Arrived[], task: Task): MarkedText['spans'] | null {
  const [decision] = consensus(voices, [task]);
  return decision === undefined ? null : (decision.spans ?? []);
}

function hear(judgements: readonly Arrived[], { rivals, artefacts }: Voices): void {
  for (const { document, annotator, label, evidence, made } of judgements) {
    if (isPerson(annotator)) continue;
    const given = label === ABSTAINED ? [] : evidence.map(spellSpan);
    if (annotator !== 'student') remember(rivals, annotator, document, given);
    else if (typeof made?.artefact === 'string') remember(artefacts, made.artefact, document, given);
  }
}
