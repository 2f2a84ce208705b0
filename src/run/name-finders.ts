// Taggers of names as a thread uses them: each artefact is read once.

import { readFileSync } from 'node:fs';
import { decodeSequence, SEQUENCE_VERSION, tagger } from '../annotate/student/sequence-model.ts';
import { DataSensError } from '../model/error.ts';
import type { NameFinder } from '../refine/detector.ts';
import type { NamesAtHand } from './learned-names.ts';

/** Gives the finder of a task's names; undefined where its recipe says none. @throws settings-invalid */
export function openNameFinders(): (names: NamesAtHand | null) => NameFinder | undefined {
  const opened = new Map<string, NameFinder>();
  return (names) => {
    if (names === null) return undefined;
    const key = `${names.path}\0${names.labels.join('\0')}`;
    const finder = opened.get(key) ?? openFinder(names);
    opened.set(key, finder);
    return finder;
  };
}

function openFinder({ path, labels }: NamesAtHand): NameFinder {
  const model = decodeSequence(readFileSync(path));
  if (model.head.features !== SEQUENCE_VERSION) {
    throw new DataSensError('settings-invalid', 'the tagger of names was trained by another version of DataSens', {
      remedy: 'train it again from its file, and accept the recipe that follows',
    });
  }
  const find = tagger(model);
  const scores = new Map(model.head.figures.perLabel.map(({ label, precision }) => [label, precision]));
  return (text) =>
    find(text).flatMap(({ start, end, label }) =>
      labels.includes(label) ? [{ start, end, score: scores.get(label) ?? 0 }] : [],
    );
}
