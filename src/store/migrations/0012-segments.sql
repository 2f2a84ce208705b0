-- Parts of a document's text, as UTF-16 offsets beside the whole: ideas that were proposed, and passages in another language.
-- Null where there are none, which is nearly always: a null costs nothing.

alter table document add column segments jsonb, add column passages jsonb;
