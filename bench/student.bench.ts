// The student: documents a second of processor time, and what it takes to learn from 20,000 short documents. How well it
// learns is measured by `npm run conformance student`.

import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { compose } from '../examples/concertation/fabrique/writing.ts';
import { FeatureReader } from '../src/annotate/student/features.ts';
import { decodeModel, encodeModel, scorer } from '../src/annotate/student/linear-model.ts';
import { train } from '../src/annotate/student/training.ts';
import { TrainingSet } from '../src/annotate/student/training-set.ts';
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
for (const length of [SHORT, 600, 2000]) {
  const texts = textsOf(length, 2000);
  for (const { text } of texts) judge(text);
  let n = 0;
  const start = cpuSeconds();
  while (cpuSeconds() - start < SECONDS) {
    // A round of 50 between two looks at the clock.
    for (let round = 0; round < 50; round += 1, n += 1) judge(texts[n % texts.length]!.text);
  }
  report({
    name: `student.judge.${length}`,
    value: n / (cpuSeconds() - start),
    unit: 'documents/s of processor time',
    n,
  });
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
    return { text: text.slice(0, length), tone };
  });
}
