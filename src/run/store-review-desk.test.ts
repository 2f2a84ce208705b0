import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { answerTo, reviewProject, says } from '../../test/review.ts';
import type { DocumentId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { readLabels } from '../store/labels.ts';
import { readItems } from '../store/review-plan.ts';
import type { App } from './app.ts';
import type { Reviewer, ReviewItemView } from './review-desk.ts';
import { openReviewDesk } from './store-review-desk.ts';

const person = (name: string, settles = false): Reviewer => ({ person: `person:${name}`, settles });
const ANNE = person('anne');
const BILAL = person('bilal');
const CHLOE = person('chloe');

const madeOf = (app: App) =>
  app.database.transaction(async (tx) => {
    const { rows } = await sql<{ document: string; task: string; label: string; annotator: string; made: JsonObject }>`
      select encode(document, 'hex') as document, task, label, annotator, made from annotation
      where annotator like 'person:%' order by created_at, task`.execute(tx);
    return rows;
  });

test('the queue is drawn from distinct texts, half of it at random, and drawn alike again', async () => {
  const { app } = await reviewProject(120);
  const desk = openReviewDesk(app);
  const first = await desk.overview(ANNE);
  expect(first.progress).toMatchObject({ total: 80, states: { left: 80, submitted: 0 }, random: { total: 40 } });
  const plan = () => app.database.transaction((tx) => readItems(tx, 'essai@1' as never));
  const items = await plan();
  items.forEach((_, at) => {
    const random = items.slice(0, at + 1).filter(({ queue }) => queue === 'random').length;
    expect(random * 2).toBeGreaterThanOrEqual(at + 1);
  });
  // A text that is in twice has no more chances than the others: one of its copies only may be drawn.
  expect(items.filter(({ double }) => double).length).toBeGreaterThan(8);
  expect(items.some(({ double, queue }) => double && queue !== 'random')).toBe(false);
  await desk.draw(ANNE);
  expect(await plan()).toEqual(items);

  const [item] = await desk.next(ANNE, 1);
  await desk.answer(ANNE, answerTo(item!, says('loisirs', 'neutre')));
  app.project.settings.annotate!.people!.sample = 20;
  await desk.draw(ANNE);
  expect((await plan()).find(({ document }) => document === item!.document)?.queue).toBe(item!.queue);
});

test('nobody is given what another holds, but for double reading; what expires is given again', async () => {
  const { app } = await reviewProject(60, '{ sample: 20, doubleReading: "0%", uncertain: "0%" }');
  const desk = openReviewDesk(app);
  const given = (await Promise.all(Array.from({ length: 8 }, (_, n) => desk.next(person(`p${n}`), 2)))).flat();
  expect(new Set(given.map(({ document }) => document)).size).toBe(16);
  const again = await desk.next(person('p0'), 2);
  expect(again.map(({ document }) => document)).toEqual(given.slice(0, 2).map(({ document }) => document));
  expect(await desk.next(ANNE, 50)).toHaveLength(4);
  expect(await desk.next(BILAL, 50)).toHaveLength(0);
  await app.database.transaction((tx) => sql`update review_hold set until = now() - interval '1 second'`.execute(tx));
  expect(await desk.next(BILAL, 50)).toHaveLength(20);
});

test('machines are hidden until the person has answered; what is said after is not blind', async () => {
  const { app } = await reviewProject(40);
  const desk = openReviewDesk(app);
  const [item] = await desk.next(ANNE, 1);
  expect(item).toMatchObject({ machine: null, cause: null, answers: [], etag: '0' });
  const answered = await desk.answer(ANNE, answerTo(item!, says('loisirs', 'negatif'), { comment: 'à relire' }));
  expect(answered.machine.map(({ annotator }) => annotator)).toContain('lexical');
  const seen = await desk.item(ANNE, item!.document);
  expect(seen).toMatchObject({ answers: says('loisirs', 'negatif'), comment: 'à relire', etag: answered.etag });
  expect(seen!.machine).not.toBeNull();
  await desk.answer(ANNE, answerTo(seen!, says('loisirs', 'positif')));
  expect((await desk.item(BILAL, item!.document))!.machine).toBeNull();
  const made = (await madeOf(app)).map((row) => [row.task, row.label, row.made.blind, row.made.queue]);
  expect(made).toEqual([
    ['theme', 'loisirs', true, item!.queue],
    ['tone', 'negatif', true, item!.queue],
    ['theme', 'loisirs', false, item!.queue],
    ['tone', 'positif', false, item!.queue],
  ]);
  // The reader's own words stay out of what is never rewritten.
  expect(JSON.stringify(await madeOf(app))).not.toContain('relire');
});

test('an answer sent again is kept once, and none is written over another that was not seen', async () => {
  const { app } = await reviewProject(40);
  const desk = openReviewDesk(app);
  const [item] = await desk.next(ANNE, 1);
  const given = answerTo(item!, says('transports', 'neutre'));
  const five = await Promise.all(Array.from({ length: 5 }, () => desk.answer(ANNE, given)));
  expect(five.filter(({ repeated }) => !repeated)).toHaveLength(1);
  expect(new Set(five.map(({ etag }) => etag))).toEqual(new Set(['2']));
  expect(await madeOf(app)).toHaveLength(2);
  await expect(desk.answer(ANNE, { ...given, answers: says('autre', 'neutre') })).rejects.toMatchObject({
    code: 'usage',
  });
  await expect(desk.answer(ANNE, answerTo(item!, says('autre', 'neutre')))).rejects.toMatchObject({ code: 'locked' });
  expect(await madeOf(app)).toHaveLength(2);
});

test('taking back leaves nothing to count, and the item comes back', async () => {
  const { app } = await reviewProject(40);
  const desk = openReviewDesk(app);
  const [item] = await desk.next(ANNE, 1);
  const { etag } = await desk.answer(ANNE, answerTo(item!, says('transports', 'neutre')));
  const undo = { id: randomUUID(), document: item!.document, etag, settles: false };
  const undone = await desk.undo(ANNE, undo);
  expect(await desk.undo(ANNE, undo)).toEqual(undone);
  const back = (await desk.next(ANNE, 50)).find(({ document }) => document === item!.document);
  expect(back).toMatchObject({ answers: [], etag: undone.etag });
  expect((await desk.overview(ANNE)).progress.mine.submitted).toBe(0);
  await desk.answer(ANNE, answerTo(back!, says('autre', 'positif')));
  const id = item!.document as DocumentId;
  const labels = await app.database.transaction((tx) => readLabels(tx, [id], app.codebookVersion));
  expect(labels(id)).toMatchObject({
    theme: { label: 'autre', annotators: ['person:anne'] },
    tone: { label: 'positif' },
  });
});

test('two people read a share, what they disagree on is settled by a third, or by one who may', async () => {
  const { app } = await reviewProject(60, '{ sample: 10, doubleReading: "100%", uncertain: "0%" }');
  const desk = openReviewDesk(app);
  for (const item of await desk.next(ANNE, 10)) await desk.answer(ANNE, answerTo(item, says('loisirs', 'negatif')));
  expect((await desk.overview(ANNE)).progress).toMatchObject({ states: { half: 10 }, mine: { left: 0 } });
  const second = await desk.next(BILAL, 10);
  expect(second).toHaveLength(10);
  for (const [n, item] of second.entries()) {
    await desk.answer(BILAL, answerTo(item, says('loisirs', n < 3 ? 'positif' : 'negatif')));
  }
  const { progress, agreement } = await desk.overview(CHLOE);
  expect(progress).toMatchObject({ states: { conflicting: 3, submitted: 7 }, mine: { left: 0 } });
  expect(agreement).toMatchObject([
    { task: 'theme', n: 10, agreeing: 10 },
    { task: 'tone', n: 10, agreeing: 7 },
  ]);
  const [conflict] = await desk.conflicts(CHLOE);
  expect(conflict).toMatchObject({ tasks: ['tone'], open: true });
  expect(
    conflict!.readings
      .filter(({ task }) => task === 'tone')
      .map(({ label }) => label)
      .sort(),
  ).toEqual(['negatif', 'positif']);
  const settle = (item: ReviewItemView) => answerTo(item, [{ task: 'tone', label: 'neutre' }], { settles: true });
  const asAnne = (await desk.conflicts(ANNE))[0]!;
  expect(asAnne.open).toBe(false);
  await expect(desk.answer(ANNE, settle(asAnne.item))).rejects.toMatchObject({ code: 'refused' });
  const settled = await desk.answer(CHLOE, settle(conflict!.item));
  const id = conflict!.item.document as DocumentId;
  const tone = async () =>
    (await app.database.transaction((tx) => readLabels(tx, [id], app.codebookVersion)))(id).tone?.label;
  expect(await tone()).toBe('neutre');
  expect((await desk.overview(CHLOE)).progress.states).toMatchObject({ conflicting: 2, submitted: 8 });
  await desk.undo(CHLOE, { id: randomUUID(), document: id, etag: settled.etag, settles: true });
  expect((await desk.overview(CHLOE)).progress.states).toMatchObject({ conflicting: 3 });
  const right = person('anne', true);
  await desk.answer(right, settle((await desk.conflicts(right))[0]!.item));
  expect(await tone()).toBe('neutre');
  // What is settled changes nothing of how far readers agree.
  expect((await desk.overview(CHLOE)).agreement).toEqual(agreement);
});

test('what one leaves is given to others; alone, nothing waits for a second reader', async () => {
  const { app } = await reviewProject(40, '{ sample: 6, doubleReading: "100%", uncertain: "0%" }');
  const desk = openReviewDesk(app);
  const items = await desk.next(ANNE, 6);
  await desk.answer(ANNE, answerTo(items[0]!, [], { skipped: 'involved' }));
  for (const item of items.slice(1)) await desk.answer(ANNE, answerTo(item, says('autre', 'abstention')));
  expect((await desk.overview(ANNE)).progress).toMatchObject({
    states: { skipped: 1, half: 5 },
    mine: { submitted: 5, skipped: 1, left: 0 },
  });
  expect(await desk.next(ANNE, 10)).toEqual([]);
  expect((await desk.next(BILAL, 10)).map(({ document }) => document)).toContain(items[0]!.document);
  await expect(desk.answer(ANNE, answerTo(items[0]!, [], { etag: '2' }))).rejects.toMatchObject({ code: 'usage' });
});

test('a bulk answer needs the right number, is said to be one, and can be taken back', async () => {
  const { app } = await reviewProject(40);
  const { runJourney } = await import('./journey.ts');
  await runJourney(app, { command: 'run', steps: ['refine', 'annotate'] }, () => undefined);
  const desk = openReviewDesk(app);
  const [item] = await desk.next(ANNE, 1);
  await desk.answer(ANNE, answerTo(item!, says('autre', 'neutre')));
  const filter = { q: '', source: 'avis', theme: null, tone: null };
  const documents = await desk.countBulk(ANNE, filter, 'tone');
  expect(documents).toBe(43);
  const bulk = { id: randomUUID(), filter, answer: { task: 'tone', label: 'neutre' }, confirmed: documents };
  await expect(desk.bulk(ANNE, { ...bulk, confirmed: 40 })).rejects.toMatchObject({ code: 'locked' });
  expect(await desk.bulk(ANNE, bulk)).toBe(43);
  expect(await desk.bulk(ANNE, bulk)).toBe(43);
  expect((await desk.overview(ANNE)).progress.mine.submitted).toBe(1);
  expect((await madeOf(app)).filter(({ made }) => made.queue === 'bulk' && made.blind === false)).toHaveLength(43);
  expect(await desk.undoBulk(ANNE, bulk.id)).toBe(43);
  expect(await desk.undoBulk(ANNE, bulk.id)).toBe(0);
  expect(await desk.countBulk(ANNE, filter, 'tone')).toBe(43);
});

test('answers that the codebook does not know are refused, and a filter tells nothing that is hidden', async () => {
  const { app } = await reviewProject(40);
  const desk = openReviewDesk(app);
  const [item, other] = await desk.next(ANNE, 2);
  for (const answers of [
    says('inconnu', 'neutre'),
    [{ task: 'humeur', label: 'gaie' }],
    [...says('autre', 'neutre'), { task: 'tone', label: 'positif' }],
    [],
  ]) {
    await expect(desk.answer(ANNE, answerTo(item!, answers))).rejects.toMatchObject({ code: 'usage' });
  }
  await desk.answer(ANNE, answerTo(item!, says('autre', 'neutre')));
  await desk.saveDraft(ANNE, other!.document, { chosen: { tone: ['neutre'] } });
  expect((await desk.item(ANNE, other!.document))!.draft).toEqual({ chosen: { tone: ['neutre'] } });
  const every = { state: null, label: null, annotator: 'lexical', cause: null, cursor: null, limit: 50 };
  expect((await desk.items(ANNE, every)).items.map(({ document }) => document)).toEqual([item!.document]);
  const left = await desk.items(ANNE, { ...every, annotator: null, state: 'left', limit: 7 });
  expect(left.items).toHaveLength(7);
  const next = await desk.items(ANNE, { ...every, annotator: null, state: 'left', cursor: left.nextCursor });
  expect(next.items.some(({ document }) => left.items.some((one) => one.document === document))).toBe(false);
});
