import { describe, expect, test } from 'vitest';
import type { Category, Codebook, Task } from './codebook.ts';
import { differenceOf } from './codebook-difference.ts';
import { originOf, successionProblems } from './codebook-succession.ts';

const title = { fr: 'Titre', en: 'Title' };

function category(id: string, partial: Partial<Category> = {}): Category {
  return { id, title, definition: `Parle de ${id}.`, includes: [], excludes: [], examples: [], ...partial };
}

function task(ids: readonly string[], partial: Partial<Task> = {}): Task {
  const categories = ids.map((id) => category(id));
  return { id: 'sujet', title, kind: 'one-label', categories, none: null, abstention: true, ...partial };
}

function codebook(version: number, tasks: readonly Task[], partial: Partial<Codebook> = {}): Codebook {
  return { name: 'essai', version, title, tasks, ...partial };
}

const first = codebook(1, [task(['eau', 'air', 'terre'])]);
const mapped = (labels: Record<string, string>) => ({
  mapping: { from: 'essai@1' as never, tasks: { sujet: labels } },
});

describe('differenceOf', () => {
  test('nothing differs between a version and itself', () => {
    expect(differenceOf(first, structuredClone(first))).toEqual({ title: false, tasks: [] });
  });

  test('tells what came, went, changed its words, its title or its examples', () => {
    const after = codebook(2, [
      {
        ...task(['feu']),
        categories: [
          category('eau', { definition: 'Parle de rivières.' }),
          category('air', { title: { fr: 'Vent', en: 'Wind' } }),
          category('feu'),
        ],
      },
    ]);
    expect(differenceOf(first, after).tasks).toEqual([
      {
        task: 'sujet',
        kind: 'changed',
        added: ['feu'],
        removed: ['terre'],
        renamed: [],
        retitled: ['air'],
        redefined: ['eau'],
        illustrated: [],
        words: [],
      },
    ]);
  });

  test('a category with another id is renamed where the mapping says so, or where its words are the same', () => {
    const byMapping = codebook(2, [task(['eau', 'air', 'sol'])], mapped({ terre: 'sol' }));
    expect(differenceOf(first, byMapping).tasks[0]).toMatchObject({
      renamed: [{ from: 'terre', to: 'sol' }],
      added: [],
      removed: [],
    });
    const moved = {
      ...task([]),
      categories: [...task(['eau', 'air']).categories, { ...category('terre'), id: 'sol' }],
    };
    expect(differenceOf(first, codebook(2, [moved])).tasks[0]?.renamed).toEqual([{ from: 'terre', to: 'sol' }]);
  });

  test('two categories that become one are not renamed', () => {
    const merged = codebook(2, [task(['eau', 'reste'])], mapped({ terre: 'reste', air: 'reste' }));
    expect(differenceOf(first, merged).tasks[0]).toMatchObject({
      renamed: [],
      added: ['reste'],
      removed: ['air', 'terre'],
    });
  });

  test('tells the words of a task, and tasks that come and go', () => {
    const scale = codebook(1, [task(['un', 'deux'], { kind: 'scale' })]);
    const turned = codebook(2, [
      task(['deux', 'un'], { kind: 'scale', abstention: false }),
      task(['a'], { id: 'autre' }),
    ]);
    const difference = differenceOf(scale, turned);
    expect(difference.tasks[0]?.words).toEqual(['abstention', 'order']);
    expect(difference.tasks[1]).toMatchObject({ task: 'autre', kind: 'added', added: ['a'] });
    expect(differenceOf(turned, scale).tasks.at(-1)).toMatchObject({ task: 'autre', kind: 'removed', removed: ['a'] });
  });
});

describe('successionProblems', () => {
  const kinds = (next: Codebook, kept: readonly Codebook[]) => successionProblems(next, kept).map(({ kind }) => kind);

  test('a first version, a version as it was, and a version that only adds may follow', () => {
    expect(kinds(first, [])).toEqual([]);
    expect(kinds(structuredClone(first), [first])).toEqual([]);
    expect(kinds(codebook(2, [task(['eau', 'air', 'terre', 'feu'])]), [first])).toEqual([]);
  });

  test('an old version may come back after a later one', () => {
    expect(kinds(first, [first, codebook(2, [task(['eau', 'air', 'terre', 'feu'])])])).toEqual([]);
  });

  test('a version that changed is refused, and told which number to take', () => {
    const [problem] = successionProblems(codebook(1, [task(['eau', 'air'])]), [first, codebook(4, first.tasks)]);
    expect(problem).toMatchObject({ kind: 'changed', path: ['version'] });
    expect(problem?.message).toContain('`sujet`');
    expect(problem?.message).toContain('version: 5');
  });

  test('an example that changed is a change too', () => {
    const other = codebook(1, [{ ...first.tasks[0]!, categories: [category('eau', { examples: ['Il pleut.'] })] }]);
    expect(kinds(other, [codebook(1, [{ ...first.tasks[0]!, categories: [category('eau')] }])])).toEqual(['changed']);
  });

  test('a new version below a kept one is refused', () => {
    expect(kinds(codebook(2, [task(['eau'])]), [codebook(3, [task(['eau'])])])).toEqual(['behind']);
  });

  test('labels that are gone need a place to go, all of them named', () => {
    const shorter = codebook(2, [task(['eau'])]);
    const [problem] = successionProblems(shorter, [first]);
    expect(problem).toMatchObject({ kind: 'mapping-missing', path: ['mapping', 'tasks', 'sujet'] });
    expect(problem?.message).toContain('`air: …`, `terre: …`');
    expect(kinds({ ...shorter, ...mapped({ air: 'drop' }) }, [first])).toEqual(['mapping-missing']);
    expect(kinds({ ...shorter, ...mapped({ air: 'drop', terre: 'eau' }) }, [first])).toEqual([]);
  });

  test('a task that is gone must be said to be', () => {
    const without = codebook(2, [task(['a', 'b'], { id: 'autre' })]);
    expect(kinds(without, [first])).toEqual(['mapping-missing']);
    const said = { ...without, mapping: { from: 'essai@1' as never, tasks: { sujet: 'drop' as const } } };
    expect(kinds(said, [first])).toEqual([]);
  });

  test('a mapping names labels and versions that were there', () => {
    const next = codebook(2, [task(['eau', 'air', 'terre'])], mapped({ terr: 'terre' }));
    const [problem] = successionProblems(next, [first]);
    expect(problem).toMatchObject({ kind: 'mapping-unknown', path: ['mapping', 'tasks', 'sujet', 'terr'] });
    expect(problem?.message).toContain('did you mean `terre`?');
    expect(kinds(codebook(3, first.tasks, mapped({})), [codebook(2, first.tasks)])).toEqual(['mapping-from']);
    expect(kinds(codebook(2, first.tasks, mapped({})), [])).toEqual(['mapping-from']);
  });

  test('annotations come from the version that the mapping names, else from the latest before', () => {
    const kept = [first, codebook(2, first.tasks)];
    expect(originOf(codebook(3, first.tasks), kept)?.version).toBe(2);
    expect(originOf(codebook(3, first.tasks, mapped({})), kept)?.version).toBe(1);
    expect(originOf(first, kept)).toBeNull();
  });
});
