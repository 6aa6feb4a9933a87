-- What a plugged sentence model told of texts of the knowledge: derived, so that a restart need not ask again.
-- Vectors of different models are never mixed.
create table vectors (
  model text not null,
  text blob not null,
  vector blob not null,
  primary key (model, text)
) without rowid;
