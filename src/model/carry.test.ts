import { describe, expect, test } from 'vitest';
import type { Annotation } from './annotation.ts';
import { carry } from './carry.ts';
import type { Codebook, Task } from './codebook.ts';
import { standing } from './consensus.ts';

const title = { fr: 'Titre', en: 'Title' };

function task(ids: readonly string[], partial: Partial<Task> = {}): Task {
  const categories = ids.map((id) => ({ id, title, definition: id, includes: [], excludes: [], examples: [] }));
  return { id: 'sujet', title, kind: 'one-label', categories, none: null, abstention: true, ...partial };
}

const codebook = (version: number, tasks: readonly Task[], labels?: Record<string, string>): Codebook => ({
  name: 'essai',
  version,
  title,
  tasks,
  ...(labels ? { mapping: { from: 'essai@1' as never, tasks: { sujet: labels } } } : {}),
});

const said = (partial: Partial<Annotation>): Annotation => ({
  document: 'd1' as never,
  codebook: 'essai@1' as never,
  task: 'sujet',
  label: 'eau',
  score: 1,
  annotator: 'person:a',
  provisional: false,
  evidence: [],
  ...partial,
});

const first = codebook(1, [task(['eau', 'air', 'rien'], { none: 'rien' })]);
const newer = (ids: readonly string[], labels?: Record<string, string>, partial: Partial<Task> = {}) =>
  codebook(2, [task(ids, { none: 'rien', ...partial })], labels);
const carried = (annotation: Annotation, to: Codebook, from = first) => carry({ id: 'a1', annotation }, from, to);

describe('carry', () => {
  test('a label whose words did not change goes along, and says where it comes from and what it could not know', () => {
    const outcome = carried(said({ made: { queue: 'random' } }), newer(['eau', 'air', 'feu', 'rien']));
    expect(outcome).toEqual({
      kind: 'carried',
      annotation: {
        ...said({}),
        codebook: 'essai@2',
        made: { queue: 'random', carried: { from: 'essai@1', annotation: 'a1', unseen: ['feu'] } },
      },
    });
  });

  test('a mapped label becomes the new one, its evidence with it', () => {
    const evidence = [{ start: 0, end: 3, label: 'eau', weight: 1 }];
    const outcome = carried(said({ evidence }), newer(['mer', 'air', 'rien'], { eau: 'mer' }));
    expect(outcome).toMatchObject({
      kind: 'carried',
      annotation: { label: 'mer', evidence: [{ label: 'mer' }], made: { carried: { annotation: 'a1' } } },
    });
    expect(outcome.kind === 'carried' && outcome.annotation.made?.carried).not.toHaveProperty('unseen');
  });

  test('a label that is dropped, or whose words changed, is left for people', () => {
    expect(carried(said({}), newer(['air', 'rien'], { eau: 'drop' }))).toEqual({ kind: 'lost', reason: 'dropped' });
    const redefined = newer(['eau', 'air', 'rien']);
    const other = {
      ...redefined,
      tasks: redefined.tasks.map((one) => ({
        ...one,
        categories: one.categories.map((each) => ({ ...each, definition: 'autre chose' })),
      })),
    };
    expect(carried(said({}), other)).toEqual({ kind: 'lost', reason: 'redefined' });
    const confirmed = { ...other, mapping: { from: 'essai@1' as never, tasks: { sujet: { eau: 'eau' } } } };
    expect(carried(said({}), confirmed)).toMatchObject({ kind: 'carried', annotation: { label: 'eau' } });
  });

  test('"none of these" is asked again once there are others', () => {
    expect(carried(said({ label: 'rien' }), newer(['eau', 'air', 'rien']))).toMatchObject({ kind: 'carried' });
    const more = newer(['eau', 'air', 'feu', 'rien']);
    expect(carried(said({ label: 'rien' }), more)).toEqual({ kind: 'lost', reason: 'reopened' });
  });

  test('an abstention stays one where one may still abstain', () => {
    expect(carried(said({ label: 'abstention' }), newer(['eau', 'air', 'rien']))).toMatchObject({
      annotation: { label: 'abstention' },
    });
    const bound = newer(['eau', 'air', 'rien'], undefined, { abstention: false });
    expect(carried(said({ label: 'abstention' }), bound)).toEqual({ kind: 'lost', reason: 'dropped' });
  });

  test('several labels go along together: merged ones once, dropped ones left out, sorted', () => {
    const several = codebook(1, [task(['eau', 'mer', 'air', 'feu'], { kind: 'several-labels' })]);
    const next = codebook(2, [task(['onde', 'air'], { kind: 'several-labels' })], {
      eau: 'onde',
      mer: 'onde',
      feu: 'drop',
    });
    const outcome = carried(said({ label: 'air', labels: ['air', 'eau', 'feu', 'mer'] }), next, several);
    expect(outcome).toMatchObject({ annotation: { label: 'air', labels: ['air', 'onde'] } });
    expect(carried(said({ label: 'feu', labels: ['feu'] }), next, several)).toEqual({
      kind: 'lost',
      reason: 'dropped',
    });
  });

  test('one label becomes a set of one; a scale becomes nothing else', () => {
    const several = newer(['eau', 'air', 'rien'], undefined, { kind: 'several-labels' });
    expect(carried(said({}), several)).toMatchObject({ annotation: { label: 'eau', labels: ['eau'] } });
    const scale = newer(['eau', 'air'], undefined, { kind: 'scale', none: null });
    expect(carried(said({}), scale)).toEqual({ kind: 'lost', reason: 'kind' });
  });
});

test('of several judgements the last stands, unless it takes back what was said', () => {
  const judgements = [
    said({ label: 'eau' }),
    said({ label: 'air' }),
    said({ annotator: 'person:b' }),
    said({ annotator: 'person:b', label: 'withdrawn' }),
  ].map((annotation, at) => ({ ...annotation, id: `a${at}`, at }));
  expect(standing(judgements).map(({ id }) => id)).toEqual(['a1']);
});
