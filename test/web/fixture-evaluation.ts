// An evaluation of the fictive corpus, measured by the program's own measures on readings drawn by a seeded generator.

import { agree, judgedOf, spell } from '../../src/annotate/judged.ts';
import { measureTask } from '../../src/annotate/measures.ts';
import { seededRandom } from '../../src/annotate/seeded-random.ts';
import { openTally, partKey } from '../../src/annotate/tally.ts';
import { withheldOf } from '../../src/govern/label-gate.ts';
import type { Task } from '../../src/model/codebook.ts';
import type { Arrived } from '../../src/model/consensus.ts';
import type { KeptEvaluation } from '../../src/model/evaluation.ts';
import type { CodebookVersion, DocumentId } from '../../src/model/identity.ts';
import type { Withheld } from '../../src/model/release.ts';
import type { Divergence, EvaluationDesk } from '../../src/run/evaluation-desk.ts';
import { type FixtureDocument, fixtureCorpus } from './fixture-corpus.ts';
import { THEMES, TONES } from './fixture-words.ts';

const TASKS: readonly Task[] = [
  taskOf('theme', [...THEMES.map(({ id }) => id)]),
  {
    ...taskOf(
      'tone',
      [...TONES.map(({ id }) => id)].filter((id) => id !== 'abstention'),
    ),
    kind: 'scale',
  },
];
const READ = 260;
const BARS = { theme: { agreement: 0.6, precision: 0.75, people: 90 }, tone: { people: 320 } } as const;

function taskOf(id: string, labels: readonly string[]): Task {
  const title = { fr: id, en: id };
  const categories = labels.map((label) => ({
    ...{ id: label, title: { fr: label, en: label } },
    ...{ definition: '', includes: [], excludes: [], examples: [] },
  }));
  return { id, title, kind: 'one-label', categories, none: null, abstention: true };
}

/** Readings of the first documents: two people, and a machine that is right three times in four and less sure where it is not. */
function judgementsOf(document: FixtureDocument, task: Task, draw: () => number): readonly Arrived[] {
  const truth = task.id === 'theme' ? document.theme : document.tone;
  const labels = task.categories.map(({ id }) => id);
  if (!labels.includes(truth)) return [];
  const other = () => labels[Math.floor(draw() * labels.length)]!;
  const say = (annotator: string, label: string, score: number, made = {}): Arrived => ({
    ...{ document: document.id as DocumentId, task: task.id, label, score, annotator, made },
    ...{ provisional: false, evidence: [] },
  });
  const isRight = draw() < 0.76;
  const random = { queue: 'random', blind: true };
  const machine = draw() < 0.06 ? 'abstention' : isRight ? truth : other();
  const readers = [say('person:a', draw() < 0.94 ? truth : other(), 1, random)];
  if (draw() < 0.5) readers.push(say('person:b', draw() < 0.85 ? truth : other(), 1, random));
  return [say('lexical', machine, isRight ? 0.6 + draw() * 0.4 : 0.3 + draw() * 0.6), ...readers];
}

/** The desk of the fictive corpus; nothing was evaluated where it is empty. */
export function fixtureEvaluation({ empty = false } = {}): EvaluationDesk {
  const documents = fixtureCorpus(400);
  const draw = seededRandom(5);
  const divergences: Divergence[] = [];
  const tasks = TASKS.map((task) => {
    const tally = openTally(task);
    const words = new Map<string, number>();
    for (const document of documents) {
      const said = judgementsOf(document, task, draw);
      const machine = said.find(({ annotator }) => annotator === 'lexical')?.label ?? 'abstention';
      words.set(machine, (words.get(machine) ?? 0) + 1);
      if (document.ordinal >= READ || said.length === 0) continue;
      const judged = judgedOf(task, said);
      const place = document.department === null ? [] : [partKey('department', document.department)];
      const parts = [partKey('source', document.source), partKey('language', document.language), ...place];
      tally.add(judged, { parts, length: document.text.length });
      const { truth, readers, machines } = judged;
      if (truth !== null && machines.every((one) => agree(task, one, truth))) continue;
      divergences.push({
        ...{ document: document.id, source: document.source, drawn: 'random' },
        decided: truth === null ? null : spell(task, truth),
        readers: readers.map((one) => spell(task, one)),
        machines: machines.map((one) => ({ annotator: one.annotator, said: spell(task, one) })),
      });
    }
    const corpus = new Map([['lexical', { versions: ['lexique 2026'], words }]]);
    return measureTask(task, tally.result(), { corpus, documents: documents.length });
  });
  const evaluation: KeptEvaluation = {
    ...{ format: 'datasens-evaluation@1', codebook: 'barometre@1' as CodebookVersion },
    ...{ documents: documents.length, tasks, id: 'e'.repeat(64), at: '2026-09-02T08:00:00.000Z' },
  };
  const answer = { evaluation, withheld: fixtureWithheld(tasks).map((kept) => ({ release: 'opinion', ...kept })) };
  return {
    latest: async () => (empty ? { evaluation: null, withheld: [], past: false } : { ...answer, past: false }),
    evaluate: async () => evaluation,
    divergences: async ({ kind }) => {
      const own = divergences.filter(({ decided }) => (kind === 'people') === (decided === null));
      return { items: own.slice(0, 50), nextCursor: own[49]?.document ?? null };
    },
  };
}

function fixtureWithheld(tasks: KeptEvaluation['tasks']): readonly Withheld[] {
  return tasks.flatMap((task) => withheldOf(task, BARS[task.task as keyof typeof BARS]));
}

/** What the bars of the fictive settings keep back. */
export async function withheldInFixture(): Promise<readonly Withheld[]> {
  const { withheld } = await fixtureEvaluation().latest();
  return withheld.map(({ release: _, ...kept }) => kept);
}
