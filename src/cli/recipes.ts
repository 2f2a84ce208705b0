// datasens recipes: which recipe makes the documents of each source, what another would change, and the decision.

import type { Command } from 'commander';
import { LOCAL_ACTOR } from '../model/person.ts';
import type { App } from '../run/app.ts';
import { runJourney } from '../run/journey.ts';
import type { RecipeDesk, RecipeEntry, RecipeExample, RecipePart, SourceRecipes } from '../run/recipe-desk.ts';
import { AFTER_DECISION, openRecipeDesk } from '../run/store-recipe-desk.ts';
import { answer, withApp } from './command.ts';
import { type Answer, paint } from './output.ts';
import { showProgress } from './progress.ts';

export function attach(program: Command): void {
  const recipes = program
    .command('recipes')
    .description('List the recipe that makes the documents of each source, and what waits for a decision')
    .action(() =>
      answer(recipes, (options, signal) =>
        withApp(options, signal, async (app) => {
          const sources = await openRecipeDesk(app).list();
          return { data: { sources }, text: sources.map(describe).join('\n'), nextSteps: nextSteps(sources) };
        }),
      ),
    );
  const compare = recipes
    .command('compare')
    .description(
      'Make the documents of the recipes that the settings ask for, beside those in force, and show what changes',
    )
    .argument('[source]', 'examples of this source too')
    .action((source: string | undefined) =>
      answer(compare, (options, signal) =>
        withApp(options, signal, async (app) => {
          await runJourney(app, { command: 'recipes compare', steps: ['refine'] }, showProgress(options));
          await app.refresh();
          return showComparison(openRecipeDesk(app), source);
        }),
      ),
    );
  const accept = recipes
    .command('accept')
    .description('Put the compared recipe of a source in force')
    .argument('<source>', 'name of the source')
    .option('--why <words>', 'kept in the register of acts')
    .action((source: string, { why }: { readonly why?: string }) =>
      answer(accept, (options, signal) =>
        withApp(options, signal, async (app) => {
          const decision = { actor: LOCAL_ACTOR.person, why: why ?? 'compared and accepted' };
          const { run: _, ...accepted } = await openRecipeDesk(app).accept(source, decision, '');
          await runJourney(app, { command: 'recipes accept', steps: AFTER_DECISION }, showProgress(options));
          return acceptedAnswer(app, accepted);
        }),
      ),
    );
  const refuse = recipes
    .command('refuse')
    .description('Keep the recipe in force of a source, and stop asking for the other')
    .argument('<source>', 'name of the source')
    .requiredOption('--why <words>', 'kept in the register of acts')
    .action((source: string, { why }: { readonly why: string }) =>
      answer(refuse, (options, signal) =>
        withApp(options, signal, async (app) => {
          const refused = await openRecipeDesk(app).refuse(source, { actor: LOCAL_ACTOR.person, why });
          return {
            data: refused,
            text: [
              `${source} garde la recette en vigueur. Les réglages en demandent encore une autre ; remettez :`,
              ...refused.entries.map(({ name, before }) => `  ${settingOf(source, name)}: ${spelled(before)}`),
            ].join('\n'),
            nextSteps: ['datasens check'],
          };
        }),
      ),
    );
}

async function showComparison(desk: RecipeDesk, source: string | undefined): Promise<Answer> {
  const sources = await desk.list();
  const shown = source === undefined ? [] : ((await desk.examples(source)) ?? []);
  const examples = shown.map(describeExample);
  return {
    data: { sources, ...(source === undefined ? {} : { examples: shown }) },
    text: [...sources.map(describe), ...(examples.length > 0 ? ['', ...examples] : [])].join('\n'),
    nextSteps: nextSteps(sources),
  };
}

function acceptedAnswer(
  app: App,
  accepted: { readonly source: string; readonly carried: number; readonly stranded: number },
): Answer {
  const { source, carried, stranded } = accepted;
  const people = carried + stranded > 0 ? ` ${carried} avis de personnes repris, ${stranded} à revoir.` : '';
  const releases = Object.keys(app.project.settings.publish);
  return {
    data: accepted,
    text: `La nouvelle recette de ${source} est en vigueur.${people}`,
    nextSteps: releases.length > 0 ? ['datasens publish'] : ['datasens serve'],
  };
}

