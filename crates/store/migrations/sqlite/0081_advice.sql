-- What was recommended to whom, or would have been: `given` is asked, unasked or held_out. Written with its answer.

create table advice (
  answer text not null,
  place bigint not null,
  product text not null,
  given text not null,
  conversation text not null,
  customer text not null,
  at bigint not null,
  clicked_at bigint,
  primary key (answer, place)
) without rowid;
create index advice_of_conversation on advice (conversation, at);
create index advice_of_customer on advice (customer, at);
create index advice_by_given on advice (given, at);
