import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { answerTo, reviewProject, says } from '../../test/review.ts';
import type { DocumentId } from '../model/identity.ts';
import { readLabels } from '../store/labels.ts';
import { evaluateCorpus } from './evaluate.ts';
import { openReviewDesk } from './store-review-desk.ts';

const reader = (name: string) => ({ person: `person:${name}`, settles: false });
const [ANNE, BILAL, CHLOE] = ['anne', 'bilal', 'chloe'].map(reader) as [
  ReturnType<typeof reader>,
  ReturnType<typeof reader>,
  ReturnType<typeof reader>,
];

test('known texts are mixed in unsaid, tell how a person reads, and decide and measure nothing', async () => {
  const people = '{ sample: 20, doubleReading: "50%", uncertain: "0%", gold: "20%" }';
  const { app } = await reviewProject(40, people);
  const desk = openReviewDesk(app);
  // Nothing is known yet: nothing is mixed in.
  const first = await desk.next(ANNE, 50);
  const doubles = first.filter(({ double }) => double).slice(0, 4);
  expect(doubles).toHaveLength(4);
  for (const item of doubles) {
    await desk.answer(ANNE, answerTo(item, says('loisirs', 'neutre')));
    const same = (await desk.item(BILAL, item.document))!;
    // The last of them is one on which they disagree: nobody knows.
    await desk.answer(BILAL, answerTo(same, says('loisirs', item === doubles[3] ? 'negatif' : 'neutre')));
  }
  // What others hold is not for Chloé.
  await app.database.transaction((tx) => sql`update review_hold set until = now() - interval '1 second'`.execute(tx));
  const known = new Set(doubles.slice(0, 3).map(({ document }) => document));
  const page = await desk.next(CHLOE, 12);
  // One of five: the fifth and the tenth.
  expect(page.flatMap(({ document }, at) => (known.has(document) ? [at] : []))).toEqual([4, 9]);
  expect(
    page.every(({ machine, queue, answers }) => machine === null && queue === 'random' && answers.length === 0),
  ).toBe(true);
  expect((await desk.next(CHLOE, 12)).map(({ document }) => document)).toEqual(page.map(({ document }) => document));
  // Who made an answer known is not asked for it.
  expect((await desk.next(ANNE, 50)).some(({ document }) => known.has(document))).toBe(false);

  const before = await evaluateCorpus(app);
  const [right, wrong] = page.filter(({ document }) => known.has(document));
  await desk.answer(CHLOE, answerTo(right!, says('loisirs', 'neutre')));
  await desk.answer(CHLOE, answerTo(wrong!, says('transports', 'neutre')));
  const { progress, agreement } = await desk.overview(CHLOE);
  const own = progress.people.find(({ person }) => person === CHLOE.person)!;
  expect(own).toMatchObject({ submitted: 0, gold: { n: 2, right: 1, lately: { n: 2, right: 1 } } });
  expect(own.gold!.interval.low).toBeLessThan(0.5);
  expect(progress.people.find(({ person }) => person === ANNE.person)!.gold).toBeNull();
  expect(agreement.map(({ n }) => n)).toEqual([4, 4]);
  expect((await desk.item(CHLOE, wrong!.document))!.answers).toEqual(says('transports', 'neutre'));

  const id = wrong!.document as DocumentId;
  const labels = await app.database.transaction((tx) => readLabels(tx, [id], app.codebookVersion));
  expect(labels(id).theme).toMatchObject({ label: 'loisirs', agreement: 1, annotators: [ANNE.person, BILAL.person] });
  const after = await evaluateCorpus(app);
  const figures = ({ tasks }: typeof after) =>
    tasks.map(({ people: { leftOut: _, ...rest }, machines }) => [rest, machines.map(({ labels }) => labels)]);
  expect(figures(after)).toEqual(figures(before));
  expect(after.tasks.map(({ people: { leftOut } }) => leftOut)).toEqual([2, 2]);

  // Taken back, it is there again; once answered, it is not asked again.
  const seen = (await desk.item(CHLOE, wrong!.document))!;
  await desk.undo(CHLOE, { id: crypto.randomUUID(), document: seen.document, etag: seen.etag, settles: false });
  const again = (await desk.next(CHLOE, 50)).map(({ document }) => document);
  expect([again.includes(wrong!.document), again.includes(right!.document)]).toEqual([true, false]);
});
