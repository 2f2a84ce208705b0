// The classifier that learns from people: judges with the artefacts that were promoted, and says nothing without one.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ABSTAINED, type Annotation } from '../../model/annotation.ts';
import { type Codebook, codebookVersion, type Task } from '../../model/codebook.ts';
import { defineAnnotator } from '../annotator.ts';
import { type Decision, decide, isApart } from '../student/decision.ts';
import { lexiconsDigest } from '../student/evidence.ts';
import { FeatureReader } from '../student/features.ts';
import { decodeModel, FEATURE_VERSION, type LinearModel, scorer } from '../student/linear-model.ts';

const schema = z.strictObject({
  artefacts: z
    .array(
      z.strictObject({
        digest: z.string().describe('sha256 of the artefact, written on every judgement'),
        path: z.string().describe('file of the artefact; set by DataSens, not in the settings'),
      }),
    )
    .default([]),
});
type Config = z.infer<typeof schema>;

interface Judge {
  readonly task: Task;
  readonly digest: string;
  readonly model: LinearModel;
  readonly score: (reader: FeatureReader) => Float64Array;
}

export default defineAnnotator<Config>({
  name: 'student',
  title: { fr: 'Élève', en: 'Student' },
  description: {
    fr: 'Classifieur appris des réponses de personnes sur une version de la grille ; mesuré avant de servir, il s’abstient quand il n’est pas assez sûr.',
    en: 'Classifier learned from people’s answers under one codebook version; measured before it serves, it abstains when unsure.',
  },
  config: schema,
  example: {},
  provisional: false,
  prepare(codebook, { artefacts }) {
    const judges = artefacts.flatMap(({ digest, path }) => judgesOf(codebook, digest, path));
    if (judges.length === 0) return { annotate: () => [] };
    // Lexicons are only read where a student weighs what they say: they take most of the time.
    const reader = new FeatureReader({ evidence: judges.some(({ model }) => model.head.evidenceScale > 0) });
    const version = codebookVersion(codebook);
    return {
      annotate({ id, title, text }) {
        reader.read(title, text);
        return judges.flatMap(({ task, digest, model, score }): readonly Annotation[] => {
          const { kind, labels, thresholds } = model.head;
          const verdict = verdictOf(task, labels, decide(score(reader), kind, thresholds));
          if (verdict === null) return [];
          const head = { document: id, codebook: version, task: task.id, annotator: 'student' };
          return [{ ...head, ...verdict, provisional: false, evidence: [], made: { artefact: digest } }];
        });
      },
    };
  },
});

/** None where the artefact is of another codebook version, or reads texts otherwise than this version does. */
function judgesOf(codebook: Codebook, digest: string, path: string): readonly Judge[] {
  const model = decodeModel(readFileSync(path));
  const { head } = model;
  const task = codebook.tasks.find(({ id }) => id === head.task);
  const fits = head.codebook === codebookVersion(codebook) && head.features === FEATURE_VERSION;
  if (task === undefined || !fits || head.lexicons !== lexiconsDigest()) return [];
  return [{ task, digest, model, score: scorer(model) }];
}

type Verdict = Pick<Annotation, 'label' | 'labels' | 'score'>;

function verdictOf(task: Task, labels: readonly string[], { places, score }: Decision): Verdict | null {
  const given = places.map((place) => labels[place]!).sort();
  const rounded = Math.round(score * 10_000) / 10_000;
  const [first] = given;
  if (first !== undefined) {
    return isApart(task.kind as 'themes')
      ? { label: first, labels: given, score: rounded }
      : { label: first, score: rounded };
  }
  if (isApart(task.kind as 'themes') && task.none !== null) {
    return { label: task.none, labels: [task.none], score: rounded };
  }
  return task.abstention ? { label: ABSTAINED, score: 0 } : null;
}
