// `datasens runs` as a program reads it: a list, a stop, a retry, each with its exit code.

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { sourceOf, testProject } from './project.ts';

const DATASENS = resolve(import.meta.dirname, '../bin/datasens');

interface Said {
  readonly code: number;
  readonly answer: {
    readonly ok: boolean;
    readonly data: {
      readonly runs: readonly { readonly id: string; readonly state: string }[];
      readonly state: string;
    };
    readonly error: { readonly code: string; readonly remedy: string };
    readonly nextSteps: readonly string[];
  };
}

test('runs are listed, one that ended is not stopped, and what failed is done again by its beginning', {
  timeout: 120_000,
}, async () => {
  const sources = sourceOf('avis', 'file', '{ path: avis.csv }') + sourceOf('presse', 'rss', '{ feeds: [flux.rss] }');
  const { root } = await testProject(sources, { 'avis.csv': 'avis\nTrop de bruit.\n', 'flux.rss/ici': '' });
  const datasens = (...given: readonly string[]): Promise<Said> =>
    new Promise((done) => {
      execFile(DATASENS, ['--project', root, ...given], (error, stdout) =>
        done({ code: Number(error?.code ?? 0), answer: JSON.parse(stdout) }),
      );
    });
  const none = await datasens('runs');
  expect([none.code, none.answer.data.runs]).toEqual([0, []]);
  expect((await datasens('collect', '--quiet')).code).toBe(6);
  const listed = await datasens('runs', '--limit', '5');
  expect(listed.answer.data.runs).toMatchObject([{ command: 'collect', state: 'partial' }]);
  const id = listed.answer.data.runs[0]!.id.slice(0, 8);
  expect((await datasens('runs', 'cancel', id)).answer.data).toMatchObject({ state: 'partial' });

  expect((await datasens('runs', 'retry', id, '--quiet')).answer.error.code).toBe('internal');
  expect((await datasens('runs', 'retry', '00000000')).code).toBe(5);
  const unclear = await datasens('runs', 'retry', 'x');
  expect([unclear.code, unclear.answer.error.code]).toEqual([2, 'usage']);
  expect((await datasens('collect', 'presso')).answer.error).toMatchObject({
    code: 'not-found',
    remedy: 'did you mean presse?',
  });
});
