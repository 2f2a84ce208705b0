// The review desk of a real project.

import { type Codebook, codebookVersion } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { isSkip, type ReviewItem, standingOf } from '../model/review.ts';
import type { Tx } from '../store/database.ts';
import { holdItems, lockQueue, readHolds, saveDraft } from '../store/review-holds.ts';
import { readMachines, readPeople, readTexts } from '../store/review-judgements.ts';
import { readItems } from '../store/review-plan.ts';
import type { App } from './app.ts';
import { answerOf } from './review-answers.ts';
import { bulkDocuments, saveBulk, undoBulk } from './review-bulk.ts';
import type { ItemFilter, ListedItem, ReviewDesk, Reviewer } from './review-desk.ts';
import { mixGold, type People } from './review-gold.ts';
import { ownOf, viewConflicts, viewItems } from './review-items.ts';
import { drawItems, plannedItems } from './review-plan.ts';
import { agreementOf, openItems, progressOf } from './review-progress.ts';
import { saveAnswer, saveUndo } from './review-saving.ts';
import { DEFAULT_PEOPLE, readPercent } from './settings.ts';

const MINUTE_MS = 60_000;
const CONFLICTS = 50;
const EXCERPT_CHARACTERS = 160;

/** The desk of the project that `app` is open on; it lives as long as the app does. */
export function openReviewDesk(app: App): ReviewDesk {
  const database = app.control;
  const settings = () => app.project.settings.annotate?.people ?? DEFAULT_PEOPLE;
  /** In one transaction, under the codebook of the settings. */
  const under = <Result>(work: (tx: Tx, codebook: Codebook, version: CodebookVersion) => Promise<Result>) => {
    const { codebook } = app;
    if (codebook === null) {
      throw new DataSensError('not-found', 'there is no codebook to judge by', {
        remedy: 'name one under `annotate` in datasens.yaml',
      });
    }
    return database.transaction((tx) => work(tx, codebook, codebookVersion(codebook)));
  };
  const openFor = async (tx: Tx, items: readonly ReviewItem[], { codebook, person, people }: OpenScope) => {
    const holds = await readHolds(tx, codebookVersion(codebook), app.clock());
    return openItems(items, { people, holds, tasks: codebook.tasks, person });
  };

  return {
    overview: async ({ person, settles }) =>
      under(async (tx, codebook, version) => {
        const items = await plannedItems(app, tx, { codebook: version, actor: person });
        const people = await readPeople(tx, version);
        const { tasks, title } = codebook;
        const left = (await openFor(tx, items, { codebook, person, people })).length;
        return {
          codebook: version,
          title,
          tasks: tasks.map(({ abstention: _, ...task }) => task),
          person,
          blind: settings().blind,
          settles,
          progress: progressOf(items, people, { tasks, person, left }),
          agreement: agreementOf(items, people, tasks),
        };
      }),
    draw: async ({ person }) =>
      under(async (tx, _, version) => (await drawItems(app, tx, { codebook: version, actor: person })).length),
    next: async ({ person }, limit) =>
      under(async (tx, codebook, version) => {
        const items = await plannedItems(app, tx, { codebook: version, actor: person });
        await lockQueue(tx, version);
        const people = await readPeople(tx, version);
        const { gold, seed } = settings();
        const mixing = { people, tasks: codebook.tasks, person, share: readPercent(gold), seed, limit };
        const open = mixGold(await openFor(tx, items, { codebook, person, people }), items, mixing);
        const now = app.clock();
        const until = new Date(now.getTime() + settings().holdMinutes * MINUTE_MS);
        const documents = open.map(({ document }) => document);
        await holdItems(tx, { codebook: version, person }, { documents, now, until });
        const scope = { codebook: version, person, blind: settings().blind, people };
        return viewItems(
          tx,
          open.map((item) => ({ document: item.document, item })),
          scope,
        );
      }),
    item: async ({ person }, given) =>
      under(async (tx, _, version) => {
        const document = given as DocumentId;
        const item = (await readItems(tx, version)).find((one) => one.document === document) ?? null;
        const people = await readPeople(tx, version, [document]);
        const scope = { codebook: version, person, blind: settings().blind, people };
        return (await viewItems(tx, [{ document, item }], scope))[0] ?? null;
      }),
    items: async (reviewer, filter) =>
      under((tx, codebook) => listItems(tx, { codebook, reviewer, filter, blind: settings().blind })),
    answer: async (reviewer, given) =>
      under((tx, codebook) =>
        saveAnswer(tx, reviewer, { given, codebook, blind: settings().blind, gold: readPercent(settings().gold) > 0 }),
      ),
    undo: async (reviewer, given) => under((tx, codebook) => saveUndo(tx, reviewer, { given, codebook })),
    saveDraft: async ({ person }, document, draft) =>
      under(async (tx, _, version) => {
        const place = { codebook: version, person, document: document as DocumentId };
        if (!(await readTexts(tx, [place.document], 1)).has(place.document)) {
          throw new DataSensError('not-found', 'there is no such document');
        }
        await saveDraft(tx, place, draft as JsonObject);
      }),
    conflicts: async ({ person, settles }) =>
      under(async (tx, codebook, version) => {
        const people = await readPeople(tx, version);
        const scope = {
          codebook: version,
          person,
          blind: false,
          people,
          tasks: codebook.tasks,
          settles,
          limit: CONFLICTS,
        };
        return viewConflicts(tx, await readItems(tx, version), scope);
      }),
    countBulk: async (_, filter, task) =>
      under(async (tx, codebook) => (await bulkDocuments(app, tx, { codebook, filter, task })).length),
    bulk: async (reviewer, given) => under((tx, codebook) => saveBulk(app, tx, { given, codebook, reviewer })),
    undoBulk: async (reviewer, id) => under((tx, codebook) => undoBulk(tx, { id, codebook, reviewer })),
  };
}

