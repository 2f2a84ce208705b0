-- A document of several themes is found under each of them: `theme` holds the one most gave, `themes` all of them.
-- Null where the codebook gives one theme.

alter table document_search add column themes text[];
