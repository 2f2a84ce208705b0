// How often each label truly occurs in the corpus, beside how often a machine gives it.

import { ABSTAINED } from '../model/annotation.ts';
import type { Task } from '../model/codebook.ts';
import type { PrevalenceMeasure } from '../model/evaluation.ts';
import { isOfSets } from './judged.ts';
import { given } from './people-measures.ts';
import { correctedPrevalence, type Prevalence } from './prevalence.ts';
import { PAIR } from './tally.ts';

interface Counts {
  /** Documents drawn at random, by people's word and the machine's. */
  readonly answers: ReadonlyMap<string, number>;
  /** All documents, by the machine's word. */
  readonly corpus: ReadonlyMap<string, number>;
}

/** Raw and corrected shares of each label. */
export function prevalenceOf(task: Task, counts: Counts): readonly PrevalenceMeasure[] {
  const asked = sum([...counts.corpus.values()]);
  const labels = task.categories.map(({ id }) => id);
  const together = task.kind === 'spans' || isOfSets(task) ? null : atOnce(labels, counts);
  return labels.map((label, position): PrevalenceMeasure => {
    const n = given(counts.corpus, label);
    const raw = { n, share: asked === 0 ? 0 : n / asked };
    if (task.kind === 'spans') {
      return { label, raw, corrected: null, refused: 'not-for-spans', method: 'one-against-others' };
    }
    if (together?.kind === 'corrected') {
      return { label, raw, corrected: together.shares[position]!, refused: null, method: 'all-labels' };
    }
    // One label that people hardly met must not hide the others: each is then told from all the rest.
    const alone = oneAgainstOthers(label, counts);
    return alone.kind === 'corrected'
      ? { label, raw, corrected: alone.shares[0]!, refused: null, method: 'one-against-others' }
      : { label, raw, corrected: null, refused: alone.reason, method: 'one-against-others' };
  });
}

function atOnce(labels: readonly string[], { answers, corpus }: Counts): Prevalence {
  const said = [...labels, ABSTAINED];
  return correctedPrevalence({
    confusion: labels.map((truth) => said.map((word) => answers.get(truth + PAIR + word) ?? 0)),
    raw: said.map((word) => corpus.get(word) ?? 0),
  });
}

function oneAgainstOthers(label: string, { answers, corpus }: Counts): Prevalence {
  const place = (word: string) => (word === ABSTAINED ? 2 : word.split(',').includes(label) ? 0 : 1);
  const confusion = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (const [key, n] of answers) {
    const [truth, said] = key.split(PAIR) as [string, string];
    confusion[place(truth)]![place(said)]! += n;
  }
  const raw = [0, 0, 0];
  for (const [word, n] of corpus) raw[place(word)]! += n;
  return correctedPrevalence({ confusion, raw });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
