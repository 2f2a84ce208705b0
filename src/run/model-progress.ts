// How far the models are within the batches in hand: progress rows tell of whole batches only.

import type { RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { usesOfRun } from '../store/model-answers.ts';
import type { App } from './app.ts';

/** What the documents of a batch in hand add to an account that counts whole batches. */
export async function withDocumentsInHand(app: App, run: RunId, total: JsonObject): Promise<JsonObject> {
  const uses = await app.control.transaction((tx) => usesOfRun(tx, run));
  const number = (name: string) => Number(total[name] ?? 0);
  const judged = Math.min(...uses.map(({ asked, cached }) => asked + cached));
  const counted = number('annotated') + number('abstained') + number('refused');
  const ahead = uses.length === app.models.length ? Math.max(0, Math.min(number('left'), judged - counted)) : 0;
  return { ...total, annotated: number('annotated') + ahead, left: number('left') - ahead };
}
