// Gives texts the themes that people accepted, by the terms that the codebook holds: the same words, the same themes.

import { z } from 'zod';
import { ABSTAINED, type Annotation, type Evidence } from '../../model/annotation.ts';
import { type Codebook, codebookVersion, type Task } from '../../model/codebook.ts';
import type { AnnotatedDocument } from '../annotator.ts';
import { defineAnnotator } from '../annotator.ts';
import { type Given, prepareAssignment } from '../themes/assignment.ts';

const NAME = 'themes';
const config = z.strictObject({});

export default defineAnnotator<z.infer<typeof config>>({
  name: NAME,
  title: { fr: 'Thèmes acceptés', en: 'Accepted themes' },
  description: {
    fr: 'Attribue à chaque texte les thèmes acceptés, par les termes inscrits dans la grille.',
    en: 'Gives each text the accepted themes, by the terms written in the codebook.',
  },
  config,
  example: {},
  provisional: true,
  prepare(codebook) {
    const judges = codebook.tasks.filter(({ kind }) => kind === 'themes').flatMap((task) => judgeOf(codebook, task));
    return { annotate: (document) => judges.map((judge) => judge(document)) };
  },
});

/** Nothing is judged before a category has terms. */
function judgeOf(codebook: Codebook, task: Task): readonly ((document: AnnotatedDocument) => Annotation)[] {
  const themes = task.categories.filter(({ terms }) => terms !== undefined && Object.keys(terms).length > 0);
  if (themes.length === 0) return [];
  const assign = prepareAssignment(themes.map(({ terms }) => terms!));
  const version = codebookVersion(codebook);
  return [
    (document) => {
      const given = assign(document.text);
      const labels = given.map(({ theme }) => themes[theme]!.id).sort();
      const base = { document: document.id, codebook: version, task: task.id, annotator: NAME, provisional: true };
      if (labels.length === 0) {
        const label = task.none ?? ABSTAINED;
        return { ...base, label, score: 0, evidence: [], ...(task.none === null ? {} : { labels: [label] }) };
      }
      return {
        ...base,
        label: labels[0]!,
        labels,
        score: Math.max(...given.map(({ sum }) => scoreOf(sum))),
        evidence: given.flatMap((one) => evidenceOf(one, themes[one.theme]!.id)).sort(byPlace),
      };
    },
  ];
}

/** Half at the bar, towards one as more terms are there; not calibrated. */
const scoreOf = (sum: number) => sum / (sum + 1);

function evidenceOf({ places }: Given, label: string): readonly Evidence[] {
  return places.map(({ start, end, weight }) => ({ start, end, label, weight }));
}

function byPlace(left: Evidence, right: Evidence): number {
  return left.start - right.start || left.end - right.end || (left.label < right.label ? -1 : 1);
}
