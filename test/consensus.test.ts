import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { consensus } from '../src/annotate/consensus.ts';
import type { Annotation, Consensus } from '../src/model/annotation.ts';
import type { CodebookVersion, DocumentId } from '../src/model/identity.ts';
import { insertAnnotations } from '../src/store/annotations.ts';
import { consensusOf } from '../src/store/consensus.ts';
import { annotationOf, CODEBOOK, hashOf } from './corpus.ts';
import { testDatabase } from './database.ts';

const documents = ['un', 'deux', 'trois'].map((name) => hashOf(name) as DocumentId);

const annotations = fc.uniqueArray(
  fc.record({
    document: fc.constantFrom(...documents),
    task: fc.constantFrom('theme', 'tone'),
    label: fc.constantFrom('abstention', 'negatif', 'neutre', 'positif', 'Écologie'),
    score: fc.constantFrom(0, 0.1, 0.25, 0.5, 0.7, 1),
    annotator: fc.constantFrom('lexical', 'lucie', 'person:a', 'person:b', 'person:c'),
    provisional: fc.boolean(),
  }),
  { maxLength: 24, selector: (given) => JSON.stringify(given) },
);

test('the database decides as annotate/consensus.ts does', async () => {
  const database = await testDatabase();
  let round = 0;
  await fc.assert(
    fc.asyncProperty(annotations, async (given) => {
      round += 1;
      const codebook = `${CODEBOOK}.${round}` as CodebookVersion;
      const rows: readonly Annotation[] = given.map((partial) =>
        annotationOf(partial.document, { ...partial, codebook }),
      );
      const decided = await database.transaction(async (tx) => {
        await insertAnnotations(tx, rows);
        const wanted = sql`select decode(id, 'hex') as document from unnest(${documents}::text[]) as given (id)`;
        const answer = await sql<Consensus>`
          select encode(document, 'hex') as document, task, label, score, agreement, annotators, provisional
          from ${consensusOf(wanted, codebook)} as decided order by document, task`.execute(tx);
        return answer.rows;
      });
      const expected = consensus(rows);
      expect(decided.map(rounded)).toEqual(expected.map(rounded));
    }),
    { numRuns: 120 },
  );
});

function rounded(decision: Consensus): Consensus {
  const round = (value: number) => Number(value.toFixed(9));
  return { ...decision, score: round(decision.score), agreement: round(decision.agreement) };
}
