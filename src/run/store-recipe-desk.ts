// The RecipeDesk of a real project: the settings ask, the store says what is in force, a person decides.

import { DataSensError } from '../model/error.ts';
import type { SourceName } from '../model/identity.ts';
import { appendAct } from '../store/acts.ts';
import { countProgress, missingBatches } from '../store/batches.ts';
import { countJudgements, strandedJudgements } from '../store/carried-annotations.ts';
import type { Tx } from '../store/database.ts';
import { listRecipeUses, type RecipeUse, setRecipeState } from '../store/recipe-uses.ts';
import { type App, besideWork } from './app.ts';
import { compareProposal, comparisonIn, isCurrent, type RecipeComparison, recipeEntries } from './compare-recipes.ts';
import type { JourneyStep } from './journey-request.ts';
import type {
  Accepted,
  Decision,
  RecipeDesk,
  RecipeDifference,
  RecipeProposal,
  Refused,
  SourceRecipes,
} from './recipe-desk.ts';
import { readRecipeExamples } from './recipe-examples.ts';
import { leftOf } from './rederivation.ts';
import { replaceRecipe } from './rederive.ts';
import type { RunAsker } from './run-desk.ts';

const STRANDED = 200;

/** What brings copies and answers of the policy up to date with another recipe. Publishing stays a person's decision. */
export const AFTER_DECISION: readonly JourneyStep[] = ['refine', 'annotate', 'govern'];

interface DeskOptions {
  /** Begins a run of `AFTER_DECISION` for who decided, and gives its id; null where it cannot. */
  readonly follow?: (asker: RunAsker) => Promise<string | null>;
}

/** The desk of the project that `app` is open on; it lives as long as the app does. */
export function openRecipeDesk(app: App, { follow = async () => null }: DeskOptions = {}): RecipeDesk {
  const { control } = app;
  const find = (source: string) => app.sources.find(({ name }) => name === source) ?? null;

  return {
    list: () =>
      control.transaction(async (tx) => {
        const names = app.sources.map(({ name }) => name);
        const uses = Map.groupBy(await listRecipeUses(tx, names), ({ source }) => source);
        const found: SourceRecipes[] = [];
        for (const name of names) found.push(await describe(tx, besideWork(app), name, uses.get(name) ?? []));
        return found;
      }),
    examples: (source) =>
      control.transaction(async (tx) => {
        const proposed = app.proposals.find(({ name }) => name === source);
        if (proposed === undefined) return null;
        const use = (await listRecipeUses(tx, [proposed.name])).find(({ recipe }) => recipe === proposed.recipeId);
        return use?.comparison ? readRecipeExamples(tx, app, comparisonIn(use.comparison)) : null;
      }),
    stranded: (source) =>
      control.transaction(async (tx) => {
        const known = find(source);
        if (known === null) return null;
        const replacement = replacementOf(await listRecipeUses(tx, [known.name]));
        return replacement === null ? [] : strandedJudgements(tx, replacement, STRANDED);
      }),
    async accept(source, decision, requestId) {
      const accepted = await whileNoRunGoes(app, () => accept(app, source, decision));
      await app.refresh();
      // Another run may have begun meanwhile: it does the same.
      return { ...accepted, run: await follow({ by: decision.actor, requestId }).catch(() => null) };
    },
    refuse: (source, decision) => refuse(app, source, decision),
  };
}

async function accept(app: App, source: string, decision: Decision): Promise<Omit<Accepted, 'run'>> {
  await reopen(app, source as SourceName);
  const fresh: App = { ...app, ...(await app.refresh()) };
  const proposal = fresh.proposals.find(({ name }) => name === source);
  if (proposal === undefined) throw nothingProposed(source);
  const comparison = await compareProposal(fresh, proposal);
  if (comparison === null) {
    const { batches } = await app.control.transaction((tx) => leftOf(tx, fresh, proposal));
    throw new DataSensError('partial', `the new recipe of ${source} has ${batches} batch(es) of work left`, {
      retryable: true,
      remedy: 'wait for its end, or do it now with `datasens recipes compare`; then accept',
    });
  }
  const { carried } = await app.database.transaction((tx) => replaceRecipe(tx, proposal, comparison, decision), {
    statementTimeoutMs: 0,
  });
  return { source, carried, stranded: comparison.judgements.stranded };
}

/** A refused recipe that somebody accepts after all waits again. */
async function reopen(app: App, source: SourceName): Promise<void> {
  if (!app.refusedRecipes.includes(source)) return;
  await app.database.transaction(async (tx) => {
    const uses = await listRecipeUses(tx, [source]);
    const refused = uses.findLast(({ state }) => state === 'refused');
    if (refused !== undefined) await setRecipeState(tx, { source, recipe: refused.recipe, state: 'proposed' });
  });
}

