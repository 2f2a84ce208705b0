// Measures the labels of the corpus: people among themselves, and every machine against them.

import { createHash } from 'node:crypto';
import { driftOf } from '../annotate/drift.ts';
import { judgedOf } from '../annotate/judged.ts';
import type { CorpusCounts } from '../annotate/machine-measures.ts';
import { measureTask } from '../annotate/measures.ts';
import { type Facts, openTally, partKey } from '../annotate/tally.ts';
import type { Task } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { EvaluationBody, KeptEvaluation } from '../model/evaluation.ts';
import { appendAct } from '../store/acts.ts';
import type { Tx } from '../store/database.ts';
import { latestEvaluation, saveEvaluation } from '../store/evaluations.ts';
import {
  answerVersions,
  countAnswers,
  countDocuments,
  type JudgedFacts,
  type JudgementScope,
  streamJudged,
} from '../store/judgements.ts';
import type { App } from './app.ts';

/** Bands of length, in characters, by their lower end: a tweet, a paragraph, a page. */
const LENGTHS = [
  [0, '0-139'],
  [140, '140-499'],
  [500, '500-1999'],
  [2000, '2000+'],
] as const;

/** Documents are alike in what they are: so many kinds are spelled once. */
const FACTS_KEPT = 50_000;

/**
 * Evaluates under the codebook in force and keeps it, with an act by `actor`; the same judgements are one evaluation, kept once.
 * @throws not-found where the settings name no codebook
 */
export async function evaluateCorpus(app: App, actor = 'system'): Promise<KeptEvaluation> {
  const { codebook, codebookVersion: version } = app;
  if (codebook === null || version === null) {
    throw new DataSensError('not-found', 'no codebook is set, so there is no label to evaluate', {
      remedy: 'name one under annotate.codebook in datasens.yaml',
    });
  }
  const scope = scopeOf(app, codebook.tasks, version);
  return app.database.transaction(
    async (tx) => {
      const { id, body } = await measureAll(app, tx, { scope, tasks: codebook.tasks });
      const earlier = await latestEvaluation(tx, id);
      const kept = await saveEvaluation(tx, { id, body: earlier === null ? body : withDrift(body, earlier) });
      const read = Object.fromEntries(kept.tasks.map(({ task, people }) => [task, people.read.random]));
      const why = `settings of ${app.project.settings.organisation}`;
      const detail = { codebook: version, documents: kept.documents, read };
      await appendAct(tx, { actor, verb: 'evaluate', object: `evaluation:${id}`, why, detail });
      return kept;
    },
    { statementTimeoutMs: 0 },
  );
}

/** What of the store is measured. */
export function scopeOf(app: App, tasks: readonly Task[], codebook: JudgementScope['codebook']): JudgementScope {
  const spans = tasks.filter(({ kind }) => kind === 'spans').map(({ id }) => id);
  return { codebook, recipes: app.recipes, spans };
}

async function measureAll(
  app: App,
  tx: Tx,
  { scope, tasks }: { readonly scope: JudgementScope; readonly tasks: readonly Task[] },
): Promise<{ readonly id: string; readonly body: EvaluationBody }> {
  const groups = app.project.settings.evaluate?.groups ?? [];
  const documents = await countDocuments(tx, scope.recipes);
  const corpus = await readCorpus(tx, scope);
  const tallies = new Map(tasks.map((task) => [task.id, { task, tally: openTally(task) }]));
  const inputs = createHash('sha256').update(JSON.stringify([scope, groups, documents, [...corpus].map(spellCorpus)]));
  const bands = LENGTHS.map(([from]) => from);
  const known = new Map<JudgedFacts, Facts>();
  for await (const page of streamJudged(tx, { ...scope, groups, bands, documents })) {
    app.signal.throwIfAborted();
    inputs.update(page.map(({ spelled }) => spelled).join('\n'));
    for (const { facts: stored, judgements } of page) {
      let facts = known.get(stored);
      if (facts === undefined) {
        facts = factsOf(stored, groups);
        if (known.size < FACTS_KEPT) known.set(stored, facts);
      }
      for (const { task, tally } of tallies.values()) {
        const isAlone = judgements.every((one) => one.task === task.id);
        const own = isAlone ? judgements : judgements.filter((one) => one.task === task.id);
        if (own.length > 0) tally.add(judgedOf(task, own), facts);
      }
    }
  }
  const measured = [...tallies.values()].map(({ task, tally }) =>
    measureTask(task, tally.result(), { corpus: corpus.get(task.id) ?? new Map(), documents }),
  );
  const body = { format: 'datasens-evaluation@1', codebook: scope.codebook, documents, tasks: measured } as const;
  return { id: inputs.digest('hex'), body };
}

function factsOf(row: JudgedFacts, groups: readonly string[]): Facts {
  const band = LENGTHS.findLast(([from]) => row.length >= from)!;
  const parts = [partKey('source', row.source), partKey('length', band[1]), partKey('language', row.language)];
  if (row.region !== null) parts.push(partKey('region', row.region));
  if (row.department !== null) parts.push(partKey('department', row.department));
  groups.forEach((name, position) => {
    const value = row.groups[position] ?? null;
    if (value !== null) parts.push(partKey('group', `${name}=${value}`));
  });
  return { parts, length: row.length };
}

/** By task, then by machine. */
async function readCorpus(tx: Tx, scope: JudgementScope): Promise<Map<string, Map<string, CorpusCounts>>> {
  const corpus = new Map<string, Map<string, { versions: string[]; words: Map<string, number> }>>();
  const machineOf = (task: string, annotator: string) => {
    const machines = corpus.get(task) ?? new Map();
    corpus.set(task, machines);
    const machine = machines.get(annotator) ?? { versions: [], words: new Map() };
    machines.set(annotator, machine);
    return machine;
  };
  for (const { annotator, task, label, labels, n } of await countAnswers(tx, scope)) {
    machineOf(task, annotator).words.set(labels === null ? label : [...labels].sort().join(','), n);
  }
  for (const { annotator, task, version } of await answerVersions(tx, scope)) {
    machineOf(task, annotator).versions.push(version);
  }
  return corpus;
}

function spellCorpus([task, machines]: readonly [string, ReadonlyMap<string, CorpusCounts>]) {
  return [task, [...machines].map(([name, { versions, words }]) => [name, versions, [...words].sort()])];
}

function withDrift(body: EvaluationBody, earlier: KeptEvaluation): EvaluationBody {
  return {
    ...body,
    tasks: body.tasks.map((measured) => ({
      ...measured,
      machines: measured.machines.map((machine) => ({ ...machine, drift: driftOf(machine, measured.task, earlier) })),
    })),
  };
}
