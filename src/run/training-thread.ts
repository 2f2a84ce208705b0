// The thread that trains one student: takes texts in batches, keeps their vectors only, and answers with the artefact.

import { parentPort, workerData } from 'node:worker_threads';
import { lexiconsDigest } from '../annotate/student/evidence.ts';
import { FeatureReader } from '../annotate/student/features.ts';
import { encodeModel } from '../annotate/student/linear-model.ts';
import { train } from '../annotate/student/training.ts';
import { TrainingSet } from '../annotate/student/training-set.ts';
import type { JsonObject } from '../model/json.ts';
import type { FromTrainer, ToTrainer, TrainingTask } from './training-task.ts';

const task = workerData as TrainingTask;
const reader = new FeatureReader({ evidence: true });
const set = new TrainingSet(task.labels, reader);
const say = (message: FromTrainer) => parentPort!.postMessage(message);

parentPort!.on('message', (message: ToTrainer) => {
  if (message.kind === 'examples') {
    for (const example of message.examples) set.add(example);
    say({ kind: 'ready' });
    return;
  }
  const missing = set.missing(task.leastLabels);
  if (missing.length > 0) say({ kind: 'missing', missing });
  else learn();
  parentPort!.close();
});
say({ kind: 'ready' });

function learn(): void {
  const { model, heldOut } = train(set, reader, {
    ...task,
    lexicons: lexiconsDigest(),
    progress: (share) => say({ kind: 'progress', share }),
  });
  const { bytes, digest } = encodeModel(model);
  const head = { ...model.head } as unknown as JsonObject;
  say({ kind: 'trained', bytes, digest, head, heldOut, leftOut: set.leftOut });
}
