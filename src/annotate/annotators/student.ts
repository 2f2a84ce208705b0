// The classifier that learns from people: judges with the artefacts that were promoted, and says nothing without one.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ABSTAINED, type Annotation } from '../../model/annotation.ts';
import { type Codebook, codebookVersion, type Task } from '../../model/codebook.ts';
import { defineAnnotator } from '../annotator.ts';
import { type Artefact, decodeArtefact } from '../student/artefact.ts';
import { type Decision, decide, isApart } from '../student/decision.ts';
import { lexiconsDigest } from '../student/evidence.ts';
import { FeatureReader } from '../student/features.ts';
import { FEATURE_VERSION, scorer } from '../student/linear-model.ts';
import { SEQUENCE_VERSION, type SequenceModel, tagger } from '../student/sequence-model.ts';

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

type Verdict = Pick<Annotation, 'label' | 'labels' | 'score' | 'evidence'> & { readonly nothing?: true };

interface Judge {
  readonly task: Task;
  readonly digest: string;
  /** Of the text that was last read, or of the text itself. Null where nothing may be said. */
  readonly judge: (text: string) => Verdict | null;
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
    const kept = artefacts.map(({ digest, path }) => ({ digest, artefact: decodeArtefact(readFileSync(path)) }));
    // Lexicons are only read where a student weighs what they say: they take most of the time.
    const evidence = kept.some(({ artefact }) => artefact.kind === 'labels' && artefact.model.head.evidenceScale > 0);
    const reader = new FeatureReader({ evidence });
    const judges = kept.flatMap((one) => judgesOf(codebook, { ...one, reader }));
    if (judges.length === 0) return { annotate: () => [] };
    const readsLabels = judges.some(({ task }) => task.kind !== 'spans');
    const version = codebookVersion(codebook);
    return {
      annotate({ id, title, text }) {
        if (readsLabels) reader.read(title, text);
        return judges.flatMap(({ task, digest, judge }): readonly Annotation[] => {
          const verdict = judge(text);
          if (verdict === null) return [];
          const { nothing, ...said } = verdict;
          const head = { document: id, codebook: version, task: task.id, annotator: 'student', provisional: false };
          return [{ ...head, ...said, made: { artefact: digest, ...(nothing ? { nothing } : {}) } }];
        });
      },
    };
  },
});

interface Kept {
  readonly digest: string;
  readonly artefact: Artefact;
  readonly reader: FeatureReader;
}

/** None where the artefact is of another codebook version, or reads texts otherwise than this version does. */
function judgesOf(codebook: Codebook, { digest, artefact, reader }: Kept): readonly Judge[] {
  const { head } = artefact.model;
  const task = codebook.tasks.find(({ id }) => id === head.task);
  if (task === undefined || head.codebook !== codebookVersion(codebook)) return [];
  if (artefact.kind === 'spans') {
    if (head.features !== SEQUENCE_VERSION) return [];
    return [{ task, digest, judge: spanJudge(artefact.model) }];
  }
  const { model } = artefact;
  const { kind, labels, thresholds, lexicons } = model.head;
  if (head.features !== FEATURE_VERSION || lexicons !== lexiconsDigest()) return [];
  const score = scorer(model);
  return [{ task, digest, judge: () => verdictOf(task, labels, decide(score(reader), kind, thresholds)) }];
}

/** The score is how often what is marked alike was right when it was measured: of several labels, the least. */
function spanJudge(model: SequenceModel): Judge['judge'] {
  const find = tagger(model);
  const { perLabel, blank } = model.head.figures;
  const precisions = new Map(perLabel.map(({ label, precision }) => [label, precision]));
  return (text) => {
    const evidence = find(text).map((span) => ({ ...span, weight: 1 }));
    const [first] = evidence;
    if (first === undefined) {
      return { label: ABSTAINED, score: rounded(blank.right), evidence: [], nothing: true };
    }
    const score = Math.min(...evidence.map(({ label }) => precisions.get(label) ?? 0));
    return { label: first.label, score: rounded(score), evidence };
  };
}

const rounded = (score: number) => Math.round(score * 10_000) / 10_000;

function verdictOf(task: Task, labels: readonly string[], decision: Decision): Verdict | null {
  const given = decision.places.map((place) => labels[place]!).sort();
  const base = { score: rounded(decision.score), evidence: [] };
  const [first] = given;
  if (first !== undefined) {
    return isApart(task.kind as 'themes') ? { ...base, label: first, labels: given } : { ...base, label: first };
  }
  if (isApart(task.kind as 'themes') && task.none !== null) {
    return { ...base, label: task.none, labels: [task.none] };
  }
  return task.abstention ? { label: ABSTAINED, score: 0, evidence: [] } : null;
}
