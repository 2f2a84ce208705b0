// The student: documents a second of processor time, and what it takes to learn from 20,000 short documents, of labels and of
// pieces of text. How well it learns is measured by `npm run conformance student sequence`.

import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { compose } from '../examples/concertation/fabrique/writing.ts';
import { FeatureReader } from '../src/annotate/student/features.ts';
import { buildGazetteer } from '../src/annotate/student/gazetteer.ts';
import { decodeModel, encodeModel, scorer } from '../src/annotate/student/linear-model.ts';
import { decodeSequence, encodeSequence, tagger } from '../src/annotate/student/sequence-model.ts';
import { type MarkedText, trainSequence } from '../src/annotate/student/sequence-training.ts';
import { train } from '../src/annotate/student/training.ts';
import { TrainingSet } from '../src/annotate/student/training-set.ts';
import { knownWords } from '../src/refine/names/lexicon.ts';
import { report } from './report.ts';

const TONES = ['negatif', 'neutre', 'positif'] as const;
const LEARNED = 20_000;
const SHORT = 140;
const SECONDS = 2;
const MEGABYTE = 2 ** 20;

const cpuSeconds = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};
const reader = new FeatureReader({ evidence: true });
const set = new TrainingSet(TONES, reader);
const before = process.memoryUsage().rss;
let begun = cpuSeconds();
for (const [row, { text, tone }] of textsOf(SHORT, LEARNED).entries()) {
  set.add({ id: `d${row}`, title: null, text, labels: [tone], person: true, keys: [] });
}
report({
  name: 'student.read',
  value: LEARNED / (cpuSeconds() - begun),
  unit: 'documents/s of processor time',
  n: LEARNED,
});
begun = cpuSeconds();
const options = { task: 'tone', kind: 'one-label', codebook: 'bench@1', lexicons: '', precision: 0.8 } as const;
const { model } = train(set, reader, options);
// Up to four costs, on three scales of what lexicons say, on five folds each; then the student itself.
report({
  name: 'student.train',
  value: cpuSeconds() - begun,
  unit: 's of processor time, all settings tried',
  n: LEARNED,
});
report({ name: 'student.memory', value: (process.memoryUsage().rss - before) / MEGABYTE, unit: 'MB', n: LEARNED });
const { bytes } = encodeModel(model);
report({ name: 'student.artefact', value: bytes.length / 1024, unit: 'KB', n: 1 });

const score = scorer(decodeModel(bytes));
for (const length of [SHORT, 600, 2000]) measure(`student.judge.${length}`, length, judge);

const places = textsOf(SHORT, LEARNED).map(({ text, name }, row): MarkedText => {
  const start = text.indexOf(name);
  const spans = start < 0 ? [] : [{ start, end: start + name.length, label: 'lieu' }];
  return { id: `d${row}`, text, spans, keys: [], person: true };
});
begun = cpuSeconds();
const gazetteer = buildGazetteer(knownWords());
const tagging = trainSequence(places, { task: 'lieux', codebook: 'bench@1', labels: ['lieu'], gazetteer });
report({
  name: 'student.spans.train',
  value: cpuSeconds() - begun,
  unit: 's of processor time, 6 trainings',
  n: LEARNED,
});
const kept = encodeSequence(tagging.model).bytes;
report({ name: 'student.spans.artefact', value: kept.length / 1024, unit: 'KB', n: 1 });
const find = tagger(decodeSequence(kept));
for (const length of [SHORT, 600, 2000]) measure(`student.spans.judge.${length}`, length, find);

function measure(name: string, length: number, work: (text: string) => unknown): void {
  const texts = textsOf(length, 2000);
  for (const { text } of texts) work(text);
  let n = 0;
  const start = cpuSeconds();
  while (cpuSeconds() - start < SECONDS) {
    // A round of 50 between two looks at the clock.
    for (let round = 0; round < 50; round += 1, n += 1) work(texts[n % texts.length]!.text);
  }
  report({ name, value: n / (cpuSeconds() - start), unit: 'documents/s of processor time', n });
}

function judge(text: string): void {
  reader.read(null, text);
  score(reader);
}

function textsOf(length: number, count: number) {
  const random = seeded(length);
  const themes = Object.keys(PHRASES);
  return Array.from({ length: count }, () => {
    const [name, postcode] = random.pick(COMMUNES);
    const tone = random.pick(TONES);
    let text = '';
    while (text.length < length) text += `${compose(random.pick(themes), tone, { name, postcode }, random)} `;
    return { text: text.slice(0, length), tone, name };
  });
}
