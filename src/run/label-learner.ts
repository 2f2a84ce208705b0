// Learns a task of labels: keeps the vectors of texts only, and answers with the artefact.

import type { LinearKind } from '../annotate/student/decision.ts';
import { lexiconsDigest } from '../annotate/student/evidence.ts';
import { FeatureReader } from '../annotate/student/features.ts';
import { encodeModel } from '../annotate/student/linear-model.ts';
import { train } from '../annotate/student/training.ts';
import { type Example, TrainingSet } from '../annotate/student/training-set.ts';
import type { JsonObject } from '../model/json.ts';
import type { Learner, TrainingTask } from './training-task.ts';

export function openLabelLearner(task: TrainingTask, kind: LinearKind): Learner<Example> {
  const reader = new FeatureReader({ evidence: true });
  const set = new TrainingSet(task.labels, reader);
  return {
    add: (example) => set.add(example),
    learn(progress) {
      const missing = set.missing(task.leastLabels);
      if (missing.length > 0) return { kind: 'missing', missing };
      const { model, heldOut } = train(set, reader, { ...task, kind, lexicons: lexiconsDigest(), progress });
      const head = { ...model.head } as unknown as JsonObject;
      return { kind: 'trained', ...encodeModel(model), head, heldOut, leftOut: set.leftOut, others: new Map() };
    },
  };
}
