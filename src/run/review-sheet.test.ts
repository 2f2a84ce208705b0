import { parse } from 'papaparse';
import { expect, test } from 'vitest';
import { reviewProject } from '../../test/review.ts';
import { isActive } from '../model/formula.ts';
import { readSheet, writeSheet } from './review-sheet.ts';
import { openReviewDesk } from './store-review-desk.ts';

test('a sheet goes to a spreadsheet and comes back: titles or ids, once each, nothing that a spreadsheet runs', async () => {
  const { app } = await reviewProject(40, '{ sample: 8, doubleReading: "0%", uncertain: "0%" }');
  const desk = openReviewDesk(app);
  const anne = { person: 'person:anne', settles: false };
  const { text: sheet, items } = await writeSheet(desk, anne, 5);
  expect(items).toBe(5);
  const { data } = parse<string[]>(sheet.replace(/^\uFEFF/, ''), { delimiter: ';', skipEmptyLines: true });
  const [head, ...rows] = data as [string[], ...string[][]];
  expect(head).toEqual(['document', 'etag', 'title', 'text', 'theme', 'tone', 'comment', 'skip']);
  expect(rows).toHaveLength(5);
  expect(rows.flat().filter(isActive)).toEqual([]);

  rows[0]!.splice(4, 2, 'Loisirs', 'negatif');
  rows[1]!.splice(4, 4, 'autre', '?', '=1+1 ; "à revoir"', '');
  rows[2]!.splice(7, 1, 'involved');
  rows[3]!.splice(4, 2, 'inconnu', 'neutre');
  rows[4]!.splice(7, 1, 'trop long');
  const filled = [head, ...rows]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n');
  const first = await readSheet(desk, anne, filled);
  expect(first).toMatchObject({ answered: 2, skipped: 1, blank: 0, repeated: 0 });
  expect(first.refused).toMatchObject([
    { line: 5, code: 'usage', message: 'task theme: a cell names none of loisirs, transports, autre' },
    { line: 6, code: 'usage', message: 'skip: a cell names none of unreadable, language, personal, involved, other' },
  ]);
  expect(await readSheet(desk, anne, filled)).toMatchObject({ answered: 0, skipped: 0, repeated: 3 });
  expect((await desk.overview(anne)).progress.mine).toMatchObject({ submitted: 2, skipped: 1, left: 5 });
  expect(await desk.item(anne, rows[0]![0]!)).toMatchObject({
    answers: [
      { task: 'theme', label: 'loisirs' },
      { task: 'tone', label: 'negatif' },
    ],
  });
  // A sheet filled in otherwise after it was read is another answer, to what is no longer as it was.
  const changed = filled.replace('"Loisirs"', '"Transports"');
  expect((await readSheet(desk, anne, changed)).refused).toMatchObject([
    { line: 2, code: 'locked' },
    { line: 5 },
    { line: 6 },
  ]);
  await expect(readSheet(desk, anne, 'a;b\n1;2\n')).rejects.toMatchObject({ code: 'input-unreadable' });
});
