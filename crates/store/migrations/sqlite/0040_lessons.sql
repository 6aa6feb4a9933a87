-- What customers taught: questions that belong to entries.

-- One answer teaches one lesson at most. `origin`: `helped` (a thumb) or `picked` (among "did you mean").
-- `state`: `taught`, `withdrawn` (a customer took it back) or `forgotten` (the owner; its words are gone).
create table lessons (
  answer text not null primary key,
  conversation text not null,
  customer text not null,
  entry text not null,
  question text not null,
  origin text not null,
  state text not null,
  at bigint not null
) without rowid;
create index lessons_latest on lessons (state, at, answer);
create index lessons_pair on lessons (question, entry);
create index lessons_conversation on lessons (conversation);
insert into counters (name, value) values ('lessons', 0);
