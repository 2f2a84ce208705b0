// Documents a second of every annotator that needs no server, the whole way that a run takes: batches of short documents handed
// to worker threads, rows handed back. Models' own cost is in `model`, one thread's without the way in `annotate` and `student`.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PHRASES } from '../examples/concertation/fabrique/phrases.ts';
import { seeded } from '../examples/concertation/fabrique/random.ts';
import { COMMUNES } from '../examples/concertation/fabrique/slots.ts';
import { compose } from '../examples/concertation/fabrique/writing.ts';
import { parseCodebook } from '../src/annotate/codebook.ts';
import { lexiconsDigest } from '../src/annotate/student/evidence.ts';
import { FeatureReader } from '../src/annotate/student/features.ts';
import { encodeModel } from '../src/annotate/student/linear-model.ts';
import { train } from '../src/annotate/student/training.ts';
import { TrainingSet } from '../src/annotate/student/training-set.ts';
import { type Codebook, codebookVersion, type Task } from '../src/model/codebook.ts';
import type { DocumentId } from '../src/model/identity.ts';
import type { Json } from '../src/model/json.ts';
import { loadAnnotators } from '../src/run/plugins.ts';
import { openThreads } from '../src/run/threads.ts';
import { report } from './report.ts';

const THREADS = 2;
const BATCH = 1000;
const BATCHES = 20;
const LEARNED = 1000;
const LENGTH = 140;
const path = join(import.meta.dirname, '../examples/concertation/grilles/barometre.yaml');
const codebook = withThemes(parseCodebook(readFileSync(path, 'utf8'), path));
const folder = mkdtempSync(join(tmpdir(), 'datasens-bench-'));
const threads = openThreads(THREADS);
try {
  const artefacts = [trainStudent()];
  const batches = Array.from({ length: BATCHES }, (_, at) =>
    textsOf(at + 1, BATCH).map(({ text }, row) => ({
      id: createHash('sha256').update(`${at} ${row}`).digest('hex') as DocumentId,
      title: null,
      text,
      language: 'fr',
    })),
  );
  for (const name of (await loadAnnotators()).keys()) {
    const config: Json = name === 'student' ? { artefacts } : {};
    const annotators = [{ name, config }];
    const judge = (documents: (typeof batches)[number]) => threads.annotate({ codebook, annotators, documents });
    // Twice: the first batch of a thread prepares its annotators.
    for (let turn = 0; turn < 2; turn += 1) await Promise.all(batches.slice(0, THREADS * 2).map(judge));
    const before = process.cpuUsage();
    const begun = performance.now();
    const results = await Promise.all(batches.map(judge));
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(before);
    const n = results.reduce((sum, { documents }) => sum + documents, 0);
    if (results.every(({ annotations }) => annotations.count === 0)) throw new Error(`${name} judged nothing`);
    report({ name: `annotators.${name}`, value: n / seconds, unit: `documents/s on ${THREADS} threads`, n });
    const cpu = (user + system) / 1e6;
    report({ name: `annotators.${name}.cpu`, value: n / cpu, unit: 'documents/s of processor time, all threads', n });
  }
} finally {
  await threads.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A task of themes with terms, beside those of the codebook. */
function withThemes(given: Codebook): Codebook {
  const [theme] = given.tasks;
  const terms: readonly Readonly<Record<string, number>>[] = [
    { école: 1, cantine: 0.8 },
    { bus: 1, gare: 0.6 },
    { médecin: 1 },
  ];
  const categories: Task['categories'] = theme!.categories
    .slice(0, 3)
    .map((one, at) => ({ ...one, terms: terms[at]! }));
  const task: Task = { ...theme!, id: 'sujets', kind: 'themes', none: null, categories };
  return { ...given, tasks: [...given.tasks, task] };
}

function trainStudent() {
  const task = codebook.tasks.find(({ id }) => id === 'tone' || id === 'tonalite')!;
  const reader = new FeatureReader({ evidence: true });
  const labels = task.categories.map(({ id }) => id);
  const set = new TrainingSet(labels, reader);
  for (const [row, { text, tone }] of textsOf(99, LEARNED).entries()) {
    set.add({ id: `d${row}`, title: null, text, labels: [tone], person: true, keys: [] });
  }
  const head = { task: task.id, kind: 'one-label', codebook: codebookVersion(codebook), precision: 0.8 } as const;
  const { model } = train(set, reader, { ...head, lexicons: lexiconsDigest() });
  // These texts are learned without the lexicons; reading them is what costs, and most real students do.
  const { bytes, digest } = encodeModel({ ...model, head: { ...model.head, evidenceScale: 0.1 } });
  const file = join(folder, digest);
  writeFileSync(file, bytes);
  return { digest, path: file };
}

function textsOf(seed: number, count: number) {
  const random = seeded(seed);
  const themes = Object.keys(PHRASES);
  return Array.from({ length: count }, () => {
    const [name, postcode] = random.pick(COMMUNES);
    const tone = random.pick(['negatif', 'neutre', 'positif'] as const);
    let text = '';
    while (text.length < LENGTH) text += `${compose(random.pick(themes), tone, { name, postcode }, random)} `;
    return { text: text.slice(0, LENGTH), tone };
  });
}
