-- Where a document is, in every size, with what decided and the year of the gazetteer its codes are of; and the places that
-- its words name, as offsets into its text. Documents of before hold none of it until they are derived anew.

alter table document
  add column epci text,
  add column region text,
  add column territory_role text,
  add column territory_score real,
  add column territory_candidates text[] not null default '{}',
  add column gazetteer text,
  add column places jsonb not null default '[]';
