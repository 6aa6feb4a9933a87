-- What language models have cost, by purse: a conversation, a customer's day, a day, a month. Money in millionths of
-- the owner's currency. Kept, so that a restart gives nobody a second budget.
create table purses (
  name text not null primary key,
  tokens bigint not null,
  micros bigint not null,
  touched bigint not null
) without rowid;
create index purses_touched on purses (touched);
