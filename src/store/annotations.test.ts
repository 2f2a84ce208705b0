import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { annotationOf, bringDocuments } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import { annotationRows } from './annotation-rows.ts';
import { insertAnnotations } from './annotations.ts';

test('a judgement keeps its labels and how it was made; the same one twice is one, made otherwise is another', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents } = await bringDocuments(tx, ['Des bus et des trains.']);
    const given = annotationOf(documents[0]!.id, { task: 'theme', label: 'bus', labels: ['bus', 'train'] });
    const made = { ...given, annotator: 'lucie', made: { model: 'essai', prompt: 'a1' } };
    const again = { ...made, made: { prompt: 'a1', model: 'essai' } };
    for (const judgement of [given, given, made, again, { ...made, made: { model: 'essai', prompt: 'b2' } }]) {
      await insertAnnotations(tx, annotationRows([judgement]));
    }
    const { rows } = await sql<{ annotator: string; labels: string[]; made: unknown }>`
      select annotator, labels, made from annotation order by annotator, made->>'prompt'`.execute(tx);
    expect(rows).toEqual([
      { annotator: 'lexical', labels: ['bus', 'train'], made: null },
      { annotator: 'lucie', labels: ['bus', 'train'], made: { model: 'essai', prompt: 'a1' } },
      { annotator: 'lucie', labels: ['bus', 'train'], made: { model: 'essai', prompt: 'b2' } },
    ]);
  });
});
