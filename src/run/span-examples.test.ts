import { expect, test } from 'vitest';
import type { Annotation } from '../model/annotation.ts';
import type { Codebook, Task } from '../model/codebook.ts';
import type { Arrived } from '../model/consensus.ts';
import type { DocumentId } from '../model/identity.ts';
import { standingOf } from '../model/review.ts';
import type { JudgedText } from '../store/judged-texts.ts';
import { annotationOf, answerOf } from './review-answers.ts';
import { markedTextsOf } from './span-examples.ts';
import type { Voices } from './training-examples.ts';

const title = { fr: 'x', en: 'x' };
const TASK: Task = {
  ...{ id: 'lieux', title, kind: 'spans', none: null, abstention: true },
  categories: ['lieu', 'voie'].map((id) => ({ id, title, definition: '', includes: [], excludes: [], examples: [] })),
};
const CODEBOOK: Codebook = { name: 'essai', version: 1, title, tasks: [TASK] };
const TEXT = 'La rue Brouzille mène au parc.';
const STREET = { start: 3, end: 16, label: 'voie' };
const PARK = { start: 25, end: 29, label: 'lieu' };

/** An answer of the review screen; `undefined` is "I do not know". */
function person(name: string, spans: readonly (typeof STREET)[] | undefined): Arrived & { readonly at: number } {
  const answer = { task: 'lieux', label: spans?.[0]?.label ?? 'abstention', ...(spans ? { spans } : {}) };
  const said = { codebook: CODEBOOK, document: 'd' as DocumentId, person: `person:${name}`, made: { queue: 'random' } };
  return { ...annotationOf(answer, TEXT.length, said), at: 1 };
}

const machine = (annotator: string, spans: readonly (typeof STREET)[], made?: Annotation['made']): Arrived => ({
  ...{ document: 'd' as DocumentId, task: 'lieux', annotator, score: 1, provisional: false },
  ...{ label: spans[0]?.label ?? 'abstention', evidence: spans.map((span) => ({ ...span, weight: 1 })) },
  ...(made ? { made } : {}),
});

async function taught(...judgements: readonly Arrived[]) {
  const voices: Voices = { rivals: new Map(), artefacts: new Map() };
  const place = {
    document: 'd' as DocumentId,
    title: null,
    text: TEXT,
    source: 'avis',
    cluster: 'c',
    participant: null,
  };
  const texts = (async function* (): AsyncIterable<JudgedText> {
    yield { ...place, judgements };
  })();
  const found = await Array.fromAsync(markedTextsOf(texts, { task: TASK, sources: new Map([['avis', 1]]), voices }));
  return { found, voices };
}

test('what half of the readers marked is learned, and that there is nothing to mark counts as a reading', async () => {
  const both = [STREET, PARK];
  expect((await taught(person('a', both))).found).toEqual([
    { id: 'd', text: TEXT, spans: both, keys: ['copies c'], person: true },
  ]);
  expect((await taught(person('a', []))).found).toMatchObject([{ spans: [], person: true }]);
  expect((await taught(person('a', both), person('b', [PARK]), person('c', []))).found).toMatchObject([
    { spans: [PARK] },
  ]);
  expect((await taught(person('a', [PARK]), person('b', []), person('c', []))).found).toMatchObject([{ spans: [] }]);
});

test('who does not know teaches nothing, and a model only where no person has read', async () => {
  expect((await taught(person('a', undefined))).found).toEqual([]);
  const model = machine('modele', [STREET]);
  expect((await taught(person('a', undefined), model)).found).toMatchObject([{ spans: [STREET], person: false }]);
  expect((await taught(machine('modele', []))).found).toMatchObject([{ spans: [], person: false }]);
  expect((await taught(machine('student', [STREET], { artefact: 'x' }), machine('lexical', [STREET]))).found).toEqual(
    [],
  );

  const heard = await taught(person('a', [PARK]), model, machine('student', [], { artefact: 'x', nothing: true }));
  expect(heard.found).toMatchObject([{ spans: [PARK], person: true }]);
  expect(heard.voices.rivals).toEqual(new Map([['modele', new Map([['d', ['voie:3-16']]])]]));
  expect(heard.voices.artefacts).toEqual(new Map([['x', new Map([['d', []]])]]));
});

test('a reader who finds nothing and one who marks disagree; who does not know disagrees with nobody', () => {
  const stateOf = (...said: readonly Arrived[]) => standingOf(true, said, [TASK]).state;
  expect(stateOf(person('a', [PARK]), person('b', []))).toBe('conflicting');
  expect(stateOf(person('a', []), person('b', []))).toBe('submitted');
  expect(stateOf(person('a', [PARK]), person('b', undefined))).toBe('submitted');
});

test('that there is nothing to mark comes back as it was answered', () => {
  expect(answerOf(person('a', []))).toEqual({ task: 'lieux', label: 'abstention', spans: [] });
  expect(answerOf(person('a', undefined))).toEqual({ task: 'lieux', label: 'abstention' });
});
