-- A judgement may hold several labels, and says how it was made. People's are few among machines': they have an index.

alter table annotation
  add column labels text[] check (labels is null or cardinality(labels) > 0),
  add column made jsonb;

create index annotation_people on annotation (organisation, codebook, task) where annotator like 'person:%';
