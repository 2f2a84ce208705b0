// What asking models costs, told to a person before it is done; and what of it was left undone.

import { createInterface } from 'node:readline/promises';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { App } from '../run/app.ts';
import { type AnnotatorCost, estimateCost, type RunCost } from '../run/model-cost.ts';
import { type Unasked, unaskedWords } from '../run/model-gate.ts';

const BARS = { documents: 'documents', euros: 'euros', hours: 'heures' } as const;

/** One line an annotator, then the bars that are passed. */
export function describeCost({ annotators, above }: RunCost): string {
  const lines = annotators.map((cost) => `${cost.annotator.padEnd(12)} ${wordsOf(cost)}`);
  if (annotators.length === 0) lines.push('rien à annoter : les réglages n’ont pas de grille');
  if (above.length > 0) {
    const bars = above.map((bar) => BARS[bar]).join(', ');
    lines.push(`Au-delà du seuil des réglages (annotate.confirmAbove : ${bars}) : à confirmer par une personne.`);
  }
  return lines.join('\n');
}

function wordsOf({ model, documents, inputTokens, outputTokens, ...cost }: AnnotatorCost): string {
  const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });
  const parts = [`${number.format(documents)} documents à annoter`];
  if (model === null) return parts[0]!;
  parts.push(`${number.format(inputTokens)} jetons lus, ${number.format(outputTokens)} écrits`);
  parts.push(cost.hours === null ? 'durée inconnue' : `${number.format(cost.hours)} h`);
  parts.push(cost.euros === null ? 'coût inconnu' : `${number.format(cost.euros)} €`);
  if (cost.kilowattHours !== null && cost.kilowattHours > 0) parts.push(`${number.format(cost.kilowattHours)} kWh`);
  parts.push(cost.basis === 'measured' ? 'd’après ses réponses passées' : 'd’après les longueurs, largement compté');
  return parts.join(', ');
}

/**
 * True where a person at the terminal says yes to a run above the bars; false where it is below them, or nobody is there.
 * @throws cancelled where they say no
 */
export async function confirmCost(app: App): Promise<boolean> {
  if (app.models.length === 0 || !process.stdin.isTTY || !process.stderr.isTTY) return false;
  const cost = await estimateCost(app);
  if (cost.above.length === 0) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const said = await terminal.question(`${describeCost(cost)}\nContinuer ? [o/N] `, { signal: app.signal });
    if (/^(?:o|oui|y|yes)$/i.test(said.trim())) return true;
  } finally {
    terminal.close();
  }
  throw new DataSensError('cancelled', 'nothing was asked of the models', {
    remedy: 'run it again and answer yes, or raise annotate.confirmAbove',
  });
}

/** A sentence on the documents that models were not asked about, where there are any. */
export function unaskedWarnings(counts: JsonObject): readonly string[] {
  const { stopped, unasked } = (counts.model ?? {}) as JsonObject;
  return typeof stopped === 'string' ? [unaskedWords(stopped as Unasked, Number(unasked))] : [];
}
