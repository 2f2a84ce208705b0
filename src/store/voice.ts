// Whose voice a judgement is: what a person says as a reader and as the one who settles are apart (model/consensus.ts).

import { sql } from 'kysely';

/** True for a judgement that settles; of the row that the query reads. */
export const SETTLES = sql<boolean>`coalesce(made -> 'adjudicates' = 'true', false)`;