const STATES = {
  deriving: 'documents en cours',
  comparing: 'comparaison en cours',
  compared: 'attend votre décision',
  refused: 'refusée, encore demandée par les réglages',
} as const;

function describe({ source, inForce, proposal, waiting, replaced }: SourceRecipes): string {
  const lines = [
    `${source}  ${inForce.id.slice(0, 8)} (version ${inForce.version}) depuis ${inForce.since.slice(0, 10)}`,
  ];
  if (!inForce.derivable) {
    lines.push(`  cette version de DataSens ne sait plus la faire : ${waiting} enregistrement(s) attendent`);
  }
  if (proposal !== null) {
    const { done, total } = proposal.records;
    lines.push(`  autre recette ${proposal.id.slice(0, 8)} : ${STATES[proposal.state]} (${done} sur ${total})`);
    for (const entry of proposal.entries) lines.push(`    ${entryWords(source, entry)}`);
    if (proposal.difference !== null) {
      const { same, changed, gone, new: added, changes, judgements } = proposal.difference;
      lines.push(`    ${same} pareils, ${changed} changés, ${gone} disparus, ${added} nouveaux`);
      const what = Object.entries(changes).filter(([, n]) => n > 0);
      if (what.length > 0) lines.push(`    ${what.map(([name, n]) => `${CHANGES[name] ?? name} ${n}`).join(', ')}`);
      if (judgements.carried + judgements.stranded > 0) {
        lines.push(`    avis de personnes : ${judgements.carried} repris, ${judgements.stranded} à revoir`);
      }
    }
  }
  if (replaced !== null && replaced.stranded > 0) lines.push(`  ${replaced.stranded} avis de personnes à revoir`);
  return lines.join('\n');
}

const CHANGES: Readonly<Record<string, string>> = {
  text: 'texte',
  title: 'titre',
  language: 'langue',
  date: 'date',
  territory: 'territoire',
  personal: 'données personnelles',
  findings: 'constats',
  clearance: 'visa',
  other: 'autres champs',
};

function entryWords(source: string, { name, before, after }: RecipeEntry): string {
  return `${settingOf(source, name)} : ${spelled(before)} → ${spelled(after)}`;
}

/** Where the settings say what a recipe says. */
function settingOf(source: string, name: string): string {
  if (name === 'version') return 'version des étapes de DataSens';
  if (name === 'territory') return `sources.${source}.territory`;
  if (name === 'mapping' || name.startsWith('mapping.'))
    return `sources.${source}.with ${name.slice('mapping.'.length)}`;
  return `refine.${name}`;
}

function spelled(value: RecipeEntry['before']): string {
  return value ?? '(rien)';
}

/** With signs as well as colours: a pipe has none. */
function describeExample({ before, after, changes, title, text, fields }: RecipeExample): string {
  const id = (after ?? before ?? '').slice(0, 12);
  const what = changes.map((name) => CHANGES[name] ?? name).join(', ');
  const head = before === null ? 'nouveau' : after === null ? 'disparu' : what;
  const words = [title, text].map(partWords).filter((line) => line !== '');
  const lines = fields.map((field) => `  ${field.name} : ${field.before ?? '(rien)'} → ${field.after ?? '(rien)'}`);
  return [`${id}  ${head}`, ...words.map((line) => `  ${line}`), ...lines].join('\n');
}

function partWords(parts: readonly RecipePart[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'skipped') return '…';
      const text = part.text.replaceAll('\n', ' ');
      if (part.kind === 'same') return text;
      return part.kind === 'removed' ? paint('31', `[-${text}-]`) : paint('32', `{+${text}+}`);
    })
    .join('');
}

function nextSteps(sources: readonly SourceRecipes[]): readonly string[] {
  const pending = sources.filter(({ proposal }) => proposal !== null && proposal.state !== 'refused');
  const [compared] = pending.filter(({ proposal }) => proposal?.state === 'compared');
  if (compared !== undefined) {
    const { source } = compared;
    return [
      `datasens recipes compare ${source}`,
      `datasens recipes accept ${source}`,
      `datasens recipes refuse ${source} --why "…"`,
    ];
  }
  return pending.length > 0 ? ['datasens recipes compare'] : [];
}
