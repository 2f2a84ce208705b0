// Whether models may be asked: a run above the settings' bars waits for a person, before it begins and after it collected.

import { DataSensError } from '../model/error.ts';
import type { App } from './app.ts';
import type { JourneyRequest } from './journey-request.ts';
import { estimateCost, type RunCost } from './model-cost.ts';

/** Why models were not asked, or not about all documents. */
export type Unasked = 'unconfirmed' | 'budget' | 'unreachable';

/** @throws refused where what waits is above a bar and nobody confirmed; a run that nobody watches goes on without models */
export async function requireConfirmation(app: App, request: JourneyRequest): Promise<void> {
  if (!asksModels(app, request) || request.confirmed === true || request.unattended === true) return;
  const { above, annotators } = await estimateCost(app);
  if (above.length === 0) return;
  throw new DataSensError(
    'refused',
    `this run asks models for more than the settings allow unasked: ${costWords(annotators)}`,
    {
      remedy: 'read `datasens annotate --estimate`, then run it again with --yes, or raise annotate.confirmAbove',
    },
  );
}

export function asksModels(app: App, { steps }: Pick<JourneyRequest, 'steps'>): boolean {
  return steps.includes('annotate') && app.codebook !== null && app.models.length > 0;
}

/** One line a model, for people. */
export function costWords(annotators: RunCost['annotators']): string {
  return annotators
    .filter(({ model }) => model !== null)
    .map(({ annotator, documents, inputTokens, outputTokens, hours, euros }) => {
      const parts = [`${documents} documents`, `${inputTokens + outputTokens} tokens`];
      parts.push(hours === null ? 'hours unknown' : `${hours.toFixed(2)} h`);
      if (euros !== null) parts.push(`${euros.toFixed(2)} €`);
      return `${annotator} ${parts.join(', ')}`;
    })
    .join('; ');
}

const REMEDIES: Readonly<Record<Unasked, string>> = {
  unconfirmed: 'read `datasens annotate --estimate`, then `datasens annotate --yes`',
  budget: 'the budget of the model is reached: raise its `budget`, then `datasens annotate` goes on from here',
  unreachable: 'the model’s server does not answer: start it, then `datasens annotate` goes on from here',
};

/** What to say of documents that models were not asked about. */
export function unaskedWords(reason: Unasked, documents: number): string {
  return `${documents} document(s) left unasked; ${REMEDIES[reason]}`;
}
