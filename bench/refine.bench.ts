// Speed of refining: documents a second for each step and for the whole chain, on one core, and in two threads.

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Item } from '../src/model/item.ts';
import { DEFAULT_RECIPE } from '../src/model/recipe.ts';
import { cleanText } from '../src/refine/clean.ts';
import { parseDate } from '../src/refine/date.ts';
import { htmlToText } from '../src/refine/html.ts';
import { proposeSegments } from '../src/refine/ideas.ts';
import { detectLanguage } from '../src/refine/language.ts';
import { repairMojibake } from '../src/refine/mojibake.ts';
import { readLanguages } from '../src/refine/passages.ts';
import { findPersonal } from '../src/refine/personal.ts';
import { pseudonymise } from '../src/refine/pseudonymise.ts';
import { isQuestion } from '../src/refine/questions.ts';
import { refine } from '../src/refine/refine.ts';
import { splitSentences } from '../src/refine/sentences.ts';
import { signatureOf } from '../src/refine/signature.ts';
import { locate } from '../src/refine/territory/locate.ts';
import { report } from './report.ts';

const LENGTHS = [100, 600, 5_000] as const;
const DOCUMENTS = 200;
const WARM_UP_MS = 300;
const MEASURED_MS = 1_000;
const CONTEXT = { charset: 'utf-8', collectedAt: '2026-06-01T00:00:00Z' };

// Sentences of a consultation, made up; no name is real.
const SENTENCES = [
  'Nous demandons le maintien de la ligne de bus 12, qui relie le hameau du Moulin au collège et au marché.',
  'Sans elle, les élèves marchent quarante minutes et les personnes âgées ne sortent plus.',
  'La piste cyclable s’arrête avant le pont : c’est dangereux le soir, surtout en hiver !',
  'Pourquoi ne pas ouvrir la médiathèque le dimanche matin, comme à la ville voisine ?',
  'Je suis joignable au 06 12 34 56 78 ou à claire.dubreuil@exemple.fr pour en parler.',
  'Le prix de la cantine a augmenté de 12 % en deux ans ; les familles ne suivent plus.',
  'Mme Dubreuil, qui tient la boulangerie, a perdu le tiers de ses clients depuis les travaux.',
  'Il faudrait planter des arbres sur la place, où il fait plus de quarante degrés l’été.',
  'Les horaires de la déchetterie ne conviennent qu’aux retraités, pas à ceux qui travaillent.',
  'Merci d’écouter enfin les habitants des communes rurales, et pas seulement le centre.',
];

function itemsOf(length: number): readonly Item[] {
  return Array.from({ length: DOCUMENTS }, (_, at) => {
    let text = '';
    for (let next = at; text.length < length; next += 1 + (at % 7)) text += `${SENTENCES[next % SENTENCES.length]} `;
    return {
      id: String(at),
      title: 'Contribution',
      text: text.slice(0, length),
      textFormat: 'auto',
      url: null,
      authors: [],
      publishedAt: `${1 + (at % 28)}/05/2026`,
      territory: '38000',
      fields: [],
      findings: [],
    };
  });
}

const STEPS: Readonly<Record<string, (item: Item) => unknown>> = {
  mojibake: (item) => repairMojibake(item.text),
  html: (item) => htmlToText(`<p>${item.text}</p>`),
  clean: (item) => cleanText(item.text),
  date: (item) => parseDate(item.publishedAt, CONTEXT),
  language: (item) => detectLanguage(item.text),
  passages: (item) => readLanguages(item.text),
  sentences: (item) => splitSentences(item.text),
  questions: (item) => splitSentences(item.text).map(({ start, end }) => isQuestion(item.text.slice(start, end))),
  ideas: (item) => proposeSegments(item.text),
  territory: (item) => locate(item, { given: null, field: item.territory, source: null }),
  personal: (item) => findPersonal(item.text),
  signature: (item) => signatureOf(item.text),
  whole: (item) => {
    const marked = pseudonymise(refine(item, DEFAULT_RECIPE, CONTEXT), {}, DEFAULT_RECIPE);
    return locate(marked, { given: null, field: item.territory, source: null });
  },
};

/** Items a second over about `milliseconds`. */
function rate(items: readonly Item[], step: (item: Item) => unknown, milliseconds: number): number {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < milliseconds) {
    for (const item of items) step(item);
    done += items.length;
  }
  return done / ((performance.now() - start) / 1_000);
}

function measured(length: number, name: string): number {
  const items = itemsOf(length);
  rate(items, STEPS[name]!, WARM_UP_MS);
  return rate(items, STEPS[name]!, MEASURED_MS);
}

/** The whole chain in two threads at once; each says its own rate. */
async function twoThreads(length: number): Promise<number> {
  const rates = await Promise.all(
    [0, 1].map(
      () =>
        new Promise<number>((settle, fail) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: length });
          worker.once('message', settle);
          worker.once('error', fail);
        }),
    ),
  );
  return rates.reduce((sum, value) => sum + value, 0);
}

if (isMainThread) {
  for (const length of LENGTHS) {
    for (const name of Object.keys(STEPS)) {
      report({ name: `refine.${name}.${length}`, value: measured(length, name), unit: 'documents/s', n: DOCUMENTS });
    }
    const value = await twoThreads(length);
    report({ name: `refine.whole.${length}.two-threads`, value, unit: 'documents/s', n: 2 * DOCUMENTS });
  }
} else {
  parentPort!.postMessage(measured(workerData as number, 'whole'));
}
