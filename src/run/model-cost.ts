// What annotating would cost before it begins: documents, tokens, hours, euros and energy, by annotator; and whether to ask.

import { eurosOf } from '../annotate/model/budget.ts';
import { CHARACTERS_PER_TOKEN } from '../annotate/model/excerpt.ts';
import { buildPrompt } from '../annotate/model/prompt.ts';
import { askedTasks } from '../annotate/model/question.ts';
import { countProgress, missingBatches } from '../store/batches.ts';
import type { Tx } from '../store/database.ts';
import { readSpending, unjudged } from '../store/model-answers.ts';
import type { App } from './app.ts';
import { progressKey } from './batch-job.ts';
import type { ConfiguredModel } from './models.ts';

export interface AnnotatorCost {
  readonly annotator: string;
  /** Null for an annotator that runs here. */
  readonly model: string | null;
  /** Left to judge. */
  readonly documents: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where nothing was ever measured. */
  readonly hours: number | null;
  /** Null where they depend on hours that nobody knows. */
  readonly euros: number | null;
  readonly kilowattHours: number | null;
  /** `measured`: from this annotator's past answers. `assumed`: from lengths alone, rather too much than too little. */
  readonly basis: 'measured' | 'assumed';
}

export interface RunCost {
  readonly annotators: readonly AnnotatorCost[];
  /** Bars of the settings (annotate.confirmAbove) that a person must be asked about. */
  readonly above: readonly ('documents' | 'euros' | 'hours')[];
}

/** Answers of fewer documents say too little of the next ones. */
const LEAST_DOCUMENTS = 20;
/** An answer of one task with its quotes. */
const ASSUMED_ANSWER_TOKENS = 120;
const ASSUMED_CHARACTERS = 1200;
const LONGEST_CHARACTERS = 200_000;

/** @param expected records that the run will bring besides those that wait */
export function estimateCost(app: App, expected = 0): Promise<RunCost> {
  return app.control.transaction(async (tx) => {
    const annotators: AnnotatorCost[] = [];
    if (app.codebook === null) return { annotators, above: [] };
    const waiting = await countLeft(app, tx);
    for (const name of namesOf(app)) annotators.push(freeCost(name, waiting + expected));
    for (const model of app.models) annotators.push(await costOf(app, tx, model, expected));
    return { annotators, above: barsAbove(app, annotators) };
  });
}

function barsAbove(app: App, annotators: readonly AnnotatorCost[]): RunCost['above'] {
  const bars = app.project.settings.annotate?.confirmAbove;
  const asked = annotators.filter(({ model, documents }) => model !== null && documents > 0);
  if (bars === undefined || asked.length === 0) return [];
  const sum = (read: (cost: AnnotatorCost) => number | null) =>
    asked.reduce((total, cost) => total + (read(cost) ?? 0), 0);
  return (['documents', 'euros', 'hours'] as const).filter((bar) => sum((cost) => cost[bar]) > bars[bar]);
}

async function costOf(app: App, tx: Tx, model: ConfiguredModel, expected: number): Promise<AnnotatorCost> {
  const { name, config } = model;
  const codebook = app.codebook!;
  const version = app.codebookVersion!;
  const batches = [];
  for (const source of app.sources) {
    const missing = await missingBatches(tx, 'model', progressKey(app, 'model', source), source.name);
    batches.push(...missing.map(({ id, records }) => ({ batch: id, recipe: source.recipeId, records })));
  }
  const left = await unjudged(tx, batches, { annotator: name, codebook: version, most: LONGEST_CHARACTERS });
  const unrefined = await countUnrefined(app, tx);
  const documents = left.documents + unrefined + expected;
  const past = await readSpending(tx, name, version);
  const isMeasured = past.documents >= LEAST_DOCUMENTS;
  const usual = past.documents > 0 ? past.characters / past.documents : ASSUMED_CHARACTERS;
  const characters = left.characters + (unrefined + expected) * usual;
  const tasks = askedTasks(codebook, config.tasks);
  const assumedInput =
    documents * (buildPrompt(codebook, tasks).length / CHARACTERS_PER_TOKEN) + characters / CHARACTERS_PER_TOKEN;
  const inputTokens = Math.ceil(isMeasured ? (documents * past.inputTokens) / past.documents : assumedInput);
  const answer = isMeasured
    ? past.outputTokens / past.documents
    : Math.min(config.answerTokens, ASSUMED_ANSWER_TOKENS * tasks.length);
  const outputTokens = Math.ceil(documents * answer);
  const hours = documents === 0 ? 0 : isMeasured ? (documents * past.hours) / past.documents : null;
  const known = hours ?? (config.price.perHour === 0 ? 0 : null);
  return {
    annotator: name,
    model: config.model,
    documents,
    inputTokens,
    outputTokens,
    hours,
    euros: known === null ? null : eurosOf({ inputTokens, outputTokens, hours: known }, config),
    kilowattHours: hours === null ? null : (hours * config.watts) / 1000,
    basis: isMeasured ? 'measured' : 'assumed',
  };
}

/** Lexicons cost nothing that is counted. */
function freeCost(annotator: string, documents: number): AnnotatorCost {
  const nothing = { inputTokens: 0, outputTokens: 0, hours: 0, euros: 0, kilowattHours: 0 };
  return { annotator, model: null, documents, ...nothing, basis: 'measured' };
}

function namesOf(app: App): readonly string[] {
  return app.threadAnnotators.flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.keys(entry)));
}

async function countLeft(app: App, tx: Tx): Promise<number> {
  let left = 0;
  for (const source of app.sources) {
    const { documents } = await countProgress(tx, 'annotate', progressKey(app, 'annotate', source), source.name);
    left += documents.total - documents.done;
  }
  return left;
}

/** Records whose documents are not derived yet. */
async function countUnrefined(app: App, tx: Tx): Promise<number> {
  let left = 0;
  for (const source of app.sources) {
    const { documents } = await countProgress(tx, 'refine', source.recipeId, source.name);
    left += documents.total - documents.done;
  }
  return left;
}
