// The lexical annotator over labelled French text: reviews (2 tones), tweets (3 tones), sentences of known topics.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import lexical from '../../src/annotate/annotators/lexical.ts';
import { parseCodebook } from '../../src/annotate/codebook.ts';
import { type Evaluation, evaluate, type LabelledPair } from '../../src/annotate/evaluation.ts';
import { ABSTAINED, type Annotation } from '../../src/model/annotation.ts';
import type { Codebook } from '../../src/model/codebook.ts';
import type { DocumentId } from '../../src/model/identity.ts';
import type { Conformance } from './conformance.ts';

const CODEBOOK = join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml');
const TONES: Readonly<Record<string, string>> = { positive: 'positif', negative: 'negatif', neutral: 'neutre' };
/** Topics with a theme of the codebook that means the same; `travel` and `geography` have none and are left out. */
const THEMES: Readonly<Record<string, string>> = {
  health: 'sante',
  politics: 'politique',
  sports: 'sport',
  'science/technology': 'numerique',
  entertainment: 'culture',
};
const FILES = {
  reviews: ['sent2-allocine/train', 'sent2-tvseries/train', 'sent2-tvseries/dev'],
  tweets: ['sent3-tweets-umsab/train', 'sent3-tweets-umsab/val'],
  topics: ['topic-sib200-fra/train', 'topic-sib200-fra/dev'],
};

interface Labelled {
  readonly text: string;
  readonly label: string;
}
type Task = 'tone' | 'theme';
type Ask = (text: string, task: Task) => string;

const annotate: Conformance = async (data) => {
  const codebook = parseCodebook(readFileSync(CODEBOOK, 'utf8'), CODEBOOK);
  const usual = await asker(codebook, {});
  // Never abstains, never neutral: the sign of the balance decides, for comparison with two-class figures elsewhere.
  const forced = await asker(codebook, { tone: { evidence: 0, margin: 0 } });
  const read = (file: string): readonly Labelled[] =>
    readFileSync(join(data, 'language', `${file}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Labelled);
  return [
    ...FILES.reviews.map((file) => reviewLine(file, read(file), usual, forced)),
    ...FILES.tweets.map((file) => tweetLine(file, read(file), usual)),
    ...FILES.topics.map((file) => topicLine(file, read(file), codebook, usual)),
  ];
};
export default annotate;

async function asker(codebook: Codebook, settings: object): Promise<Ask> {
  const prepared = await lexical.prepare(codebook, lexical.config.parse(settings));
  return (text, task) => {
    const document = { id: '' as DocumentId, title: null, text, language: 'fr' };
    const annotations = prepared.annotate(document) as readonly Annotation[];
    return annotations.find((annotation) => annotation.task === task)!.label;
  };
}

/** Neutral is no judgement between two classes: it counts as an abstention. */
function reviewLine(file: string, rows: readonly Labelled[], usual: Ask, forced: Ask) {
  const labels = ['negatif', 'positif'];
  const pairsBy = (ask: Ask): readonly LabelledPair[] =>
    rows.map(({ text, label }) => {
      const answer = ask(text, 'tone');
      return { truth: TONES[label]!, predicted: answer === 'neutre' ? ABSTAINED : answer };
    });
  const result = evaluate(pairsBy(usual), labels);
  const judged = result.n - result.abstained;
  const all = evaluate(pairsBy(forced), labels);
  return {
    name: `tone.${file}`,
    passed: rightOf(result),
    total: judged,
    figure: `accuracy ${percent(result.accuracy)} of the judged, coverage ${percent(judged / result.n)}; forced ${percent(rightOf(all) / all.n)} of all`,
  };
}

function tweetLine(file: string, rows: readonly Labelled[], usual: Ask) {
  const labels = ['negatif', 'neutre', 'positif'];
  const pairs = rows.map(({ text, label }) => ({ truth: TONES[label]!, predicted: usual(text, 'tone') }));
  const result = evaluate(pairs, labels);
  const all = evaluate(
    pairs.map(({ truth, predicted }) => ({ truth, predicted: predicted === ABSTAINED ? 'neutre' : predicted })),
    labels,
  );
  return {
    name: `tone.${file}`,
    passed: rightOf(result),
    total: result.n - result.abstained,
    figure: `macro-F1 ${percent(result.macroF1)} of the judged, coverage ${percent(1 - result.abstained / result.n)}; abstentions as neutral ${percent(all.macroF1)}`,
  };
}

function topicLine(file: string, rows: readonly Labelled[], codebook: Codebook, usual: Ask) {
  const labels = codebook.tasks.find(({ id }) => id === 'theme')!.categories.map(({ id }) => id);
  const mapped = rows.filter(({ label }) => THEMES[label] !== undefined);
  const pairs = mapped.map(({ text, label }) => ({ truth: THEMES[label]!, predicted: usual(text, 'theme') }));
  const result = evaluate(pairs, labels);
  const known = result.perLabel.filter(({ support }) => support > 0);
  const mean = known.reduce((sum, { f1 }) => sum + f1, 0) / known.length;
  return {
    name: `theme.${file}`,
    passed: rightOf(result),
    total: result.n,
    figure: `accuracy ${percent(result.accuracy)} among 13 labels; macro-F1 ${percent(mean)} over the ${known.length} mapped themes`,
  };
}

const rightOf = ({ confusion }: Evaluation) => confusion.reduce((sum, row, position) => sum + row[position]!, 0);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
