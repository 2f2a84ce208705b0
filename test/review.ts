// A project of fictive opinions that people review, and what they answer: for the tests of the desk and of the screen.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { runJourney } from '../src/run/journey.ts';
import type { GivenAnswer, ReviewItemView, TaskAnswer } from '../src/run/review-desk.ts';
import { opinionsCsv, REVIEW_CODEBOOK } from './opinions.ts';
import { sourceOf, type TestProject, testProject } from './project.ts';

/** Collected, refined and annotated, ready to be reviewed. */
export async function reviewProject(
  size: number,
  people = '{ sample: 40, doubleReading: "50%", uncertain: "50%" }',
  codebook = REVIEW_CODEBOOK,
): Promise<TestProject> {
  const sources = sourceOf('avis', 'file', '{ path: avis.csv, map: { text: avis } }');
  const settings = `${sources}annotate:\n  codebook: grille.yaml\n  annotators: [lexical]\n  people: ${people}\n`;
  const project = await testProject(settings, { 'avis.csv': opinionsCsv(size), 'grille.yaml': codebook });
  const { counts } = await runJourney(
    project.app,
    { command: 'run', steps: ['collect', 'refine', 'annotate'] },
    () => undefined,
  );
  expect(counts.annotate).toMatchObject({ failed: 0, left: 0 });
  return project;
}

export const says = (theme: string, tone: string): readonly TaskAnswer[] => [
  { task: 'theme', label: theme },
  { task: 'tone', label: tone },
];

export function answerTo(
  item: Pick<ReviewItemView, 'document' | 'etag'>,
  answers: readonly TaskAnswer[],
  rest: Partial<GivenAnswer> = {},
): GivenAnswer {
  const { document, etag } = item;
  return { id: randomUUID(), document, etag, answers, skipped: null, comment: '', seconds: 4, settles: false, ...rest };
}
