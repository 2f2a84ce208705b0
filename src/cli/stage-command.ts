// The commands that run one part of the journey, or all of it: same options, same answer.

import type { Command } from 'commander';
import type { Json, JsonObject } from '../model/json.ts';
import type { App } from '../run/app.ts';
import { runJourney } from '../run/journey.ts';
import type { JourneyStep } from '../run/journey-request.ts';
import { answer, withApp } from './command.ts';
import { showProgress } from './progress.ts';

interface StageCommand {
  readonly name: string;
  readonly description: string;
  readonly steps: readonly JourneyStep[];
  readonly nextSteps: readonly string[];
}

/** Adds `datasens <name>`, which runs these steps on the project and answers with what each did. */
export function attachStage(program: Command, stage: StageCommand): void {
  const command = program.command(stage.name).description(stage.description);
  if (stage.steps.includes('collect')) {
    command
      .argument('[source...]', 'only these sources')
      .option('--refused', 'read again the places that were refused, changed or not')
      .option('--accept', 'take places that hold far less than before for right, instead of keeping them apart');
  }
  if (stage.steps.includes('refine')) {
    command.option(
      '--compare-all',
      'look for copies among all documents anew; the result is the same, the time is not',
    );
  }
  command.action(async (sources: readonly string[] | object) =>
    answer(command, (options, signal) =>
      withApp(options, signal, async (app) => {
        const named = Array.isArray(sources) && sources.length > 0 ? { sources: sources as readonly string[] } : {};
        const result = await runJourney(
          app,
          {
            command: stage.name,
            steps: stage.steps,
            ...named,
            ...command.opts<{ refused?: boolean; accept?: boolean; compareAll?: boolean }>(),
          },
          showProgress(options),
        );
        return {
          data: result,
          text: describeCounts(result.counts),
          exitCode: result.state === 'partial' ? 6 : 0,
          warnings: recipeWarnings(app, result.counts.recipes as JsonObject | undefined),
          nextSteps:
            Number((result.counts.recipes as JsonObject | undefined)?.waiting ?? 0) > 0
              ? ['datasens recipes']
              : stage.nextSteps,
        };
      }),
    ),
  );
}

/** What the settings ask for that this run did not do: another recipe waits for a person, or a person refused it. */
function recipeWarnings(app: App, counts: JsonObject | undefined): readonly string[] {
  const warnings: string[] = [];
  const waiting = Number(counts?.waiting ?? 0);
  if (waiting > 0) {
    const [changed, gone, added] = ['changed', 'gone', 'new'].map((name) => Number(counts?.[name] ?? 0));
    warnings.push(
      `${waiting} source(s) ont une autre recette (réglages ou version) : ${changed} document(s) changeraient, ${gone} ` +
        `disparaîtraient, ${added} viendraient. Rien n’est remplacé avant votre décision : \`datasens recipes compare\`, ` +
        'puis `datasens recipes accept <source>`. Pour ne plus être consulté : `refine: { replace: at-once }`.',
    );
  }
  for (const name of app.refusedRecipes) {
    warnings.push(`${name} : les réglages demandent une recette qui a été refusée ; \`datasens recipes\` dit laquelle`);
  }
  return warnings;
}

/** What each part did is told while it runs; here, what it is worth and where it is. */
export function describeCounts(counts: JsonObject): string {
  const lines = Object.entries(counts).map(([stage, body]) => {
    const parts = Object.entries(body as JsonObject).map(([name, value]) => `${name} ${spelled(value)}`);
    return `${stage.padEnd(18)} ${parts.join(', ')}`;
  });
  return lines.join('\n');
}

function spelled(value: Json): string {
  if (value === null || typeof value !== 'object') return String(value);
  const parts = Object.entries(value).map(([name, n]) => `${name} ${String(n)}`);
  return parts.length === 0 ? '–' : `(${parts.join(', ')})`;
}