async function refuse(app: App, source: string, { actor, why }: Decision): Promise<Refused> {
  const proposal = app.proposals.find(({ name }) => name === source);
  const inForce = app.sources.find(({ name }) => name === source);
  if (proposal === undefined || inForce === undefined) throw nothingProposed(source);
  await app.database.transaction(async (tx) => {
    await setRecipeState(tx, { source: proposal.name, recipe: proposal.recipeId, state: 'refused' }, { actor, why });
    const detail = { before: inForce.recipeId, recipe: proposal.recipeId };
    await appendAct(tx, { actor, verb: 'refuse', object: `source:${source}`, why, detail });
  });
  await app.refresh();
  return { source, entries: recipeEntries({ ...inForce.recipe }, { ...proposal.recipe }) };
}

/** A run reads under one recipe from its beginning to its end. @throws locked */
async function whileNoRunGoes<Result>(app: App, work: () => Promise<Result>): Promise<Result> {
  let begun = false;
  try {
    return await app.database.withLock('journey', () => {
      begun = true;
      return work();
    });
  } catch (error) {
    if (begun || !(error instanceof DataSensError) || error.code !== 'locked') throw error;
    throw new DataSensError('locked', 'a run is in progress: a recipe is replaced between runs', {
      retryable: true,
      remedy: 'wait for its end, or stop it with `datasens runs cancel`; then accept again',
    });
  }
}

function nothingProposed(source: string): DataSensError {
  return new DataSensError('not-found', `no other recipe is proposed for ${source}`, {
    remedy: '`datasens recipes` lists the sources and what waits',
  });
}

async function describe(tx: Tx, app: App, name: SourceName, uses: readonly RecipeUse[]): Promise<SourceRecipes> {
  const source = app.sources.find((one) => one.name === name)!;
  const inForce = uses.find(({ state }) => state === 'in-force');
  const replacement = replacementOf(uses);
  const unmade = source.derivable ? [] : await missingBatches(tx, 'refine', source.recipeId, name);
  return {
    source: name,
    title: source.settings.title ?? name,
    inForce: {
      id: source.recipeId,
      version: source.recipe.version ?? 0,
      since: inForce?.since ?? app.clock().toISOString(),
      derivable: source.derivable,
    },
    proposal: await describeProposal(tx, app, name, uses),
    waiting: unmade.reduce((sum, { records }) => sum + records, 0),
    replaced:
      replacement === null
        ? null
        : {
            id: replacement.before,
            actor: inForce?.actor ?? null,
            why: inForce?.why ?? null,
            stranded: (await countJudgements(tx, replacement)).stranded,
          },
  };
}

async function describeProposal(
  tx: Tx,
  app: App,
  name: SourceName,
  uses: readonly RecipeUse[],
): Promise<RecipeProposal | null> {
  const source = app.sources.find((one) => one.name === name)!;
  const proposed = app.proposals.find((one) => one.name === name);
  const refused = app.refusedRecipes.includes(name) ? uses.findLast(({ state }) => state === 'refused') : undefined;
  const use = proposed === undefined ? refused : uses.find(({ recipe }) => recipe === proposed.recipeId);
  if (use === undefined) return null;
  const { documents } = await countProgress(tx, 'refine', use.recipe, name);
  const isMade = proposed !== undefined && (await leftOf(tx, app, proposed)).batches === 0;
  const isKnown = proposed !== undefined && isMade && (await isCurrent(tx, app, proposed, use));
  const state = proposed === undefined ? 'refused' : !isMade ? 'deriving' : isKnown ? 'compared' : 'comparing';
  return {
    id: use.recipe,
    version: Number(use.body.version ?? 0),
    since: use.since,
    state,
    entries: recipeEntries({ ...source.recipe }, use.body),
    records: documents,
    difference: use.comparison === null || state === 'deriving' ? null : differenceOf(comparisonIn(use.comparison)),
    actor: state === 'refused' ? use.actor : null,
    why: state === 'refused' ? use.why : null,
  };
}

function differenceOf({ documents, personal, findings, clearance, judgements }: RecipeComparison): RecipeDifference {
  return { ...documents, personal, findings, clearance, judgements };
}

/** The recipe in force and the one that it replaced; null where it was the first. */
function replacementOf(uses: readonly RecipeUse[]) {
  const use = uses.find(({ state }) => state === 'in-force');
  return use?.replaced == null ? null : { source: use.source, before: use.replaced, after: use.recipe };
}
