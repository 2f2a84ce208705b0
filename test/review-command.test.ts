// `datasens review` as somebody uses it with a spreadsheet: the sheet is theirs from one end to the other.

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { reviewProject } from './review.ts';

const DATASENS = resolve(import.meta.dirname, '../bin/datasens');

interface Said {
  readonly code: number;
  // biome-ignore lint/suspicious/noExplicitAny: what each command answers
  readonly answer: any;
}

test('a sheet that is written for a person is read as theirs, and says what it wants', {
  timeout: 120_000,
}, async () => {
  const { root } = await reviewProject(20, '{ sample: 4, doubleReading: "0%", uncertain: "0%" }');
  const datasens = (...given: readonly string[]): Promise<Said> =>
    new Promise((done) => {
      execFile(DATASENS, ['--project', root, 'review', ...given], (error, stdout) =>
        done({ code: Number(error?.code ?? 0), answer: JSON.parse(stdout) }),
      );
    });
  const anne = ['--person', 'person:anne'];
  const sheet = join(root, 'lot.csv');
  const written = await datasens('export', sheet, '--limit', '3', ...anne);
  expect(written.answer).toMatchObject({
    data: { items: 3 },
    nextSteps: [`datasens review import ${sheet} --person person:anne`],
  });
  const again = await datasens('export', sheet, ...anne);
  expect([again.code, again.answer.error.message]).toEqual([4, `${sheet} is there already`]);
  const filled = readFileSync(sheet, 'utf8').replaceAll('"";"";"";""\r\n', '"loisirs";"neutre";"";""\r\n');
  writeFileSync(sheet, filled.replace('"loisirs"', '"plage"'));
  const read = await datasens('import', sheet, ...anne);
  expect([read.code, read.answer.data.answered]).toEqual([6, 2]);
  expect(read.answer.warnings).toEqual(['ligne 2 : task theme: a cell names none of loisirs, transports, autre']);
  const { people } = (await datasens(...anne)).answer.data.progress;
  expect(people).toMatchObject([{ person: 'person:anne', submitted: 2 }]);
  expect((await datasens('import', sheet, '--person', 'anne')).code).toBe(2);
});
