// The desk of a real project: a correction is an annotation, a standing word on its text, perhaps a lesson, and an act; all in one
// transaction, with the documents that follow.

import { type Annotation, WITHDRAWN } from '../model/annotation.ts';
import { DataSensError } from '../model/error.ts';
import type { DocumentId } from '../model/identity.ts';
import { type SaidTerritory, TERRITORY_CODEBOOK, TERRITORY_TASK } from '../model/territory.ts';
import { learnTerritory, spelled } from '../refine/territory/lessons.ts';
import { nameOfPlace } from '../refine/territory/place-name.ts';
import { searchPlaces } from '../refine/territory/place-search.ts';
import { saidTerritory } from '../refine/territory/said.ts';
import { appendAct } from '../store/acts.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import type { Tx } from '../store/database.ts';
import {
  correctionsOfForm,
  deleteCorrection,
  placeDocuments,
  readTerritorySubject,
  saveCorrection,
  saveLesson,
  type TerritorySubject,
} from '../store/territory-corrections.ts';
import { holdTeaching } from '../store/territory-teaching.ts';
import type { App } from './app.ts';
import { placesOf } from './document-places.ts';
import type { GivenTerritory, SaidPlace, TerritoryDesk } from './territory-desk.ts';

const MOST_HITS = 20;

/** The desk of the project that `app` is open on. */
export function openTerritoryDesk(app: Pick<App, 'database' | 'clock'>): TerritoryDesk {
  return {
    search: (question) => searchPlaces(question, MOST_HITS),
    async state(id) {
      const subject = await app.database.transaction((tx) => readTerritorySubject(tx, id as DocumentId));
      if (subject === null) return null;
      const { found, correction, lesson, form } = subject;
      return {
        found: { places: placesOf(found), rule: found.rule },
        correction: correction && { ...named(correction.said), ...pick(correction) },
        form: form === null ? null : formOf(form),
        lesson: lesson && { ...named(lesson.said), corrections: lesson.corrections },
      };
    },
    async correct(id, given, person) {
      const said = saidOf(given);
      const document = id as DocumentId;
      return app.database.transaction(async (tx) => {
        const seen = await readTerritorySubject(tx, document);
        if (seen === null) throw new DataSensError('not-found', 'there is no such document');
        await holdTeaching(tx, seen.source);
        // Read again once nothing moves: a new snapshot may have taken the document over.
        const subject = (await readTerritorySubject(tx, document)) ?? seen;
        const always = 'always' in given && given.always;
        const made = { at: app.clock().toISOString(), rule: subject.found.rule, always };
        const label = said === null ? WITHDRAWN : spelled(said);
        await insertAnnotations(tx, annotationRows([annotationOf(document, label, person, made)]));
        if (said === null) await deleteCorrection(tx, subject);
        else await saveCorrection(tx, subject, { said, always, annotator: person, document });
        const others = await follow(tx, subject, said);
        const why = 'a person said where this document is';
        const detail = { task: TERRITORY_TASK, label, always, others, source: subject.source };
        await appendAct(tx, { actor: person, verb: 'annotate', object: `document:${id}`, why, detail });
        return { others };
      });
    },
  };
}

/** The document's own word first, then what its form teaches: each is computed from the standing corrections alone. */
async function follow(tx: Tx, subject: TerritorySubject, said: SaidTerritory | null): Promise<number> {
  const { source, record, part, form } = subject;
  if (said !== null) await placeDocuments(tx, { source, record, part }, saidTerritory(said, 'given') ?? null);
  else await placeDocuments(tx, { source, record, part }, null);
  if (form === null) return 0;
  const lesson = learnTerritory(await correctionsOfForm(tx, source, form));
  await saveLesson(tx, { source, form }, lesson);
  const taught = lesson === null ? null : (saidTerritory(lesson.said, 'corrected') ?? null);
  return placeDocuments(tx, { source, form, besides: record }, taught);
}

function saidOf(given: GivenTerritory): SaidTerritory | null {
  if (given.decision === 'withdrawn') return null;
  if (given.decision !== 'place') return { decision: given.decision, place: null };
  const said: SaidTerritory = { decision: 'place', place: given.place };
  if (saidTerritory(said, 'given') !== undefined) return said;
  throw new DataSensError('usage', `no ${given.place.kind} of the gazetteer has the code ${given.place.code}`, {
    remedy: 'choose a place that the search proposes',
  });
}

function annotationOf(document: DocumentId, label: string, person: string, made: NonNullable<Annotation['made']>) {
  return {
    ...{ document, codebook: TERRITORY_CODEBOOK, task: TERRITORY_TASK, label, score: 1, annotator: person },
    ...{ provisional: false, evidence: [], made },
  } satisfies Annotation;
}

function pick({ annotator, at, always }: NonNullable<TerritorySubject['correction']>) {
  return { annotator, at, always };
}

function named({ decision, place }: SaidTerritory): SaidPlace {
  return { decision, place: place === null ? null : { ...place, name: nameOfPlace(place) } };
}

function formOf(form: string) {
  const colon = form.indexOf(':');
  return {
    kind: form.slice(0, colon) === 'field' ? ('field' as const) : ('text' as const),
    words: form.slice(colon + 1),
  };
}
