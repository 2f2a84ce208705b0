// The decision that follows from annotations, computed by the database where there are too many to carry:
// the rule is the one of annotate/consensus.ts, and a test holds the two together.

import { type RawBuilder, sql } from 'kysely';
import type { CodebookVersion } from '../model/identity.ts';

/**
 * A subquery of (document, task, label, score, agreement, annotators text[], provisional, validated) over the documents that
 * `documents` selects (one column, `document`), under one codebook version; empty without codebook.
 */
export function consensusOf(documents: RawBuilder<unknown>, codebook: CodebookVersion | null): RawBuilder<unknown> {
  return sql`(
    with given as (
      select annotation.*,
        -- People outrank machines; abstentions speak only where nobody else does.
        case when label = 'abstention' then 2 when starts_with(annotator, 'person:') then 0 else 1 end as voice
      from annotation join (${documents}) as wanted using (document)
      where codebook = ${codebook}
    ), heard as (
      select *, min(voice) over (partition by document, task) as deciding,
        bool_or(voice = 0) over (partition by document, task) as validated
      from given
    ), weighed as (
      select *, 1.0::float8 / count(*) over (partition by document, task, annotator) as vote
      from heard where voice = deciding
    ), labels as (
      select document, task, label, deciding, validated, sum(vote) as votes, avg(score) as score,
        bool_and(provisional) as provisional
      from weighed group by document, task, label, deciding, validated
    ), voices as (
      select document, task, array_agg(distinct annotator collate "C") as annotators from weighed group by document, task
    ), best as (
      select distinct on (document, task) * from labels
      order by document, task, round(votes::numeric, 9) desc, round(score::numeric, 9) desc, label collate "C"
    )
    select document, task, label, case deciding when 2 then 0 else score end as score,
      case deciding when 2 then 0 else least(1, votes / cardinality(annotators)) end as agreement,
      annotators, provisional, validated
    from best join voices using (document, task)
  )`;
}

/** As `consensusOf`, one row per document: theme and tone side by side. */
export function themeAndTone(documents: RawBuilder<unknown>, codebook: CodebookVersion | null): RawBuilder<unknown> {
  return sql`(
    select document,
      max(label) filter (where task = 'theme') as theme, max(score) filter (where task = 'theme') as theme_score,
      max(label) filter (where task = 'tone') as tone, max(score) filter (where task = 'tone') as tone_score,
      bool_or(provisional) filter (where task in ('theme', 'tone')) as provisional,
      bool_or(validated) as validated,
      jsonb_agg(annotators) filter (where task in ('theme', 'tone')) as annotators
    from ${consensusOf(documents, codebook)} as decided
    group by document
  )`;
}
