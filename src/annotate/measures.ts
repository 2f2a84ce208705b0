// The measures of one task: people among themselves, and each machine against them.

import type { Task } from '../model/codebook.ts';
import type { TaskMeasures } from '../model/evaluation.ts';
import { type CorpusCounts, measureMachine } from './machine-measures.ts';
import { measurePeople } from './people-measures.ts';
import { sampleSize } from './sample-size.ts';
import type { TaskTally } from './tally.ts';

/** `corpus` is by machine; `documents` is how many the corpus has. Machines are sorted by name. */
export function measureTask(
  task: Task,
  tally: TaskTally,
  { corpus, documents }: { readonly corpus: ReadonlyMap<string, CorpusCounts>; readonly documents: number },
): TaskMeasures {
  const machines = [...tally.machines].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    task: task.id,
    kind: task.kind,
    people: measurePeople(task, tally),
    machines: machines.map(([annotator, counted]) =>
      measureMachine(task, annotator, { tally: counted, corpus: corpus.get(annotator) ?? NO_CORPUS }),
    ),
    wanted: { within10: sampleSize(0.1, documents), within5: sampleSize(0.05, documents) },
  };
}

const NO_CORPUS: CorpusCounts = { versions: [], words: new Map() };
