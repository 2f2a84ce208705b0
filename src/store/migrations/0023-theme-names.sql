-- What a model was asked to call a theme: kept and counted with its other answers, so that budgets hold for all of them.

alter table model_answer
  -- { name, description }, verified, or { fault } where the answer was not taken; null for an answer about a document.
  add column naming jsonb;
