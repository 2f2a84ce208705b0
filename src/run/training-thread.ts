// The thread that trains one student: takes texts in batches, and answers with the artefact.

import { parentPort, workerData } from 'node:worker_threads';
import { openLabelLearner } from './label-learner.ts';
import { openSpanLearner } from './span-learner.ts';
import type { FromTrainer, Learner, ToTrainer, TrainingTask, TrainingText } from './training-task.ts';

const task = workerData as TrainingTask;
const { kind } = task;
// Who sends the texts reads them by the same kind.
const learner = (kind === 'spans' ? openSpanLearner(task) : openLabelLearner(task, kind)) as Learner<TrainingText>;
const say = (message: FromTrainer) => parentPort!.postMessage(message);

parentPort!.on('message', (message: ToTrainer) => {
  if (message.kind === 'examples') {
    for (const example of message.examples) learner.add(example);
    say({ kind: 'ready' });
    return;
  }
  say(learner.learn((share) => say({ kind: 'progress', share })));
  parentPort!.close();
});
say({ kind: 'ready' });
