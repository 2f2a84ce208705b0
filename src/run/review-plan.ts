// Draws what people judge: a sample where every distinct text has the same chance, and what machines are least sure of.

import { createHash } from 'node:crypto';
import { standing } from '../model/consensus.ts';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import { arrange, isReading, type ReviewItem } from '../model/review.ts';
import { appendAct } from '../store/acts.ts';
import type { Tx } from '../store/database.ts';
import { lockQueue } from '../store/review-holds.ts';
import { readPeople } from '../store/review-judgements.ts';
import { drawRandom, drawUncertain, readItems, saveItems } from '../store/review-plan.ts';
import type { App } from './app.ts';
import { DEFAULT_PEOPLE, readPercent } from './settings.ts';

/** The queue as it was drawn; drawn now where there is none. */
export async function plannedItems(
  app: App,
  tx: Tx,
  { codebook, actor }: { readonly codebook: CodebookVersion; readonly actor: string },
): Promise<readonly ReviewItem[]> {
  const items = await readItems(tx, codebook);
  return items.length > 0 ? items : drawItems(app, tx, { codebook, actor });
}

/**
 * Draws the queue from the documents there are now. The same documents, judgements and settings give the same queue; a document
 * that people read keeps the queue it was read in.
 */
export async function drawItems(
  app: App,
  tx: Tx,
  { codebook, actor }: { readonly codebook: CodebookVersion; readonly actor: string },
): Promise<readonly ReviewItem[]> {
  await lockQueue(tx, codebook);
  const people = app.project.settings.annotate?.people ?? DEFAULT_PEOPLE;
  const seed = `${people.seed} ${codebook}`;
  const scope = { codebook, recipes: app.recipes, seed };
  const before = await readItems(tx, codebook);
  const read = await readPeople(tx, codebook);
  const kept = before.filter(({ document }) => standing(read.get(document) ?? []).some(isReading));
  const keptRandom = kept.filter(({ queue }) => queue === 'random');
  const keptUncertain = kept.filter(({ queue }) => queue === 'uncertain');

  const apart = new Set(keptUncertain.map(({ document }) => document));
  const drawn = await drawRandom(tx, scope, people.sample + apart.size);
  const fresh = drawn.filter((document) => !apart.has(document)).slice(0, people.sample);
  const random = [...new Set([...keptRandom.map(({ document }) => document), ...fresh])];
  const share = readPercent(people.uncertain);
  const wanted = Math.floor((random.length * share) / (1 - share));
  const found = await drawUncertain(tx, scope, {
    limit: Math.max(0, wanted - keptUncertain.length),
    without: [...random, ...apart],
  });

  const double = readPercent(people.doubleReading);
  const items = arrange<Omit<ReviewItem, 'position'>>(
    random.map((document) => ({
      document,
      queue: 'random',
      double: chanceOf(seed, document) < double,
      cause: null,
    })),
    [
      ...keptUncertain.map(({ position: _, ...item }) => item),
      ...found.map(({ document, cause }) => ({ document, queue: 'uncertain' as const, double: false, cause })),
    ],
  ).map((item, position) => ({ ...item, position }));
  if (items.length === 0) return [];
  await saveItems(tx, codebook, items);
  await appendAct(tx, {
    actor,
    verb: 'annotate',
    object: `review:${codebook}`,
    why: 'what people judge is drawn',
    detail: {
      seed: people.seed,
      random: random.length,
      uncertain: items.length - random.length,
      double: items.filter((item) => item.double).length,
      kept: kept.length,
    },
  });
  return items;
}

/** In [0, 1): uniform over documents, and independent of where the document falls in the drawing. */
function chanceOf(seed: string, document: DocumentId): number {
  return createHash('sha256').update(`${seed}\0double\0${document}`).digest().readUInt32BE(0) / 2 ** 32;
}
