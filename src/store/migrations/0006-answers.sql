-- A record may hold several documents: the answers of one row of a questionnaire. Which one a row of a snapshot stands for is
-- part of its documents' identity: counting copies alone, an answer taken away would give the next one its document.

alter table snapshot_record add column part text;

-- The same spelling as documentId() of model/recipe.ts; a test compares them. Without a part, ids stay what they were.
drop function document_id(text, bytea, integer, bytea);
create function document_id(source text, record bytea, copy integer, recipe bytea, part text) returns bytea
  language sql immutable parallel safe
  return sha256(
    convert_to(source, 'UTF8') || '\x00'::bytea || convert_to(encode(record, 'hex'), 'UTF8') || '\x00'::bytea
    || convert_to(copy::text, 'UTF8') || '\x00'::bytea || convert_to(encode(recipe, 'hex'), 'UTF8')
    || coalesce('\x00'::bytea || convert_to(nullif(part, ''), 'UTF8'), ''::bytea)
  );