interface OpenScope {
  readonly codebook: Codebook;
  readonly person: string;
  readonly people: People;
}

interface ListScope {
  readonly codebook: Codebook;
  readonly reviewer: Reviewer;
  readonly filter: ItemFilter;
  readonly blind: boolean;
}

/** Items of the queue in its order; the cursor is the last position shown. */
async function listItems(tx: Tx, { codebook, reviewer, filter, blind }: ListScope) {
  const version = codebookVersion(codebook);
  const { person } = reviewer;
  const { state, label, annotator, cause, limit } = filter;
  const after = filter.cursor === null ? -1 : Number(filter.cursor);
  if (!Number.isInteger(after)) throw new DataSensError('usage', 'this cursor is none', { remedy: 'begin again' });
  const items = await readItems(tx, version);
  const people = await readPeople(tx, version);
  const byMachine = label !== null || annotator !== null;
  const machines = byMachine
    ? await readMachines(
        tx,
        version,
        items.map(({ document }) => document),
      )
    : new Map();
  const found = items
    .map((item) => {
      const judgements = people.get(item.document) ?? [];
      const own = ownOf(judgements, person);
      return { item, own, judgements, ...standingOf(item.double, judgements, codebook.tasks) };
    })
    .filter(({ item, own, judgements, ...standing }) => {
      if (item.position <= after || (state !== null && standing.state !== state)) return false;
      // What a filter lets through tells what was said: it is for items the person has read.
      const hidden = blind && own.length === 0;
      if (cause !== null && (hidden || item.cause !== cause)) return false;
      if (!byMachine) return true;
      if (hidden) return false;
      return [...judgements, ...(machines.get(item.document) ?? [])].some(
        (one) =>
          (annotator === null || one.annotator === annotator) &&
          (label === null || [one.label, ...(one.labels ?? [])].some((each) => `${one.task}:${each}` === label)),
      );
    });
  const page = found.slice(0, limit);
  const texts = await readTexts(
    tx,
    page.map(({ item }) => item.document),
    EXCERPT_CHARACTERS,
  );
  return {
    items: page.map(
      ({ item, own, state: stands }): ListedItem => ({
        document: item.document,
        excerpt: texts.get(item.document)?.text ?? '',
        queue: item.queue,
        state: stands,
        cause: blind && own.length === 0 ? null : item.cause,
        mine: own.filter((one) => !isSkip(one)).map(answerOf),
        skipped: own.some(isSkip),
      }),
    ),
    nextCursor: found.length > limit ? String(page.at(-1)!.item.position) : null,
  };
}
