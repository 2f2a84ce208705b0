// What the evaluation screen reads and asks for, as one interface: the API knows nothing of the store behind it.

import { agree, judgedOf, spell } from '../annotate/judged.ts';
import type { Task } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { Drawn, KeptEvaluation } from '../model/evaluation.ts';
import type { CodebookVersion } from '../model/identity.ts';
import type { Withheld } from '../model/release.ts';
import { latestEvaluation } from '../store/evaluations.ts';
import { pageDivergent } from '../store/judgements.ts';
import { readJudgements } from '../store/labels.ts';
import type { App } from './app.ts';
import { evaluateCorpus } from './evaluate.ts';
import { withheldBy } from './gate.ts';

/** Between people, or between their decision and a machine. */
export const DIVERGENCES = ['people', 'machine'] as const;
export type DivergenceKind = (typeof DIVERGENCES)[number];

export interface Divergence {
  /** Id of the document: its words are read there. */
  readonly document: string;
  readonly source: string;
  readonly drawn: Drawn;
  /** What people decided; null where they are divided. */
  readonly decided: string | null;
  /** What each reader said, in no telling order. */
  readonly readers: readonly string[];
  readonly machines: readonly { readonly annotator: string; readonly said: string }[];
}

export interface DivergenceQuery {
  readonly task: string;
  readonly kind: DivergenceKind;
  /** Id of the last document of the page before. */
  readonly cursor: string | null;
}

export interface EvaluationDesk {
  /** The last evaluation kept, and what the settings' bars would keep back by it. */
  latest(): Promise<{
    readonly evaluation: KeptEvaluation | null;
    readonly withheld: readonly (Withheld & { readonly release: string })[];
    /** True where judgements may have come under another codebook than the one in force. */
    readonly past: boolean;
  }>;
  /** Evaluates now. @throws locked where an evaluation is being made, not-found without codebook */
  evaluate(actor: string): Promise<KeptEvaluation>;
  /** Documents on which not everybody says the same, as things are now, 50 a page. @throws not-found for an unknown task */
  divergences(
    query: DivergenceQuery,
  ): Promise<{ readonly items: readonly Divergence[]; readonly nextCursor: string | null }>;
}

const PAGE = 50;
/** Candidates looked at in one step: some differ only in what is of no measure. */
const CANDIDATES = 200;
/** Steps of one request; a page may then be short, and has a cursor all the same. */
const STEPS = 10;

/** The desk of the project that `app` is open on. */
export function openEvaluationDesk(app: App): EvaluationDesk {
  return {
    async latest() {
      const evaluation = await app.database.transaction((tx) => latestEvaluation(tx, null));
      if (evaluation === null) return { evaluation, withheld: [], past: false };
      return {
        evaluation,
        withheld: withheldOfAll(app, evaluation),
        past: evaluation.codebook !== app.codebookVersion,
      };
    },
    evaluate: (actor) => app.database.withLock('evaluate', () => evaluateCorpus(app, actor)),
    divergences: (query) => readDivergences(app, query),
  };
}

/** What every release of the settings would keep back. */
export function withheldOfAll(
  app: App,
  evaluation: KeptEvaluation,
): readonly (Withheld & { readonly release: string })[] {
  return Object.entries(app.project.settings.publish).flatMap(([release, { require }]) =>
    require === undefined ? [] : withheldBy(evaluation, require).map((kept) => ({ release, ...kept })),
  );
}

async function readDivergences(app: App, { task: id, kind, cursor }: DivergenceQuery) {
  const task = app.codebook?.tasks.find((one) => one.id === id);
  const codebook = app.codebookVersion;
  if (task === undefined || codebook === null) throw new DataSensError('not-found', 'the codebook has no such task');
  const items: Divergence[] = [];
  let after = cursor;
  for (let step = 0; step < STEPS; step += 1) {
    const found = await readCandidates(app, { task, codebook, after });
    for (const { divergence, kinds } of found) {
      after = divergence.document;
      if (!kinds.includes(kind)) continue;
      items.push(divergence);
      if (items.length === PAGE) return { items, nextCursor: after };
    }
    if (found.length < CANDIDATES) return { items, nextCursor: null };
  }
  return { items, nextCursor: after };
}

async function readCandidates(
  app: App,
  { task, codebook, after }: { readonly task: Task; readonly codebook: CodebookVersion; readonly after: string | null },
) {
  const { recipes } = app;
  return app.database.transaction(async (tx) => {
    const isSpans = task.kind === 'spans';
    const page = { codebook, recipes, task: task.id, spans: isSpans, after, limit: CANDIDATES };
    const documents = await pageDivergent(tx, page);
    const ids = documents.map(({ document }) => document);
    const judgements = await readJudgements(tx, ids, { codebook, spans: isSpans ? [task.id] : [] });
    const own = Map.groupBy(
      judgements.filter((one) => one.task === task.id),
      ({ document }) => document,
    );
    return documents.map(({ document, source }) => {
      const { drawn, truth, readers, machines } = judgedOf(task, own.get(document) ?? []);
      const speaking = readers.filter(({ abstains }) => !abstains);
      const kinds: DivergenceKind[] = [];
      if (speaking.some((reader) => !agree(task, reader, speaking[0]!))) kinds.push('people');
      if (truth !== null && machines.some((said) => !said.abstains && !agree(task, said, truth))) kinds.push('machine');
      const divergence: Divergence = {
        ...{ document, source, drawn, decided: truth === null ? null : spell(task, truth) },
        readers: readers.map((said) => spell(task, said)).sort(),
        machines: machines.map((said) => ({ annotator: said.annotator, said: spell(task, said) })),
      };
      return { divergence, kinds };
    });
  });
}
