-- What customers mean, in the owner's own examples. The counter grows with every change, so that whoever learns
-- from them notices.

create table intent_examples (
  intent text not null,
  text text not null,
  added_by text not null,
  added_at bigint not null,
  primary key (intent, text)
);
insert into counters (name, value) values ('examples', 0);
